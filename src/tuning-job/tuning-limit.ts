import { Duration, Token } from 'aws-cdk-lib';
import type { TuningDefinition } from './tuning-definition';
import { HyperParameterTuningJobStrategyType } from './tuning-options';
import { secondsOf } from '../job/request-members';

/** The service lets no tuning job run longer. */
const SERVICE_LIMIT_SECONDS = Duration.days(30).toSeconds();

/** Time to start, load and save that the limit of a training job does not count, for each round of them. */
const ROUND_ALLOWANCE_SECONDS = Duration.minutes(10).toSeconds();

/** The props that limit how long a tuning job runs. */
export interface TuningLimits {
  readonly strategy?: HyperParameterTuningJobStrategyType;
  readonly maxRuntime?: Duration;
  readonly maxNumberOfTrainingJobs?: number;
  readonly maxParallelTrainingJobs?: number;
}

/** How long a tuning job may run by its own limits, in seconds; a token if one of them is a token, undefined without any. */
export function tuningLimitSeconds(props: TuningLimits, definitions: readonly TuningDefinition[]): number | undefined {
  if (props.maxRuntime) return secondsOf(props.maxRuntime);
  const jobs = props.maxNumberOfTrainingJobs ?? gridSize(props, definitions);
  if (jobs === undefined) return undefined;
  const parallel = props.maxParallelTrainingJobs ?? 1;
  const limits = definitions.map(({ training }) => training.limitSeconds);
  const token = [jobs, parallel, ...limits].find((value) => Token.isUnresolved(value));
  return token ?? Math.min(SERVICE_LIMIT_SECONDS, Math.ceil(jobs / parallel) * (Math.max(0, ...limits) + ROUND_ALLOWANCE_SECONDS));
}

/** How many training jobs the grid strategy launches: one for each combination. */
function gridSize({ strategy }: TuningLimits, definitions: readonly TuningDefinition[]): number | undefined {
  if (strategy?.value !== HyperParameterTuningJobStrategyType.GRID.value) return undefined;
  const sizes = definitions.map(({ combinations }) => combinations);
  return sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
}
