const { TestEnvironment } = require('jest-environment-node');

/** Skips the tests after the first one that fails: it has detected the mutation. Jest itself only skips files. */
module.exports = class extends TestEnvironment {
  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure') this.hasFailed = true;
    if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
  }
};
