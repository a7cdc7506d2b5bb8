import { pollingCost } from '../bench/polling';
import { synthesized } from '../bench/stacks';

/** How many bytes each of many jobs adds to a template. Before there are many, the function's policy names each of them, too. */
const bytesOfJob = (name: 'ours' | 'bare') => (JSON.stringify(synthesized(name, 120)).length - JSON.stringify(synthesized(name, 100)).length) / 20;

const typesIn = (jobs: number) => Object.values(synthesized('ours', jobs).Resources).map(({ Type }) => Type);

test('a stack has one function and one state machine with what they need, and no more of them for more jobs', () => {
  const ofStack = typesIn(2).filter((type) => type !== 'Custom::SageMakerTrainingJob');
  expect(ofStack.length).toBeLessThanOrEqual(9);
  // The CDK moves the permissions for many names from the policy of the role to a managed one.
  expect(typesIn(20).filter((type) => type !== 'AWS::IAM::ManagedPolicy').length - typesIn(2).length).toBe(18);
});

/** A job also names the history of its stack, so that it is created after it. */
test('a job that is waited for in one window is one resource, hardly larger than its request', () => {
  expect(bytesOfJob('ours')).toBeLessThanOrEqual(1.26 * bytesOfJob('bare'));
});

test('a job of an hour is looked at seldom, and yet its end is seen soon', async () => {
  const { invocations, delay } = await pollingCost(60, 3);
  expect(invocations).toBeLessThanOrEqual(150);
  expect(delay).toBeLessThanOrEqual(15);
});

test('a job of a minute is answered within seconds', async () => {
  expect((await pollingCost(1, 3)).delay).toBeLessThanOrEqual(5);
});
