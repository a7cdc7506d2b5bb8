import type { JobKind } from './contract';

/** What a template says differently for one kind of job than for another. */
export interface KindInTemplates {
  /** How long a name may be. */
  readonly nameLength: number;
  /** The attribute that holds the job's name. */
  readonly nameAttribute: string;
  /** The jobs' part of their ARNs. */
  readonly arnResource: string;
  /** The actions that the function takes on jobs of the kind. */
  readonly actions: readonly string[];
  /** The actions that the function takes on the training jobs that a job of the kind launches; they are named after it. */
  readonly childActions?: readonly string[];
}

export const KINDS: { readonly [kind in JobKind]: KindInTemplates } = {
  trainingJob: {
    nameLength: 63,
    nameAttribute: 'TrainingJobName',
    arnResource: 'training-job',
    actions: ['CreateTrainingJob', 'DescribeTrainingJob', 'UpdateTrainingJob', 'StopTrainingJob', 'DeleteTrainingJob'],
  },
  hyperParameterTuningJob: {
    nameLength: 32,
    nameAttribute: 'HyperParameterTuningJobName',
    arnResource: 'hyper-parameter-tuning-job',
    actions: [
      'CreateHyperParameterTuningJob',
      'DescribeHyperParameterTuningJob',
      'StopHyperParameterTuningJob',
      'DeleteHyperParameterTuningJob',
      'ListTrainingJobsForHyperParameterTuningJob',
    ],
    childActions: ['DescribeTrainingJob'],
  },
  compilationJob: {
    nameLength: 63,
    nameAttribute: 'CompilationJobName',
    arnResource: 'compilation-job',
    actions: ['CreateCompilationJob', 'DescribeCompilationJob', 'StopCompilationJob', 'DeleteCompilationJob'],
  },
};
