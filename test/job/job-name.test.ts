import { App, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { defaultNamePrefix, maxPrefixLength } from '../../src/job/job-name';

const NAME = /^[a-z0-9](-*[a-z0-9])*$/;

function prefixOf(stackId: string, path: string[], kind: Parameters<typeof defaultNamePrefix>[1] = 'trainingJob'): string {
  const stack = new Stack(new App(), stackId);
  return defaultNamePrefix(path.reduce((scope: Construct, id) => new Construct(scope, id), stack), kind);
}

test('a prefix tells the stack and the construct', () => {
  expect(prefixOf('Churn', ['Models', 'Train'])).toBe('churn-models-train');
});

test('a prefix stays the same when a stack of the same name moves into a stage', () => {
  const prefixes = [new App(), new Stage(new App(), 'Prod')].map((scope) => {
    return defaultNamePrefix(new Construct(new Stack(scope, 'Churn', { stackName: 'churn' }), 'Train'), 'trainingJob');
  });
  expect(prefixes).toEqual(['churn-train', 'churn-train']);
});

test('a prefix of a stack in a stage tells the stage', () => {
  const stack = new Stack(new Stage(new App(), 'Prod'), 'Churn');
  expect(defaultNamePrefix(new Construct(stack, 'Train'), 'trainingJob')).toBe('prod-churn-train');
});

test.each([
  ['long', 'S'.repeat(100), ['C'.repeat(100), 'Train']],
  ['strange', 'My--Stack', ['ä ö', '--', 'Train it!']],
  ['short', 'a', ['b']],
])('a %s path makes a valid prefix that leaves room for the hash', (_what, stack, path) => {
  for (const kind of ['trainingJob', 'hyperParameterTuningJob', 'compilationJob'] as const) {
    const prefix = prefixOf(stack, path, kind);
    expect(prefix).toMatch(NAME);
    expect(prefix.length).toBeLessThanOrEqual(maxPrefixLength(kind));
  }
});

test('a short prefix holds whole words, as many as fit', () => {
  expect(prefixOf('ChurnPredictionStack', ['Pipeline', 'Tune'], 'hyperParameterTuningJob')).toBe('churnpre-tune');
});
