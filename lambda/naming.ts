import type { CloudFormationEvent } from './events';
import { type JobProperties, NAME_SUFFIX_LENGTH } from '../src/contract';
import { digest, stackKey } from '../src/identity';

const IDENTITY_LENGTH = 6;
const TRY_LENGTH = 3;
const REQUEST_LENGTH = 10;

/** The first try of a request. */
export const FIRST_TRY = '0'.repeat(TRY_LENGTH);

const SUFFIX = new RegExp(`-[a-z0-9]{${NAME_SUFFIX_LENGTH - 1}}$`);

/** The common part of the names of all tries of a request, with any prefix. */
export function commonPart(stackId: string, identity: string): string {
  return stackKey(stackId) + identity.slice(-IDENTITY_LENGTH);
}

/** Returns the name of a try. An exact name permits only one try. */
export function jobName({ Name, NamePrefix }: Pick<JobProperties, 'Name' | 'NamePrefix'>, stackId: string, identity: string, tried: string): string {
  return Name ?? `${NamePrefix}-${commonPart(stackId, identity)}${tried}`;
}

/** Whether a name may come from `jobName` in the stack. CloudFormation generates a physical ID for a Create without a response. */
export function isJobName(name: string, stackId: string): boolean {
  return SUFFIX.test(name) && name.slice(1 - NAME_SUFFIX_LENGTH).startsWith(stackKey(stackId));
}

/** Whether a name may come from `jobName` for one of the identities. */
export function matchesIdentity(name: string, stackId: string, identities: readonly string[]): boolean {
  return isJobName(name, stackId) && identities.some((identity) => name.slice(1 - NAME_SUFFIX_LENGTH).startsWith(commonPart(stackId, identity)));
}

/** The parts of the names of an event's tries after the first one, in order of use. */
export function laterTries(requestDigest: string): string[] {
  return [0, 3, 6].map((at) => requestDigest.slice(at, at + TRY_LENGTH)).filter((tried) => tried !== FIRST_TRY);
}

/** The hash of an event in the name of its execution, and in the names of jobs. */
export function digestOfRequest(requestId: string): string {
  return digest(requestId, REQUEST_LENGTH);
}

/** The members of an event that the name of its execution depends on. */
type NamedEvent = Pick<CloudFormationEvent, 'LogicalResourceId' | 'RequestId' | 'RequestType'>
  & Partial<Pick<CloudFormationEvent, 'PhysicalResourceId' | 'ResourceProperties'>>;

/**
 * Returns the name of the execution that handles an event, and parts of it: the common beginning of the names of all executions for
 * the resource, and the time, by which names of events sort in the order in which they were sent.
 */
export function executionNames(event: NamedEvent, sentAt: number = 0) {
  const { LogicalResourceId: id, RequestId, RequestType } = event;
  const resource = `${id.slice(0, 40)}-${digest(id, REQUEST_LENGTH)}-`;
  const time = sentAt.toString(36).padStart(9, '0');
  const type = RequestType === 'Delete' && !isOfResponse(event) ? UNDO : RequestType.toLowerCase();
  return { name: `${resource}${time}-${digestOfRequest(RequestId)}-${type}`, resource, time };
}

/** The ending of the names for Deletes of a resource whose Create may have no response. */
const UNDO = 'undo';

/** Whether a physical ID comes from a response of the handler. CloudFormation generates one for a Create without a response. */
function isOfResponse({ LogicalResourceId, PhysicalResourceId: id = '', ResourceProperties }: NamedEvent): boolean {
  return SUFFIX.test(id) || id === LogicalResourceId || id === ResourceProperties?.Name;
}

/** An event in the name of an execution. */
export interface ExecutedEvent {
  readonly time: string;
  readonly request: string;
  readonly isDelete: boolean;
  /** Whether it deletes a resource whose Create may have no response. CloudFormation sends it after that Create. */
  readonly isUndo: boolean;
}

/** Returns the event in the name of an execution, or undefined if it belongs to another resource. */
export function eventIn(name: string, resource: string): ExecutedEvent | undefined {
  if (!name.startsWith(resource)) return undefined;
  const [time, request, type] = name.slice(resource.length).split('-');
  return { time, request, isDelete: type === 'delete' || type === UNDO, isUndo: type === UNDO };
}
