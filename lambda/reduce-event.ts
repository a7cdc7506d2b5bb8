import type { CloudFormationEvent } from './events';
import type { JobKind, JobProperties } from '../src/contract';
import { conditionsOf, identitiesOf } from '../src/identity';

/** The properties of a job in an execution. Previous properties, and properties of a Delete event, need no complete request. */
export type KnownProperties = JobProperties & { readonly Identities?: readonly string[] };

/**
 * Reduces the event to the values that the steps need, so that an execution can contain a request of any size: the identities,
 * tags and conditions of the properties before an update, and the identities of a Delete event.
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
  return { ...others, Identities, Request: { ...conditionsOf(kind, Request), Tags: Request.Tags } };
}

/** Returns the identities of the request in properties that may have been reduced. */
export function identitiesIn(kind: JobKind, properties: KnownProperties): readonly string[] {
  return properties.Identities ?? identitiesOf(kind, properties);
}
