import {
  CreateCompilationJobRequest$,
  CreateHyperParameterTuningJobRequest$,
  CreateTrainingJobRequest$,
  UpdateTrainingJobRequest$,
} from '@aws-sdk/client-sagemaker';
import type { SageMakerApi } from './handler-services';
import { type JobProgress, trainingProgress } from './job-progress';
import type { NotFoundRule } from './service-errors';
import { type CompleteDescription, completeTuning, hasNoBest } from './tuning-result';
import { type JobKind, RESOURCE_TYPE } from '../src/contract';

/** A member of the create request that can change while the job runs. */
export interface InPlaceMember {
  readonly path: readonly string[];
  /** What says that the member is no longer wanted. Default: nothing can, the member stays as it is. */
  readonly off?: unknown;
}

/** Everything in which one kind of job differs from another. */
export interface HandledKind {
  /** How messages call it. */
  readonly label: string;
  readonly operations: {
    readonly create: string;
    readonly describe: string;
    readonly stop: string;
    readonly delete: string;
    /** Only of kinds with members that change in place. */
    readonly update?: string;
  };
  /** The SDK's schemas of the requests. */
  readonly createSchema: unknown;
  readonly updateSchema?: unknown;
  /** Members of the requests and of the description. */
  readonly nameMember: string;
  readonly arnMember: string;
  readonly statusMember: string;
  readonly statuses: { readonly [status: string]: Phase };
  /** How the service says that there is no such job, as `code` or `code: part of the message`. */
  readonly notFound: readonly NotFoundRule[];
  readonly inPlace: readonly InPlaceMember[];
  /** The request to `update` that gives up what a finished job still holds, and the words of the description that say so. */
  readonly retainedCapacity?: { readonly path: readonly string[]; readonly status: string; readonly release: Record<string, unknown> };
  readonly logGroup: string;
  /** The described values that are returned as attributes, most wanted first, as paths (`attributesOf`). */
  readonly attributes: readonly string[];
  /** How far a running job is, and since when, by its description. Default: nobody knows. */
  readonly progress?: (description: Record<string, any>) => JobProgress;
  /** A job that has completed, and yet has no result. */
  readonly isWithoutResult?: (description: Record<string, any>) => boolean;
  /** Adds to the description of a job that has ended what other operations say of it. */
  readonly complete?: (description: Record<string, any>, sageMaker: SageMakerApi) => Promise<CompleteDescription>;
}

/** The phases of a job that the lifecycle tells apart; `unknown` is a status word that the table does not have. */
export type Phase = 'running' | 'stopping' | 'deleting' | 'completed' | 'failed' | 'stopped' | 'unknown';

