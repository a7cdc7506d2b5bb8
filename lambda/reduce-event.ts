import type { CloudFormationEvent } from './events';
import type { JobKind, JobProperties } from '../src/contract';
import { conditionsOf, identitiesOf } from '../src/identity';

/** The properties of a job, as far as an execution carries them: of those before, and of a Delete, it needs no whole request. */
export type KnownProperties = JobProperties & { readonly Identities?: readonly string[] };

/**
 * The event without what no step needs, so that an execution can carry a request of any size: of the properties before an
 * update the identities, the tags and the conditions stay, of a Delete the identities.
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

/** The identities of the request of some properties, which may have been reduced. */
export function identitiesIn(kind: JobKind, properties: KnownProperties): readonly string[] {
  return properties.Identities ?? identitiesOf(kind, properties);
}
