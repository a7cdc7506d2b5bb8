import { type Child, score } from './child';
import type { TuningJobConfig } from './tuning-types';

/** The number of training jobs without any result after which a tuning job fails. */
const ATTEMPTS = 5;
/** The minimum improvement of the objective that counts. */
const IMPROVEMENT = 0.01;

/** Returns the reason why a tuning job with these ended training jobs fails, or nothing. */
export function failureOf(ended: readonly Child[], isLast: boolean): string | undefined {
  if (ended.length < ATTEMPTS && !isLast) return undefined;
  if (ended.some((child) => score(child) !== undefined)) return undefined;
  if (ended.some(({ job }) => job.status !== 'Failed')) {
    return `No objective metrics found after running ${ended.length} training jobs. Please ensure that the custom algorithm is emitting the objective `
      + 'metric as defined by the regular expression provided.';
  }
  return ended.length < ATTEMPTS
    ? 'All training jobs failed. Please take a look at the training jobs failures to get more details.'
    : `No training job succeeded after ${ended.length} attempts. Please take a look at the training job failures to get more details.`;
}

/** The number of training jobs that ended since the last improvement by at least a hundredth. */
export function notImproving(ended: readonly Child[]): number {
  let top: number | undefined;
  let count = 0;
  for (const child of ended) {
    const value = score(child);
    const improves = value !== undefined && (top === undefined || value > top + IMPROVEMENT * Math.abs(top));
    count = improves ? 0 : count + 1;
    if (improves) top = value;
  }
  return count;
}

/** Whether the completion criteria are met. */
export function meetsCriteria({ TuningJobCompletionCriteria: criteria }: TuningJobConfig, ended: readonly Child[]): boolean {
  const { TargetObjectiveMetricValue: target, BestObjectiveNotImproving: improving } = criteria ?? {};
  const reached = ended.some((child) => {
    const value = score(child);
    return value !== undefined && target !== undefined && value >= (child.trial.objective.Type === 'Minimize' ? -target : target);
  });
  return reached || notImproving(ended) >= (improving?.MaxNumberOfTrainingJobsNotImproving ?? Infinity);
}
