import { Duration, Token } from 'aws-cdk-lib';
import { type RequestStructure, secondsOf, structure } from './request-members';

/** The default of `maxRuntime`. */
export const DEFAULT_MAX_RUNTIME = Duration.hours(1);

/** The limits of a job (`StoppingCondition`). */
export interface StoppingConditionOptions {
  readonly maxRuntime?: Duration;
  readonly maxWaitTime?: Duration;
  readonly maxPendingTime?: Duration;
}

export function renderStoppingCondition({ maxPendingTime, maxRuntime, maxWaitTime }: StoppingConditionOptions): RequestStructure | undefined {
  return structure({
    MaxRuntimeInSeconds: secondsOf(maxRuntime),
    MaxWaitTimeInSeconds: secondsOf(maxWaitTime),
    MaxPendingTimeInSeconds: secondsOf(maxPendingTime),
  });
}

/** The sum of all limits in seconds. A token if one of them is a token. */
export function totalSeconds(...limits: ReadonlyArray<Duration | undefined>): number {
  const seconds = limits.flatMap((limit) => (limit ? [secondsOf(limit)!] : []));
  return seconds.find((limit) => Token.isUnresolved(limit)) ?? seconds.reduce((sum, limit) => sum + limit, 0);
}
