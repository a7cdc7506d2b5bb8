import type { Trial } from './search-space';
import type { HyperParameters } from './tuning-types';
import type { Tag } from '../resource-tags';
import type { LocalTrainingJob } from '../training/local-training-job';
import type { CreateTrainingJobRequest } from '../training/training-types';

/** The static hyperparameter that passes the objective metric to the algorithm. */
export const OBJECTIVE_HYPERPARAMETER = '_tuning_objective_metric';

/** The members of a definition that are not in the request of a training job. */
const OF_TUNING = ['DefinitionName', 'TuningObjective', 'HyperParameterRanges', 'StaticHyperParameters', 'HyperParameterTuningResourceConfig'];

/** The default volume size if the tuning job selects it, in GB. */
const DEFAULT_VOLUME = 30;

/** A training job of a tuning job. */
export interface Child {
  readonly trial: Trial;
  readonly tuned: HyperParameters;
  readonly job: LocalTrainingJob;
  /** The tuning job that launched it. */
  readonly tuningJobName: string;
}

/** Returns the request of a training job for a combination of hyperparameters. */
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
      // SageMaker adds the metric definitions of its built-in algorithms.
      MetricDefinitions: metrics.length > 0 ? metrics : [{ Name: objective.MetricName, Regex: `.*${objective.MetricName}=(\\S+)` }],
    },
    HyperParameters: { ...fixed, ...tuned, [OBJECTIVE_HYPERPARAMETER]: objective.MetricName },
    ...resources && { ResourceConfig: { VolumeSizeInGB: DEFAULT_VOLUME, ...single, ...preferred } },
    Tags: tags,
  };
}

/** The last value of the objective metric, after the job has ended. */
export function objectiveValue({ job, trial: { objective } }: Child): number | undefined {
  return job.running ? undefined : job.finalMetrics.find(({ MetricName }) => MetricName === objective.MetricName)?.Value;
}

/** The value of a job's objective metric, with the sign for which greater is better. */
export function score(child: Child): number | undefined {
  const value = objectiveValue(child);
  return value !== undefined && child.trial.objective.Type === 'Minimize' ? -value : value;
}

/** The completed job with the best objective metric. Of equal ones, the first. */
export function best(children: readonly Child[]): Child | undefined {
  return children
    .filter((child) => child.job.status === 'Completed' && score(child) !== undefined)
    .reduce<Child | undefined>((winner, child) => (winner && score(winner)! >= score(child)! ? winner : child), undefined);
}
