import { HANDLED_KINDS } from './handled-kinds';
import type { JobKind } from '../src/contract';

/** The attributes that are known of a job without its record: its name, its ARN, and where its artifacts are if its request tells. */
export function derivedAttributes(kindName: JobKind, stackId: string, name: string, request: unknown): Record<string, string> {
  const { arnMember, arnResource, artifacts, nameMember } = HANDLED_KINDS[kindName];
  const [, partition, , region, account] = stackId.split(':');
  const arn = `arn:${partition}:sagemaker:${region}:${account}:${arnResource}/${name.toLowerCase()}`;
  return { [nameMember]: name, [arnMember]: arn, ...artifacts?.(name, request) };
}
