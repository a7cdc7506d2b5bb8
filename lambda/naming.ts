import type { CloudFormationEvent } from './events';
import { type JobProperties, NAME_SUFFIX_LENGTH } from '../src/contract';
import { digest } from '../src/identity';

/** What tells an event from others. */
type EventIdentity = Pick<CloudFormationEvent, 'LogicalResourceId' | 'RequestId' | 'RequestType'>;

/** The resource that a job belongs to. */
export interface Owner {
  readonly stackId: string;
  readonly logicalId: string;
}

const KEY_LENGTH = 5;
const IDENTITY_LENGTH = 6;
const TRY_LENGTH = 3;
const REQUEST_LENGTH = 10;

/** The first try at a request. */
export const FIRST_TRY = '0'.repeat(TRY_LENGTH);

const SUFFIX = new RegExp(`-[a-z0-9]{${NAME_SUFFIX_LENGTH - 1}}$`);

/** What the names of all jobs of a stack have in common. */
export function stackKey(stackId: string): string {
  return digest(stackId, KEY_LENGTH);
}

/** What the names of all tries at a request have in common, whatever their prefix. */
export function commonPart(stackId: string, identity: string): string {
  return stackKey(stackId) + identity.slice(-IDENTITY_LENGTH);
}

/** The name of a try at a request. An exact name allows one try only. */
export function jobName({ Name, NamePrefix }: Pick<JobProperties, 'Name' | 'NamePrefix'>, stackId: string, identity: string, tried: string): string {
  return Name ?? `${NamePrefix}-${commonPart(stackId, identity)}${tried}`;
}

/** A name that `jobName` may have made in the stack. CloudFormation makes up a physical id where a Create never was answered. */
export function isJobName(name: string, stackId: string): boolean {
  return SUFFIX.test(name) && name.slice(1 - NAME_SUFFIX_LENGTH).startsWith(stackKey(stackId));
}

/** The name is one that `jobName` may have made for one of the identities. */
export function matchesIdentity(name: string, stackId: string, identities: readonly string[]): boolean {
  return isJobName(name, stackId) && identities.some((identity) => name.slice(1 - NAME_SUFFIX_LENGTH).startsWith(commonPart(stackId, identity)));
}

/** The part of the names that tries of an event use after the first one, in the order in which they are used. */
export function laterTries(requestDigest: string): string[] {
  return [0, 3, 6].map((at) => requestDigest.slice(at, at + TRY_LENGTH)).filter((tried) => tried !== FIRST_TRY);
}

/** The hash by which an event is known in the name of its execution, and in the names of jobs. */
export function digestOfRequest(requestId: string): string {
  return digest(requestId, REQUEST_LENGTH);
}

/** What names the execution that handles an event. */
export interface ExecutionNames {
  readonly name: string;
  /** What the names of all executions for the resource begin with. */
  readonly resource: string;
  /** What follows: names of events that were sent later sort behind those that were sent before. */
  readonly time: string;
}

export function executionNames({ LogicalResourceId: id, RequestId, RequestType }: EventIdentity, sentAt: number = 0): ExecutionNames {
  const resource = `${id.slice(0, 40)}-${digest(id, REQUEST_LENGTH)}-`;
  const time = sentAt.toString(36).padStart(9, '0');
  return { name: `${resource}${time}-${digestOfRequest(RequestId)}-${RequestType.toLowerCase()}`, resource, time };
}

/** What the name of an execution tells of its event; undefined: it is another resource's. */
export function eventIn(name: string, resource: string): { readonly time: string; readonly request: string; readonly isDelete: boolean } | undefined {
  if (!name.startsWith(resource)) return undefined;
  const [time, request, type] = name.slice(resource.length).split('-');
  return { time, request, isDelete: type === 'delete' };
}
