const config = require('./jest.config.json');

/** The tests that only a release needs. They install packages from the registry. */
module.exports = {
  ...config,
  testMatch: ['<rootDir>/test/release/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  reporters: ['default', ['jest-junit', { outputDirectory: 'test-reports', outputName: 'release.xml' }]],
};
