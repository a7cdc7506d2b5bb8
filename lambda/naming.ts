import { createHash } from 'node:crypto';
import type { CloudFormationEvent } from './events';
import type { HandledKind } from './handled-kinds';
import { omit } from './paths';
import { type JobProperties, NAME_SUFFIX_LENGTH } from '../src/contract';

const LENGTH = NAME_SUFFIX_LENGTH - 1;

/** What tells an event from others. */
type EventIdentity = Pick<CloudFormationEvent, 'LogicalResourceId' | 'RequestId' | 'RequestType'>;

/** The resource that a job belongs to. */
export interface Owner {
  readonly stackId: string;
  readonly logicalId: string;
}

/**
 * The hash that a job is known by: over its owner, its request and its rerun value. What can change in place is left
 * out, so that a change of it is no new job.
 */
export function requestHash(kind: HandledKind, owner: Owner, properties: JobProperties): string {
  const request = kind.inPlace.reduce(
    (rest, member) => omit(rest, member.path),
    omit(properties.Request as Record<string, unknown>, ['Tags']),
  );
  return digest([owner.stackId, owner.logicalId, properties.Rerun ?? '', request, ...properties.OutputMember ? [properties.OutputMember] : []]);
}

/** The name of the nth attempt at a request. An exact name is the same for all of them. */
export function attemptName(properties: JobProperties, hash: string, attempt: number): string {
  if (properties.Name) return properties.Name;
  const suffix = attempt === 1 ? hash : digest([hash, attempt]);
  return `${properties.NamePrefix}-${suffix}`;
}

/** The text is the name of a job of the properties. CloudFormation makes up a physical id where a Create never was answered. */
export function isJobName({ Name, NamePrefix }: JobProperties, text: string): boolean {
  if (Name) return text === Name;
  const prefix = `${NamePrefix}-`;
  return text.startsWith(prefix) && new RegExp(`^[a-z0-9]{${LENGTH}}$`).test(text.slice(prefix.length));
}

/** What names the execution that handles an event. */
export interface ExecutionNames {
  readonly name: string;
  /** What the names of all executions for the resource begin with. */
  readonly resource: string;
  /** What stands behind that: names of events that were sent later sort behind those that were sent before. */
  readonly time: string;
}

export function executionNames({ LogicalResourceId: id, RequestId, RequestType }: EventIdentity, sentAt: number = 0): ExecutionNames {
  const resource = `${id.slice(0, 40)}-${digest([id])}-`;
  const time = sentAt.toString(36).padStart(9, '0');
  return { name: `${resource}${time}-${digest([RequestId])}-${RequestType.toLowerCase()}`, resource, time };
}

/** What the name of an execution tells of its event; undefined: it is another resource's. */
export function eventIn(name: string, resource: string): { readonly time: string; readonly isDelete: boolean } | undefined {
  if (!name.startsWith(resource)) return undefined;
  const [time, _request, type] = name.slice(resource.length).split('-');
  return { time, isDelete: type === 'delete' };
}

function digest(value: unknown): string {
  const bytes = createHash('sha256').update(canonical(value)).digest();
  return bytes.readBigUInt64BE().toString(36).padStart(LENGTH, '0').slice(-LENGTH);
}

/** JSON with sorted members and all scalars as strings, because CloudFormation makes strings of them and other callers may not. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part) => {
    if (Array.isArray(part)) return part;
    if (typeof part === 'object' && part !== null) return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
    return String(part);
  });
}
