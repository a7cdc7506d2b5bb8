import { event, first, notFound, Script, signedAt, SENT } from './script';
import { JobScript, nameOf, serviceError } from './scripted-training-jobs';
import { advance, handle } from '../../lambda/advance';
import { OWNER_TAG } from '../../src/contract';

const lines = (method: 'log' | 'error') => jest.mocked(console[method]).mock.calls.map(([line]) => JSON.parse(line));

const SECRETS = { Request: { Environment: { PASSWORD: 'hunter2' } }, NamePrefix: 's-train', Wait: { Seconds: '0' } };

test('each step writes one line: what it was for, the job, and what it came to', async () => {
  const script = new JobScript();
  await advance(await advance(first(), script), script);
  const step = { request: 'Create', requestId: 'request-1', resource: 'Train', job: nameOf(event().ResourceProperties) };
  expect(lines('log')).toEqual([{ ...step, wait: 8 }, { ...step, wait: 8 }]);
});

test('the last step writes the answer', async () => {
  const script = new JobScript();
  const properties = { ...event().ResourceProperties, Wait: { Seconds: '0' } };
  script.jobs.add(nameOf(properties), 'InProgress', properties, { tags: { [OWNER_TAG.request]: 'request-1' } });
  await advance(first({ ResourceProperties: properties }), script);
  expect(lines('log')).toEqual([expect.objectContaining({ answer: 'SUCCESS' })]);
  await advance(first({ ResourceProperties: { ...properties, Request: { Colour: 'red' } } }), script);
  expect(lines('log')[1]).toMatchObject({ answer: 'FAILED', reason: expect.stringContaining('Colour: unknown member') });
});

test('steps that try again write how often they did', async () => {
  const script = new JobScript();
  script.jobs.errors.CreateTrainingJob = [serviceError('ResourceLimitExceeded', 'limit'), serviceError('ResourceLimitExceeded', 'limit')];
  const third = await advance(await advance(first(), script), script);
  await advance(third, script);
  expect(lines('log').map(({ consecutiveFailures }) => consecutiveFailures)).toEqual([1, 2, undefined]);
});

test('an event that cannot be taken is written as an error', async () => {
  await handle(event({ ResourceType: 'Custom::Other' }), new Script(notFound));
  expect(lines('error')).toEqual([{ requestId: 'request-1', resource: 'Train', error: "unknown resource type 'Custom::Other'" }]);
});

test('neither the URL for the response nor what the request holds is written', async () => {
  const script = new JobScript();
  const changes = { ResponseURL: signedAt(SENT), ResourceProperties: SECRETS };
  await advance(first(changes), script);
  await handle(event({ ...changes, ResourceType: 'Custom::Other' }), script);
  const written = JSON.stringify([lines('log'), lines('error')]);
  expect(written).not.toContain('example.com');
  expect(written).not.toContain('hunter2');
});
