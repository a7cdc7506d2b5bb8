import { event, first, identity, play } from './script';
import { JobScript, nameOf } from './scripted-training-jobs';
import { digestOfRequest, executionNames, FIRST_TRY, jobName, laterTries } from '../../lambda/naming';
import { type JobProperties, OWNER_TAG } from '../../src/contract';
import { identitiesOf } from '../../src/identity';

/*
 * The rollback of an update: CloudFormation goes back to the properties before it, and to the job that it knows.
 */

const properties = { ...event().ResourceProperties, Wait: { Seconds: '0' } };
const KNOWN = { ...properties, Request: { HyperParameters: { variant: 'known' } } };
const GIVEN_UP = { ...properties, Request: { HyperParameters: { variant: 'given up' } } };
const INTERRUPTED = 'request-0';

/** The name of the nth try of the update that was given up. */
const tryOf = (number: number) => {
  const tried = number === 1 ? FIRST_TRY : laterTries(digestOfRequest(INTERRUPTED))[number - 2];
  return jobName(GIVEN_UP as unknown as JobProperties, event().StackId, identitiesOf('trainingJob', GIVEN_UP as unknown as JobProperties)[0], tried);
};

/** Rolls an update back that has left jobs with these statuses, in the order of tries. */
async function rollBack(statuses: string[], { script = new JobScript(), tags = {} }: { script?: JobScript; tags?: Record<string, string> } = {}) {
  script.jobs.add(nameOf(KNOWN), 'Completed', KNOWN);
  statuses.forEach((status, index) => script.jobs.add(tryOf(index + 1), status, GIVEN_UP, { tags }));
  await play(script, first({
    RequestType: 'Update', PhysicalResourceId: nameOf(KNOWN), ResourceProperties: KNOWN, OldResourceProperties: GIVEN_UP,
  }));
  return { script, statuses: script.jobs.statuses, response: script.responses[0] };
}

test.each(['InProgress', 'Stopping'])('a rollback waits until a job of the update that is %s has ended, and leaves its record', async (status) => {
  const { response, script, statuses } = await rollBack([status]);
  expect(response).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: nameOf(KNOWN) });
  expect(statuses).toEqual({ [nameOf(KNOWN)]: 'Completed', [tryOf(1)]: 'Stopped' });
  expect(script.changes()).toEqual(status === 'InProgress' ? ['AddTags', 'StopTrainingJob'] : []);
});

test('a job is marked as ended before it is stopped', async () => {
  const { script } = await rollBack(['InProgress']);
  expect(script.jobs.records.get(tryOf(1))!.tags.get(OWNER_TAG.ended)).toBe('true');
  expect(script.changes()).toEqual(['AddTags', 'StopTrainingJob']);
});

test('a rollback deletes no record', async () => {
  const { script, statuses } = await rollBack(['Failed', 'Completed', 'Stopped', 'InProgress']);
  expect(Object.keys(statuses)).toHaveLength(5);
  expect(script.changes()).not.toContain('DeleteTrainingJob');
});

test('a rollback leaves a job that belongs to another resource', async () => {
  const { response, script, statuses } = await rollBack(['InProgress'], { tags: { [OWNER_TAG.resource]: 'Other' } });
  expect([response.Status, script.changes(), statuses[tryOf(1)]]).toEqual(['SUCCESS', [], 'InProgress']);
});

test('a second try of the update that lists do not show yet is stopped', async () => {
  const script = new JobScript();
  const { answer } = script.jobs;
  script.sageMaker.call = async (operation, input) => {
    script.calls.push([operation, input]);
    return operation === 'ListTrainingJobs' ? { TrainingJobSummaries: [] } : answer(operation, input);
  };
  script.executing = [executionNames(identity('Train', INTERRUPTED, 'Update')).name];
  const { statuses } = await rollBack(['Failed', 'InProgress'], { script });
  expect(statuses[tryOf(2)]).toBe('Stopped');
});

test('a rollback fails with the reason where a job of the update does not stop in time', async () => {
  const script = new JobScript();
  const { answer } = script.jobs;
  script.sageMaker.call = async (operation, input) => (operation === 'StopTrainingJob' ? {} : answer(operation, input));
  const { response } = await rollBack(['InProgress'], { script });
  expect(response).toMatchObject({ Status: 'FAILED', Reason: `Training job '${tryOf(1)}' is still InProgress after it was asked to stop. Try again later.` });
});
