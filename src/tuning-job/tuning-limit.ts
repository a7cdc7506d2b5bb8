import { Duration, Token } from 'aws-cdk-lib';
import type { TuningDefinition } from './tuning-definition';
import { HyperParameterTuningJobStrategyType } from './tuning-options';
import { secondsOf } from '../job/request-members';

/** The maximum runtime of a tuning job. */
const SERVICE_LIMIT_SECONDS = Duration.days(30).toSeconds();

/** The time of each round of training jobs for starting, loading and saving, which the limit of a training job does not include. */
const ROUND_ALLOWANCE_SECONDS = Duration.minutes(10).toSeconds();

/** The props that limit the runtime of a tuning job. */
export interface TuningLimits {
  readonly strategy?: HyperParameterTuningJobStrategyType;
  readonly maxRuntime?: Duration;
  readonly maxNumberOfTrainingJobs?: number;
  readonly maxParallelTrainingJobs?: number;
}

/**
 * The maximum runtime of a tuning job by its own limits, in seconds. A token if one of them is a token, undefined without limits.
 */
export function tuningLimitSeconds(props: TuningLimits, definitions: readonly TuningDefinition[]): number | undefined {
  if (props.maxRuntime) return secondsOf(props.maxRuntime);
  const jobs = props.maxNumberOfTrainingJobs ?? gridSize(props, definitions);
  if (jobs === undefined) return undefined;
  const parallel = props.maxParallelTrainingJobs ?? 1;
  const limits = definitions.map(({ training }) => training.limitSeconds);
  const token = [jobs, parallel, ...limits].find((value) => Token.isUnresolved(value));
  return token ?? Math.min(SERVICE_LIMIT_SECONDS, Math.ceil(jobs / parallel) * (Math.max(0, ...limits) + ROUND_ALLOWANCE_SECONDS));
}

/** The number of training jobs with the grid strategy: one for each combination. */
function gridSize({ strategy }: TuningLimits, definitions: readonly TuningDefinition[]): number | undefined {
  if (strategy?.value !== HyperParameterTuningJobStrategyType.GRID.value) return undefined;
  const sizes = definitions.map(({ combinations }) => combinations);
  return sizes.reduce((sum, size) => (sum === undefined || size === undefined ? undefined : sum + size), 0);
}
