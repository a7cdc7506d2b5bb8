import { createHash } from 'node:crypto';
import type { NetworkInterface } from '../services';

/** A job with the time in which it uses its network, in milliseconds since the epoch. */
export interface NetworkedJob {
  readonly arn: string;
  readonly vpc?: { readonly Subnets?: readonly string[]; readonly SecurityGroupIds?: readonly string[] };
  readonly from?: number;
  readonly until?: number;
}

interface NetworkedRequest {
  readonly VpcConfig?: NetworkedJob['vpc'];
  /** Of processing jobs. */
  readonly NetworkConfig?: { readonly VpcConfig?: NetworkedJob['vpc'] };
}

/** SageMaker deletes the network interfaces of a job asynchronously. It does not document when. */
const DELETION_MS = 120_000;

/** Returns the network interfaces of a job at a time. */
export function interfacesOf({ arn, from, until, vpc }: NetworkedJob, now: number): NetworkInterface[] {
  if (!vpc || from === undefined || (until !== undefined && now >= until + DELETION_MS)) return [];
  const id = `eni-${createHash('sha256').update(`${arn} ${from}`).digest('hex').slice(0, 17)}`;
  return [{ id, subnetId: vpc.Subnets?.[0] ?? '', securityGroupIds: vpc.SecurityGroupIds ?? [] }];
}

/** Returns the ARN and the network of a job. */
export function networkOf({ arn, request }: { readonly arn: string; readonly request: NetworkedRequest }): Pick<NetworkedJob, 'arn' | 'vpc'> {
  return { arn, vpc: request.VpcConfig ?? request.NetworkConfig?.VpcConfig };
}
