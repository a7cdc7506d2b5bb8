import { HANDLED_KINDS } from '../../lambda/handled-kinds';
import { attemptName, eventIn, executionNames, requestHash } from '../../lambda/naming';
import type { JobProperties } from '../../src/contract';

const kind = HANDLED_KINDS.trainingJob;
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

test('the name of a later attempt is the same in every release, for another one would not be found', () => {
  expect(attemptName(properties, 'keydvexv0y', 2)).toMatchInlineSnapshot('"stack-train-npud300hxl"');
});

test('a place of its own for the output is part of the hash', () => {
  expect(hash({ OutputMember: 'OutputDataConfig.S3OutputPath' })).not.toBe(hash());
});

test('what is empty, missing or another type of value is told apart by the hash', () => {
  const hashes = [{}, { a: '' }, { a: 'b' }, { a: ['b'] }, { a: { b: 'c' } }, { a: [] }, { a: [{}] }].map((HyperParameters) => hashOf({ HyperParameters }));
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('the order of a list is part of the hash', () => {
  expect(hashOf({ InputDataConfig: ['a', 'b'] })).not.toBe(hashOf({ InputDataConfig: ['b', 'a'] }));
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

describe('the name of an execution', () => {
  const SENT = Date.parse('2026-01-01T00:00:00Z');
  const nameOf = (LogicalResourceId: string, sentAt: number, RequestType: 'Create' | 'Update' | 'Delete' = 'Create') => {
    return executionNames({ LogicalResourceId, RequestId: `${sentAt}`, RequestType }, sentAt).name;
  };
  const { resource } = executionNames(identity('Train', '1'));

  test('is the same in every release, for an execution of the last one may still run', () => {
    expect(nameOf('Train', SENT, 'Update')).toMatchInlineSnapshot('"Train-5xqnnhtk1j-0mjuohs00-qb5yiorstr-update"');
  });

  test('tells whose event it handles, and whether that is a deletion', () => {
    expect(eventIn(nameOf('Train', SENT), resource)).toMatchObject({ isDelete: false });
    expect(eventIn(nameOf('Train', SENT, 'Update'), resource)).toMatchObject({ isDelete: false });
    expect(eventIn(nameOf('Train', SENT, 'Delete'), resource)).toMatchObject({ isDelete: true });
    expect(eventIn(nameOf('Other', SENT), resource)).toBeUndefined();
    expect(eventIn(`x${nameOf('Train', SENT)}`, resource)).toBeUndefined();
  });

  test('sorts by the time that the event was sent at', () => {
    const times = [0, 1000, SENT, SENT + 1000, Date.parse('2050-01-01T00:00:00Z')].map((sentAt) => eventIn(nameOf('Train', sentAt), resource)!.time);
    expect([...times].sort()).toEqual(times);
    expect(new Set(times).size).toBe(times.length);
  });

  test('is one that Step Functions takes', () => {
    expect(nameOf('A'.repeat(255), Date.parse('2050-01-01T00:00:00Z'), 'Delete')).toMatch(/^[A-Za-z0-9-]{1,80}$/);
  });
});
