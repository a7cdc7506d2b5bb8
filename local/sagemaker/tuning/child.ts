import type { Trial } from './search-space';
import type { HyperParameters } from './tuning-types';
import type { Tag } from '../resource-tags';
import type { TrainingJob } from '../training/training-job';
import type { CreateTrainingJobRequest } from '../training/training-types';

/** The static hyperparameter by which an algorithm learns what it is tuned for. */
export const OBJECTIVE_HYPERPARAMETER = '_tuning_objective_metric';

/** What is in a definition but not in a training job's request. */
const OF_TUNING = ['DefinitionName', 'TuningObjective', 'HyperParameterRanges', 'StaticHyperParameters', 'HyperParameterTuningResourceConfig'];

/** In GB, where the definition leaves it to the tuning job. */
const DEFAULT_VOLUME = 30;

/** A training job that a tuning job has launched. */
export interface Child {
  readonly trial: Trial;
  readonly tuned: HyperParameters;
  readonly job: TrainingJob;
  /** The tuning job that launched it. */
  readonly tuningJobName: string;
}

/** The request of a training job that tries a combination of hyperparameters. */
export function trainingRequest(trial: Trial, name: string, tuned: HyperParameters, tags?: readonly Tag[]): CreateTrainingJobRequest {
  const { definition, objective } = trial;
  const { AlgorithmSpecification: algorithm, HyperParameterTuningResourceConfig: resources, StaticHyperParameters: fixed } = definition;
  const { InstanceConfigs: [preferred] = [undefined], AllocationStrategy: _, ...single } = resources ?? {};
  const { MetricDefinitions: metrics = [] } = algorithm;
  return {
    ...Object.fromEntries(Object.entries(definition).filter(([member]) => !OF_TUNING.includes(member))) as unknown as CreateTrainingJobRequest,
    TrainingJobName: name,
    AlgorithmSpecification: {
      ...algorithm,
      // SageMaker knows the metrics of its own algorithms and adds them.
      MetricDefinitions: metrics.length > 0 ? metrics : [{ Name: objective.MetricName, Regex: `.*${objective.MetricName}=(\\S+)` }],
    },
    HyperParameters: { ...fixed, ...tuned, [OBJECTIVE_HYPERPARAMETER]: objective.MetricName },
    ...resources && { ResourceConfig: { VolumeSizeInGB: DEFAULT_VOLUME, ...single, ...preferred } },
    Tags: tags,
  };
}

/** The last value of the objective metric, once the job has ended. */
export function objectiveValue({ job, trial: { objective } }: Child): number | undefined {
  return job.running ? undefined : job.finalMetrics.find(({ MetricName }) => MetricName === objective.MetricName)?.Value;
}

/** The value of a job's objective metric so that more is better. */
export function score(child: Child): number | undefined {
  const value = objectiveValue(child);
  return value !== undefined && child.trial.objective.Type === 'Minimize' ? -value : value;
}

/** The completed job with the best objective metric; of equal ones the first. */
export function best(children: readonly Child[]): Child | undefined {
  return children
    .filter((child) => child.job.status === 'Completed' && score(child) !== undefined)
    .reduce<Child | undefined>((winner, child) => (winner && score(winner)! >= score(child)! ? winner : child), undefined);
}
