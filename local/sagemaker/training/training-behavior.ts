import type { CreateTrainingJobRequest } from './training-types';

/** The output of the algorithm. */
export interface TrainingJobLogs {
  /** Evenly spaced lines while the algorithm runs. */
  readonly Training?: readonly string[];
  /** Lines after SIGTERM. */
  readonly Stopping?: readonly string[];
  /** Lines before the failure. */
  readonly Failed?: readonly string[];
}

/** The result of a training job. It depends on the data and the algorithm, so the test or the demo specifies it. */
export interface TrainingJobBehavior {
  /** The time until the instances are available. Default: 60. */
  readonly startingSeconds?: number;
  /** Default: 30. */
  readonly downloadingSeconds?: number;
  /** The duration of the algorithm. Default: 120. */
  readonly trainingSeconds?: number;
  /** Default: 30. */
  readonly uploadingSeconds?: number;
  /** The time that the algorithm runs after SIGTERM, at most 120. Default: 30. */
  readonly stoppingSeconds?: number;
  /** The duration of the record's deletion. Default: 5. */
  readonly deletingSeconds?: number;
  /** The reason for the failure of the job. Default: the job succeeds. */
  readonly failure?: string;
  /** The phase at whose end the job fails. Default: `Training`. */
  readonly failsIn?: 'Starting' | 'Downloading' | 'Training';
  /** The last logged values of metrics. Default: none. */
  readonly metrics?: { readonly [name: string]: number };
  /** The output of the algorithm by phase. Without an algorithm, the job has no log. Default: none. */
  readonly logs?: TrainingJobLogs;
  /** The part of the training time that is saved with spot instances. Default: 0.7. */
  readonly spotSavings?: number;
}

/** Decides on the result of a new job. */
export type TrainingJobBehaviors = (request: CreateTrainingJobRequest) => TrainingJobBehavior;

export function withDefaults(behavior: TrainingJobBehavior) {
  return {
    startingSeconds: 60,
    downloadingSeconds: 30,
    trainingSeconds: 120,
    uploadingSeconds: 30,
    deletingSeconds: 5,
    failsIn: 'Training',
    metrics: {},
    logs: {} as TrainingJobLogs,
    spotSavings: 0.7,
    ...behavior,
    stoppingSeconds: Math.min(behavior.stoppingSeconds ?? 30, 120),
  };
}
