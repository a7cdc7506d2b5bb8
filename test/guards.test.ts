import { pollingCost, usdOf } from '../bench/polling';
import { synthesized } from '../bench/stacks';

/** How many bytes each of many jobs adds to a template. Before there are many, the function's policy names each of them, too. */
const bytesOfJob = (name: 'shared' | 'bare') => (JSON.stringify(synthesized(name, 120)).length - JSON.stringify(synthesized(name, 100)).length) / 20;

const typesIn = (jobs: number) => Object.values(synthesized('shared', jobs).Resources).map(({ Type }) => Type);

test('a stack has one function and one state machine with what they need, and no more of them for more jobs', () => {
  const ofStack = typesIn(2).filter((type) => type !== 'Custom::SageMakerTrainingJob');
  expect(ofStack.length).toBeLessThanOrEqual(9);
  // The CDK moves the permissions for many names from the policy of the role to a managed one.
  expect(typesIn(20).filter((type) => type !== 'AWS::IAM::ManagedPolicy').length - typesIn(2).length).toBe(18);
});

/** A job also names the history of its stack, so that it is created after it. */
test('a job that is waited for in one window is one resource, hardly larger than its request', () => {
  expect(bytesOfJob('shared')).toBeLessThanOrEqual(1.26 * bytesOfJob('bare'));
});

test('waiting for a job of an hour costs at most 0.008 USD, and its end is seen within half a minute', async () => {
  const cost = await pollingCost({ minutes: 60, jobs: 10, uploads: [2, 6] });
  // The mean of many jobs is 11 seconds.
  expect(cost.delay).toBeLessThanOrEqual(15);
  expect(cost.longestDelay).toBeLessThanOrEqual(28);
  expect(usdOf(cost)).toBeLessThanOrEqual(0.0081);
});

test('the end of a job of a minute is seen within seconds', async () => {
  expect((await pollingCost({ minutes: 1, jobs: 3, uploads: [2, 60] })).delay).toBeLessThanOrEqual(5);
});
