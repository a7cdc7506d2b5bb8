import type { CreateTrainingJobRequest } from './training-types';

/** What the algorithm prints. */
export interface TrainingJobLogs {
  /** While it runs, at even distances. */
  readonly Training?: readonly string[];
  /** After SIGTERM. */
  readonly Stopping?: readonly string[];
  /** Before it fails. */
  readonly Failed?: readonly string[];
}

/** What becomes of a training job: a matter of its data and its algorithm, so the test or the demo tells it. */
export interface TrainingJobBehaviour {
  /** Until the instances are there. Default: 60. */
  readonly startingSeconds?: number;
  /** Default: 30. */
  readonly downloadingSeconds?: number;
  /** How long the algorithm runs. Default: 120. */
  readonly trainingSeconds?: number;
  /** Default: 30. */
  readonly uploadingSeconds?: number;
  /** How long the algorithm works on after SIGTERM, at most 120. Default: 30. */
  readonly stoppingSeconds?: number;
  /** How long the deletion of the record takes. Default: 5. */
  readonly deletingSeconds?: number;
  /** The reason with which the job fails. Default: it succeeds. */
  readonly failure?: string;
  /** At the end of which phase it fails. Default: `Training`. */
  readonly failsIn?: 'Starting' | 'Downloading' | 'Training';
  /** What the algorithm logs last for its metrics. Default: none. */
  readonly metrics?: { readonly [name: string]: number };
  /** What the algorithm prints, by phase; without an algorithm there is no log. Default: nothing. */
  readonly logs?: TrainingJobLogs;
  /** The part of the training time that spot instances save. Default: 0.7. */
  readonly spotSavings?: number;
}

/** Decides how a job will behave when it is created. */
export type TrainingJobBehaviours = (request: CreateTrainingJobRequest) => TrainingJobBehaviour;

export function withDefaults(behaviour: TrainingJobBehaviour) {
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
    ...behaviour,
    stoppingSeconds: Math.min(behaviour.stoppingSeconds ?? 30, 120),
  };
}
