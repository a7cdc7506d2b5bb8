import { type Duration, Token } from 'aws-cdk-lib';
import { structure } from './request-members';

/** How long a job may run and wait (`StoppingCondition` of the API). */
export interface JobLimits {
  readonly maxRuntime?: Duration;
  readonly maxWaitTime?: Duration;
  readonly maxPendingTime?: Duration;
}

export function renderStoppingCondition({ maxPendingTime, maxRuntime, maxWaitTime }: JobLimits): { [member: string]: any } | undefined {
  return structure({
    MaxRuntimeInSeconds: maxRuntime?.toSeconds(),
    MaxWaitTimeInSeconds: maxWaitTime?.toSeconds(),
    MaxPendingTimeInSeconds: maxPendingTime?.toSeconds(),
  });
}

/** So many seconds as all the limits together; a token if one of them is a token. */
export function totalSeconds(...limits: ReadonlyArray<Duration | undefined>): number {
  const seconds = limits.flatMap((limit) => (limit ? [limit.toSeconds()] : []));
  return seconds.find((limit) => Token.isUnresolved(limit)) ?? seconds.reduce((sum, limit) => sum + limit, 0);
}
