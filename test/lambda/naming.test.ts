import {
  commonPart, digestOfRequest, eventIn, executionNames, FIRST_TRY, isJobName, jobName, laterTries, matchesIdentity,
} from '../../lambda/naming';
import { NAME_SUFFIX_LENGTH } from '../../src/contract';
import { stackKey } from '../../src/identity';

const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/s/1';
const IDENTITY = '1:3x6x8wis8cdwf8g6ladbhqiu0';
const OTHER_IDENTITY = '1:v02u0f4xstub6x6ahavrn4kk7';
const prefixed = { NamePrefix: 'stack-train' };

test('the name of a job tells its stack, its identity and the try, as long as the prefix allows', () => {
  const name = jobName(prefixed, STACK, IDENTITY, FIRST_TRY);
  expect(name).toBe(`stack-train-${stackKey(STACK)}bhqiu0000`);
  expect(name.length).toBe(prefixed.NamePrefix.length + NAME_SUFFIX_LENGTH);
  expect(jobName(prefixed, `${STACK}2`, IDENTITY, FIRST_TRY)).not.toBe(name);
});

test('the name of a job is the same in every release, for another one would not be found', () => {
  expect(jobName(prefixed, STACK, IDENTITY, 'abc')).toBe('stack-train-naj79bhqiu0abc');
});

test('an exact name stands for every try', () => {
  expect([FIRST_TRY, 'abc'].map((tried) => jobName({ Name: 'exactly-this' }, STACK, IDENTITY, tried))).toEqual(['exactly-this', 'exactly-this']);
});

test('later tries are told apart by the event, and none of them is the first', () => {
  const digest = digestOfRequest('request-1');
  expect(laterTries(digest)).toEqual([digest.slice(0, 3), digest.slice(3, 6), digest.slice(6, 9)]);
  expect(laterTries(`abc${FIRST_TRY}defg`)).toEqual(['abc', 'def']);
});

test('a job of the stack is known by its name, and so is its identity', () => {
  const name = jobName(prefixed, STACK, IDENTITY, 'abc');
  expect(name).toContain(commonPart(STACK, IDENTITY));
  expect([name, 'exactly-this', 'Stack-Train-1ABCDEFGHIJK', `${name}0`].map((text) => isJobName(text, STACK))).toEqual([true, false, false, false]);
  expect(isJobName(name, `${STACK}2`)).toBe(false);
  const matches = [[IDENTITY], [OTHER_IDENTITY, IDENTITY], [OTHER_IDENTITY], []].map((identities) => matchesIdentity(name, STACK, identities));
  expect(matches).toEqual([true, true, false, false]);
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
    expect(nameOf('Train', SENT, 'Update')).toBe('Train-omi3o548tp-0mjuohs00-qmybnzidkf-update');
  });

  test('tells whose event it handles, and whether that is a deletion', () => {
    expect(eventIn(nameOf('Train', SENT), resource)).toMatchObject({ isDelete: false });
    expect(eventIn(nameOf('Train', SENT, 'Update'), resource)).toMatchObject({ isDelete: false });
    expect(eventIn(nameOf('Train', SENT, 'Delete'), resource)).toMatchObject({ isDelete: true, isUndo: true });
    const { name } = executionNames({ ...identity('Train', '2'), RequestType: 'Delete', PhysicalResourceId: jobName({ NamePrefix: 's-train' }, STACK, 'identity', FIRST_TRY) });
    expect(eventIn(name, resource)).toMatchObject({ isDelete: true, isUndo: false });
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
