import { KINDS } from '../../lambda/kinds';
import { attemptName, executionNames, requestHash } from '../../lambda/naming';
import type { JobProperties } from '../../src/private/contract';

const kind = KINDS.trainingJob;
const owner = { stackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/s/1', logicalId: 'Train' };
const properties: JobProperties = {
  NamePrefix: 'stack-train',
  Wait: { Seconds: '60' },
  Request: {
    RoleArn: 'role',
    HyperParameters: { a: '1', b: '2' },
    ResourceConfig: { InstanceCount: '1', KeepAlivePeriodInSeconds: '60' },
    Tags: [{ Key: 'a', Value: '1' }],
  },
};
const hash = (changed: Partial<JobProperties> = {}, by = owner) => requestHash(kind, by, { ...properties, ...changed });
const hashOf = (request: object) => hash({ Request: { ...properties.Request, ...request } });

test('the hash does not depend on the order of members, nor on whether scalars are strings', () => {
  expect(hashOf({ HyperParameters: { b: 2, a: 1 } })).toBe(hash());
});

test('the hash changes with the request, the rerun value, the stack and the logical id', () => {
  const hashes = [
    hash(),
    hashOf({ HyperParameters: { a: '1', b: '3' } }),
    hashOf({ ResourceConfig: { InstanceCount: '2' } }),
    hash({ Rerun: 'again' }),
    hash({}, { ...owner, stackId: `${owner.stackId}2` }),
    hash({}, { ...owner, logicalId: 'Other' }),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});

test.each([
  ['tags', { Tags: [{ Key: 'a', Value: '2' }] }],
  ['no tags', { Tags: undefined }],
  ['the warm pool', { ResourceConfig: { InstanceCount: '1' } }],
  ['the profiler', { ProfilerConfig: { DisableProfiler: 'true' } }],
  ['the profiler rules', { ProfilerRuleConfigurations: [{ RuleConfigurationName: 'r' }] }],
  ['remote debugging', { RemoteDebugConfig: { EnableRemoteDebug: 'true' } }],
])('the hash does not change with what can change in place: %s', (_what, request) => {
  expect(hashOf(request)).toBe(hash());
});

test('how the deployment waits is no part of the hash', () => {
  expect(hash({ Wait: { Seconds: '0' } })).toBe(hash());
});

test('every attempt has a name of its own, as long as the prefix allows', () => {
  const names = [1, 2, 3].map((attempt) => attemptName(properties, hash(), attempt));
  expect(names[0]).toBe(`stack-train-${hash()}`);
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(/^stack-train-[a-z0-9]{10}$/);
});

test('an exact name stands for all attempts', () => {
  const exact: JobProperties = { ...properties, NamePrefix: undefined, Name: 'exactly-this' };
  expect([1, 2].map((attempt) => attemptName(exact, hash(), attempt))).toEqual(['exactly-this', 'exactly-this']);
});

test('the hash of a request is the same in every release, for another one would train everybody\'s models again', () => {
  expect(hash()).toMatchInlineSnapshot('"keydvexv0y"');
});

const identity = (LogicalResourceId: string, RequestId: string) => ({ LogicalResourceId, RequestId, RequestType: 'Create' as const });

test('the executions of one resource share a beginning that no other resource has', () => {
  const long = 'A'.repeat(200);
  const [one, two, other] = [executionNames(identity(long, '1')), executionNames(identity(long, '2')), executionNames(identity(`${long}B`, '1'))];
  expect(one.resource).toBe(two.resource);
  expect(one.name.startsWith(one.resource)).toBe(true);
  expect(one.name).not.toBe(two.name);
  expect(other.resource).not.toBe(one.resource);
  expect(one.name.length).toBeLessThanOrEqual(80);
});
