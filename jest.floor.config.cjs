const config = require('./jest.config.json');

/** The tests of the constructs, and golden requests and examples, on the oldest releases of the peers that are supported. */
module.exports = {
  ...config,
  testMatch: [
    'golden.test.ts', 'example-stacks.test.ts', '{compilation-job,data,images,job,notebook-instance,optimization-job,processing-job,provider,training-job,transform-job,tuning-job}/**/*.test.ts', 'composing/*.test.ts',
  ].map((pattern) => `<rootDir>/test/${pattern}`),
  // cdk-nag needs a newer CDK, and the apps of the snapshots run in processes of their own, with the newest CDK.
  testPathIgnorePatterns: [...config.testPathIgnorePatterns, 'notebook-security', 'composing/snapshots'],
  moduleNameMapper: {
    ...config.moduleNameMapper,
    '^(aws-cdk-lib|constructs)($|/.*)': '<rootDir>/node_modules/$1-floor$2',
  },
  reporters: ['default', ['jest-junit', { outputDirectory: 'test-reports', outputName: 'floor.xml' }]],
};
