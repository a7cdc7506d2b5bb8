import type { Attributes } from './attributes';
import { HANDLED_KINDS } from './handled-kinds';
import type { JobKind } from '../src/contract';

/**
 * Returns the attributes that are known without the record of a job: its name, its ARN, and the location of its artifacts if its
 * request determines it.
 */
export function derivedAttributes(kindName: JobKind, stackId: string, name: string, request: unknown): Attributes {
  const { arnMember, arnResource, modelLocation, nameMember, outputLocations } = HANDLED_KINDS[kindName];
  const [, partition, , region, account] = stackId.split(':');
  const arn = `arn:${partition}:sagemaker:${region}:${account}:${arnResource}/${name.toLowerCase()}`;
  const location = modelLocation?.(name, request);
  return { [nameMember]: name, [arnMember]: arn, ...location === undefined ? {} : { 'ModelArtifacts.S3ModelArtifacts': location }, ...outputLocations?.(request) };
}
