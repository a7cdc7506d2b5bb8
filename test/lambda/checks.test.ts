import { event, first, play } from './script';
import { JobScript, nameOf } from './scripted-training-jobs';
import { checkRequest } from '../../lambda/checks';

const KEY = 'AKIAIOSFODNN7EXAMPLE';

test('keys are refused wherever others can read them, all at once and without their values', () => {
  const request = {
    HyperParameters: { id: KEY, depth: '5' },
    Environment: { AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', LEVEL: 'info' },
    Tags: [{ Key: 'team', Value: 'vision' }, { Key: 'key', Value: `ghp_${'a'.repeat(36)}` }],
    TrainingJobDefinitions: [{}, { StaticHyperParameters: { pem: '-----BEGIN PRIVATE KEY-----' } }],
  };
  expect(() => checkRequest(request)).toThrow(
    /^HyperParameters\.id, Environment\.AWS_SECRET_ACCESS_KEY, Tags\[1\], TrainingJobDefinitions\[1\]\.StaticHyperParameters\.pem: must not contain [^:]*$/);
});

test.each([
  { HyperParameters: { checksum: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', password: 'hunter2' } },
  { InputDataConfig: [{ ChannelName: 'train', ContentType: KEY }] },
  { DebugHookConfig: { HookParameters: { Environment: KEY } }, Tags: [] },
  {},
])('what may be right passes: %j', (request) => {
  expect(() => checkRequest(request)).not.toThrow();
});

test('a job that is there already is gone on with, whatever its request holds', async () => {
  // given
  const requestOf = (team: string) => ({ HyperParameters: { id: KEY }, Tags: [{ Key: 'team', Value: team }] });
  const [before, after] = ['vision', 'speech'].map((team) => ({ ...event().ResourceProperties, Request: requestOf(team) }));
  const script = new JobScript();
  script.jobs.add(nameOf(before), 'Completed', before, { tags: { team: 'vision' } });

  // when
  await play(script, first({ RequestType: 'Update', PhysicalResourceId: nameOf(before), ResourceProperties: after, OldResourceProperties: before }));

  // then
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  expect(script.changes()).toEqual(['AddTags']);
});

test('a job is not started with a key in its request', async () => {
  const script = new JobScript();
  await play(script, first({ ResourceProperties: { ...event().ResourceProperties, Request: { HyperParameters: { id: KEY } } } }));
  expect(script.responses).toEqual([expect.objectContaining({
    Status: 'FAILED', Reason: expect.stringContaining('could not be started: HyperParameters.id: must not contain an access key, a private key or a token.'),
  })]);
  expect(script.changes()).toEqual([]);
});