export const HANDLED_KINDS: { readonly [kind in JobKind]: HandledKind } = {
  trainingJob: {
    label: 'Training job',
    operations: {
      create: 'CreateTrainingJob',
      describe: 'DescribeTrainingJob',
      update: 'UpdateTrainingJob',
      stop: 'StopTrainingJob',
      delete: 'DeleteTrainingJob',
    },
    createSchema: CreateTrainingJobRequest$,
    updateSchema: UpdateTrainingJobRequest$,
    nameMember: 'TrainingJobName',
    arnMember: 'TrainingJobArn',
    statusMember: 'TrainingJobStatus',
    statuses: {
      InProgress: 'running',
      Stopping: 'stopping',
      Deleting: 'deleting',
      Completed: 'completed',
      Failed: 'failed',
      Stopped: 'stopped',
    },
    notFound: ['ResourceNotFound', { code: 'ValidationException', message: /requested resource not found/i }],
    inPlace: [
      { path: ['ProfilerConfig'], off: { DisableProfiler: true } },
      { path: ['ProfilerRuleConfigurations'], off: [] },
      { path: ['ResourceConfig', 'KeepAlivePeriodInSeconds'], off: 0 },
      { path: ['RemoteDebugConfig'], off: { EnableRemoteDebug: false } },
    ],
    retainedCapacity: {
      path: ['WarmPoolStatus', 'Status'],
      status: 'Available',
      release: { ResourceConfig: { KeepAlivePeriodInSeconds: 0 } },
    },
    progress: trainingProgress,
    logGroup: '/aws/sagemaker/TrainingJobs',
    attributes: [
      'TrainingJobName',
      'TrainingJobArn',
      'ModelArtifacts.S3ModelArtifacts',
      'TrainingJobStatus',
      'SecondaryStatus',
      'CreationTime',
      'TrainingStartTime',
      'TrainingEndTime',
      'LastModifiedTime',
      'TrainingTimeInSeconds',
      'BillableTimeInSeconds',
      'BillableTokenCount',
      'OutputModelPackageArn',
      'ResourceConfig.SelectedInstanceType',
      'ResourceConfig.SelectedInstanceCount',
      'WarmPoolStatus.Status',
      'WarmPoolStatus.ResourceRetainedBillableTimeInSeconds',
      'WarmPoolStatus.ReusedByJob',
      'ProfilingStatus',
      'MlflowDetails.MlflowExperimentId',
      'MlflowDetails.MlflowRunId',
      'ProgressInfo.TotalStepCountPerEpoch',
      'ProgressInfo.CurrentStep',
      'ProgressInfo.CurrentEpoch',
      'ProgressInfo.MaxEpoch',
      'FinalMetricDataList[]',
    ],
  },
  hyperParameterTuningJob: {
    label: 'Hyperparameter tuning job',
    operations: {
      create: 'CreateHyperParameterTuningJob',
      describe: 'DescribeHyperParameterTuningJob',
      stop: 'StopHyperParameterTuningJob',
      delete: 'DeleteHyperParameterTuningJob',
    },
    createSchema: CreateHyperParameterTuningJobRequest$,
    nameMember: 'HyperParameterTuningJobName',
    arnMember: 'HyperParameterTuningJobArn',
    statusMember: 'HyperParameterTuningJobStatus',
    statuses: {
      InProgress: 'running',
      Stopping: 'stopping',
      Deleting: 'deleting',
      Completed: 'completed',
      Failed: 'failed',
      DeleteFailed: 'failed',
      Stopped: 'stopped',
    },
    notFound: ['ResourceNotFound'],
    inPlace: [],
    // The log streams of the training jobs that it launches begin with its name.
    logGroup: '/aws/sagemaker/TrainingJobs',
    attributes: [
      'HyperParameterTuningJobName',
      'HyperParameterTuningJobArn',
      'BestTrainingJob.TrainingJobName',
      'BestTrainingJob.TrainingJobArn',
      'BestTrainingJob.ModelArtifacts.S3ModelArtifacts',
      'BestTrainingJob.FinalHyperParameterTuningJobObjectiveMetric.Value',
      'BestTrainingJob.FinalHyperParameterTuningJobObjectiveMetric.MetricName',
      'BestTrainingJob.TunedHyperParameters{}',
      'HyperParameterTuningJobStatus',
      'TrainingJobStatusCounters.Completed',
      'TrainingJobStatusCounters.InProgress',
      'TrainingJobStatusCounters.RetryableError',
      'TrainingJobStatusCounters.NonRetryableError',
      'TrainingJobStatusCounters.Stopped',
      'ObjectiveStatusCounters.Succeeded',
      'ObjectiveStatusCounters.Pending',
      'ObjectiveStatusCounters.Failed',
      'CreationTime',
      'HyperParameterTuningEndTime',
      'LastModifiedTime',
      'TuningJobCompletionDetails.NumberOfTrainingJobsObjectiveNotImproving',
      'TuningJobCompletionDetails.ConvergenceDetectedTime',
      'ConsumedResources.RuntimeInSeconds',
      'BestTrainingJob.TrainingJobDefinitionName',
      'BestTrainingJob.TrainingJobStatus',
      'BestTrainingJob.ObjectiveStatus',
      'BestTrainingJob.TuningJobName',
      'BestTrainingJob.CreationTime',
      'BestTrainingJob.TrainingStartTime',
      'BestTrainingJob.TrainingEndTime',
      'OverallBestTrainingJob.TrainingJobName',
      'OverallBestTrainingJob.TrainingJobArn',
      'OverallBestTrainingJob.ModelArtifacts.S3ModelArtifacts',
      'OverallBestTrainingJob.FinalHyperParameterTuningJobObjectiveMetric.Value',
      'OverallBestTrainingJob.FinalHyperParameterTuningJobObjectiveMetric.MetricName',
      'OverallBestTrainingJob.TunedHyperParameters{}',
      'OverallBestTrainingJob.TrainingJobDefinitionName',
      'OverallBestTrainingJob.TrainingJobStatus',
      'OverallBestTrainingJob.ObjectiveStatus',
      'OverallBestTrainingJob.TuningJobName',
      'OverallBestTrainingJob.CreationTime',
      'OverallBestTrainingJob.TrainingStartTime',
      'OverallBestTrainingJob.TrainingEndTime',
    ],
    isWithoutResult: hasNoBest,
    complete: completeTuning,
  },
  compilationJob: {
    label: 'Compilation job',
    operations: {
      create: 'CreateCompilationJob',
      describe: 'DescribeCompilationJob',
      stop: 'StopCompilationJob',
      delete: 'DeleteCompilationJob',
    },
    createSchema: CreateCompilationJobRequest$,
    nameMember: 'CompilationJobName',
    arnMember: 'CompilationJobArn',
    statusMember: 'CompilationJobStatus',
    statuses: {
      STARTING: 'running',
      INPROGRESS: 'running',
      STOPPING: 'stopping',
      COMPLETED: 'completed',
      FAILED: 'failed',
      STOPPED: 'stopped',
    },
    notFound: ['ResourceNotFound'],
    inPlace: [],
    logGroup: '/aws/sagemaker/CompilationJobs',
    attributes: [
      'CompilationJobName',
      'CompilationJobArn',
      'ModelArtifacts.S3ModelArtifacts',
      'CompilationJobStatus',
      'ModelDigests.ArtifactDigest',
      'InferenceImage',
      'ModelPackageVersionArn',
      'CreationTime',
      'CompilationStartTime',
      'CompilationEndTime',
      'LastModifiedTime',
      'DerivedInformation.DerivedDataInputConfig',
    ],
  },
};

/** The kind of job that a resource type stands for; undefined: the type is none of a job. */
export function kindOf(resourceType: string): JobKind | undefined {
  return (Object.keys(HANDLED_KINDS) as JobKind[]).find((kind) => RESOURCE_TYPE[kind] === resourceType);
}
