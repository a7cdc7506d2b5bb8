import type { JobKind } from '../contract';

/** What a template says differently for one kind of job than for another. */
export interface KindInTemplates {
  /** What the API calls it: the operations are `Describe<noun>` and so on, the members `<noun>Name`, `<noun>Arn`, `<noun>Status`. */
  readonly noun: string;
  /** What messages call it. */
  readonly label: string;
  /** How long a name may be. */
  readonly nameLength: number;
  /** The attribute that holds the job's name. */
  readonly nameAttribute: string;
  /** The jobs' part of their ARNs. */
  readonly arnResource: string;
  readonly logGroup: string;
  /** The detail type of its events; the service documents none for a kind that has no such type here. */
  readonly eventDetailType?: string;
  /** What the function does with jobs of the kind besides creating, describing, stopping and deleting them. */
  readonly furtherActions?: { readonly read?: readonly string[]; readonly change?: readonly string[] };
}

export const KINDS: { readonly [kind in JobKind]: KindInTemplates } = {
  trainingJob: {
    noun: 'TrainingJob',
    label: 'training job',
    nameLength: 63,
    nameAttribute: 'TrainingJobName',
    arnResource: 'training-job',
    logGroup: '/aws/sagemaker/TrainingJobs',
    eventDetailType: 'SageMaker Training Job State Change',
    furtherActions: { change: ['UpdateTrainingJob'] },
  },
  hyperParameterTuningJob: {
    noun: 'HyperParameterTuningJob',
    label: 'hyperparameter tuning job',
    nameLength: 32,
    nameAttribute: 'HyperParameterTuningJobName',
    arnResource: 'hyper-parameter-tuning-job',
    logGroup: '/aws/sagemaker/TrainingJobs',
    eventDetailType: 'SageMaker HyperParameter Tuning Job State Change',
    furtherActions: { read: ['ListTrainingJobsForHyperParameterTuningJob'] },
  },
  compilationJob: {
    noun: 'CompilationJob',
    label: 'compilation job',
    nameLength: 63,
    nameAttribute: 'CompilationJobName',
    arnResource: 'compilation-job',
    logGroup: '/aws/sagemaker/CompilationJobs',
  },
};
