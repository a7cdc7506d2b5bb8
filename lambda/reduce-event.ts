import type { CloudFormationEvent } from './events';
import { HANDLED_KINDS } from './handled-kinds';
import { readAll } from './paths';
import type { JobKind, JobProperties } from '../src/contract';
import { digest, identitiesOf } from '../src/identity';

/** The properties of a job in an execution. Previous properties, and properties of a Delete event, need no complete request. */
export type KnownProperties = JobProperties & {
  readonly Identities?: readonly string[];
  /** The digests of the conditions that updates compare, by path. */
  readonly Conditions?: { readonly [path: string]: string };
};

/**
 * Reduces the event to the values that the steps need, so that an execution can contain a request of any size: the identities,
 * tag keys and digests of conditions of the properties before an update, and the same of a Delete event.
 */
export function reduceEvent(kind: JobKind, event: CloudFormationEvent): CloudFormationEvent {
  const { OldResourceProperties: before, RequestType, ResourceProperties: properties } = event;
  return {
    ...event,
    ResourceProperties: RequestType === 'Delete' ? reduced(kind, properties) : properties,
    ...before && { OldResourceProperties: reduced(kind, before) },
  };
}

function reduced(kind: JobKind, properties: Record<string, unknown>): Record<string, unknown> {
  const { Request, ...others } = properties as unknown as JobProperties;
  // A continuation has no request.
  if (!Request) return properties;
  const Identities = identitiesOf(kind, properties as unknown as JobProperties);
  const { fixedWhileRunning, inPlace = [] } = HANDLED_KINDS[kind];
  const paths = [...fixedWhileRunning, ...inPlace.map(({ path }) => path)];
  const Conditions = Object.fromEntries(paths.map((path) => [path.join('.'), conditionOf(Request, path)]));
  const { StoppingCondition, Tags } = Request as { readonly StoppingCondition?: unknown; readonly Tags?: ReadonlyArray<{ readonly Key: string }> };
  return { ...others, Identities, Conditions, Request: { StoppingCondition, Tags: Tags?.map(({ Key }) => ({ Key })) } };
}

/** Returns the identities of the request in properties that may have been reduced. */
export function identitiesIn(kind: JobKind, properties: KnownProperties): readonly string[] {
  return properties.Identities ?? identitiesOf(kind, properties);
}

/** Whether the values at a path differ between previous properties, which may have been reduced, and a request or a description. */
export function differs({ Conditions, Request }: KnownProperties, after: unknown, path: readonly string[]): boolean {
  return (Conditions?.[path.join('.')] ?? conditionOf(Request, path)) !== conditionOf(after, path);
}

/** Returns a digest of the values at a path, of which the order does not matter. */
function conditionOf(value: unknown, path: readonly string[]): string {
  return digest([...new Set(readAll(value, path).map((part) => digest(part, 10)))].sort(), 10);
}
