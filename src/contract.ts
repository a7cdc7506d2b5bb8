/**
 * What the constructs and the handler must agree on, stated once.
 *
 * Both sides import this file: the constructs to write a template, the handler to read the events that
 * CloudFormation makes of it. It imports nothing, so that the handler's bundle carries nothing else of the constructs.
 */

/** The resource types of the template, by the kind of thing that they stand for. */
export const RESOURCE_TYPE = {
  trainingJob: 'Custom::SageMakerTrainingJob',
  hyperParameterTuningJob: 'Custom::SageMakerHyperParameterTuningJob',
  compilationJob: 'Custom::SageMakerCompilationJob',
  /** One more window of waiting for a job that another resource started. */
  continuation: 'Custom::SageMakerJobContinuation',
  /** The records of all jobs that the stack has run. */
  jobHistory: 'Custom::SageMakerJobHistory',
  /** What CloudFormation lacks of a notebook instance: its described values, and whether it runs. */
  notebookInstanceState: 'Custom::SageMakerNotebookInstanceState',
} as const;

/**
 * What constructs and handler agree on about each kind of job. A continuation's `Kind` and the handler's table use the same
 * keys.
 */
export const JOB_KINDS = {
  trainingJob: {
    noun: 'TrainingJob',
    label: 'training job',
    arnResource: 'training-job',
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
    noun: 'HyperParameterTuningJob',
    label: 'hyperparameter tuning job',
    arnResource: 'hyper-parameter-tuning-job',
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
  },
  compilationJob: {
    noun: 'CompilationJob',
    label: 'compilation job',
    arnResource: 'compilation-job',
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
} as const satisfies { readonly [kind: string]: KindOfJob };

/** The facts about a kind of job that both sides use. */
export interface KindOfJob {
  /** The API's name: the operations are `Describe<noun>` and so on, the members `<noun>Name`, `<noun>Arn`, `<noun>Status`. */
  readonly noun: string;
  /** The name in messages. */
  readonly label: string;
  /** The resource segment of the ARNs. */
  readonly arnResource: string;
  readonly logGroup: string;
  /**
   * The described values that the handler returns as attributes, most wanted first, as paths. `List[]` stands for a list of
   * metrics and `Map{}` for a map: each becomes one attribute for each name in it, such as `Map.name`.
   */
  readonly attributes: readonly string[];
}

export type JobKind = keyof typeof JOB_KINDS;

/** The attributes of a kind of job that a template can read. */
export type JobAttribute<K extends JobKind> = AttributeAt<(typeof JOB_KINDS)[K]['attributes'][number]>;

type AttributeAt<Path> = Path extends `${infer List}[]` ? `${List}.${string}` : Path extends `${infer Map}{}` ? `${Map}.${string}` : Path;

/** The attributes of the resource that describes a notebook instance, most wanted first. */
export const NOTEBOOK_ATTRIBUTES = [
  'NotebookInstanceName', 'NotebookInstanceArn', 'NotebookInstanceStatus', 'Url', 'NetworkInterfaceId', 'LifecycleScriptOutcome',
  'IpAddressType', 'InstanceType', 'PlatformIdentifier', 'VolumeSizeInGB', 'CreationTime', 'LastModifiedTime', 'FailureReason',
] as const;

export type NotebookAttribute = (typeof NOTEBOOK_ATTRIBUTES)[number];

/**
 * The properties of a job's resource. CloudFormation hands every scalar to the handler as a string,
 * so the control values are strings here, too.
 */
export interface JobProperties {
  /** The service's create request in the service's member names, without the job's name. */
  readonly Request: { readonly [member: string]: unknown };
  /** The job is named `<NamePrefix>-<stack key><identity><try>`. Exactly one of `NamePrefix` and `Name` is given. */
  readonly NamePrefix?: string;
  /** The job's exact name. */
  readonly Name?: string;
  /** An arbitrary value that is part of the job's identity: a value that was never used before runs the job again. */
  readonly Rerun?: string;
  /**
   * The path of a member of the request that holds an S3 URI, as `Structure.Member`. The job's name is appended to the
   * URI, so that each job writes to a place of its own.
   */
  readonly OutputMember?: string;
  /** `true`: jobs write to a place that they share, so that only the current job's result is known to be there. */
  readonly SharedOutput?: string;
  /** `true`: the record of the job stays when the stack is deleted. */
  readonly Retain?: string;
  /** The attributes that the template reads of the job. */
  readonly Reads?: readonly string[];
  /** The stack key, by which the names of all jobs of the stack are known: the `Ref` of the stack's history. */
  readonly History: string;
  /** How the deployment waits for the job. */
  readonly Wait: WaitProperties;
}

/** The properties of a continuation's resource. */
export interface ContinuationProperties {
  readonly Kind: JobKind;
  /** The job's name, the `Ref` of the job's resource. */
  readonly JobName: string;
  /** The attributes that the template reads of the job. */
  readonly Reads?: readonly string[];
  readonly Wait: WaitProperties;
}

/** How one resource waits for its job. */
export interface WaitProperties {
  /** How long this resource waits for the job to end; `0` starts the job and does not wait for it. */
  readonly Seconds: string;
  /** How long all windows wait together; only where there are several, so that the first gets an event when it changes. */
  readonly Total?: string;
  /** `true`: a continuation waits on. When the time is up the resource succeeds and leaves the job running. */
  readonly HandOver?: string;
  /** `true`: a job that was stopped, by a limit or by somebody, counts as finished. */
  readonly AcceptStopped?: string;
}

/** The properties of the resource that describes a notebook instance and holds its state. */
export interface NotebookInstanceStateProperties {
  readonly NotebookInstanceName: string;
  /** Default: the instance stays as it is. */
  readonly DesiredState?: 'IN_SERVICE' | 'STOPPED';
  /** The member of the API that the native resource lacks. */
  readonly IpAddressType?: string;
  /** A value that changes with the content of the lifecycle scripts: another value starts a running instance anew. */
  readonly Scripts?: string;
  /** A value without a meaning of its own: another value makes CloudFormation send an update. */
  readonly Trigger?: string;
  /**
   * The properties of the native resource but its tags, so that every change of it is followed by an update of this one.
   * When they change CloudFormation stops and starts the instance by itself.
   */
  readonly Notebook: { readonly [property: string]: unknown };
}

/** What the keys of our tags begin with; users cannot set such tags. */
export const RESERVED_TAG_PREFIX = 'cdk-sagemaker-jobs:';

/** The tags that tell whose a job is, and what happened to it. */
export const OWNER_TAG = {
  /** The ARN of the stack. */
  stack: 'cdk-sagemaker-jobs:stack-id',
  /** The logical id of the job's resource in the stack. */
  resource: 'cdk-sagemaker-jobs:logical-id',
  /** What the job's result depends on, as `<version of the table>:<hash>`. */
  identity: 'cdk-sagemaker-jobs:identity',
  /** The id of the CloudFormation request that started the job. */
  request: 'cdk-sagemaker-jobs:request-id',
  /** Whether the resource that started the job waits for it; one that does not has handed the job over. */
  waits: 'cdk-sagemaker-jobs:waits',
  /** The handler has stopped the job. */
  ended: 'cdk-sagemaker-jobs:ended',
  /** The job and its record stay when the stack is deleted. */
  retained: 'cdk-sagemaker-jobs:retained',
} as const;

/** How many characters of a job's name follow its prefix: a hyphen, the stack key, the identity and the try. */
export const NAME_SUFFIX_LENGTH = 15;

/**
 * The maximum size of a request in a template, in bytes of JSON. An execution carries 256 KiB; the event around the request
 * and the state of the steps need the rest.
 */
export const MAX_REQUEST_BYTES = 230_000;

/**
 * How long one resource waits for its job at most, in seconds. What is left of CloudFormation's hour is for the
 * delivery of the event, and for stopping the job when the time is up.
 */
export const MAX_WINDOW_SECONDS = 3300;

/** The environment variables of the function. */
export const ENVIRONMENT = {
  /** The ARN of the state machine that runs the function again until it is done. */
  stateMachine: 'STATE_MACHINE_ARN',
  /** The function's timeout in seconds, where it is not the default: after it, no invocation that was under way can do anything more. */
  timeout: 'TIMEOUT_SECONDS',
} as const;

/** The default of the function's timeout, in seconds. */
export const FUNCTION_TIMEOUT_SECONDS = 60;
