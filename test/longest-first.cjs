const { relative } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** The test files that take longest, in descending order. Processes end together if these start first. */
const LONGEST = [
  'test/local/cdk-cli-stacks.test.ts', 'test/deploy/faults.test.ts', 'test/faults/crash-points.test.ts', 'test/deploy/lifecycle.test.ts',
  'test/deploy/waiting.test.ts', 'test/docs.test.ts', 'test/local/cdk-cli.test.ts', 'test/security/statements.test.ts', 'test/examples.test.ts',
  'test/local/persistence/kill.test.ts', 'test/local/cdk-cli-environments.test.ts', 'test/local/persistence/cloud.test.ts', 'test/faults/long.test.ts',
  'test/local/iam/statements.test.ts', 'test/local/iam/enforcement.test.ts', 'test/faults/schedules.test.ts',
];

/** Jest knows no durations on a machine that has never run the tests, and goes by the size of files. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path, context }) => {
      const position = LONGEST.indexOf(relative(context.config.rootDir, path));
      return position < 0 ? LONGEST.length : position;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
