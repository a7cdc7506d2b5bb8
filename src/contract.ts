/**
 * The contract between the constructs and the handler.
 *
 * Both sides import this file: the constructs to render a template, the handler to read the events that CloudFormation derives
 * from it. It imports nothing, so that the handler's bundle contains nothing else of the constructs.
 */

/** The resource types of the template, by kind. */
export const RESOURCE_TYPE = {
  trainingJob: 'Custom::SageMakerTrainingJob',
  hyperParameterTuningJob: 'Custom::SageMakerHyperParameterTuningJob',
  compilationJob: 'Custom::SageMakerCompilationJob',
  processingJob: 'Custom::SageMakerProcessingJob',
  transformJob: 'Custom::SageMakerTransformJob',
  optimizationJob: 'Custom::SageMakerOptimizationJob',
  /** An additional window of the wait for a job that another resource started. */
  continuation: 'Custom::SageMakerJobContinuation',
  /** The records of all jobs that the stack has run. */
  jobHistory: 'Custom::SageMakerJobHistory',
  /** The features of a notebook instance that CloudFormation does not support: its described values, and its state. */
  notebookInstanceState: 'Custom::SageMakerNotebookInstanceState',
} as const;

/**
 * The facts about each kind of job that the constructs and the handler share. The `Kind` of a continuation and the handler's
 * table use the same keys.
 */
export const JOB_KINDS = {
  trainingJob: {
    noun: 'TrainingJob',
    label: 'training job',
    arnResource: 'training-job',
    logGroup: '/aws/sagemaker/TrainingJobs',
    logStream: '/',
    outputConfig: 'OutputDataConfig',
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
      'FinalMetricDataList[MetricName=Value]',
    ],
  },
  hyperParameterTuningJob: {
    noun: 'HyperParameterTuningJob',
    label: 'hyperparameter tuning job',
    arnResource: 'hyper-parameter-tuning-job',
    // The names of the training jobs' log streams begin with the name of the tuning job.
    logGroup: '/aws/sagemaker/TrainingJobs',
    logStream: '-',
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
    logStream: '',
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
  processingJob: {
    noun: 'ProcessingJob',
    label: 'processing job',
    arnResource: 'processing-job',
    logGroup: '/aws/sagemaker/ProcessingJobs',
    logStream: '/',
    outputConfig: 'ProcessingOutputConfig',
    attributes: [
      'ProcessingJobName',
      'ProcessingJobArn',
      'ProcessingOutputConfig.Outputs[OutputName=S3Output.S3Uri]',
      'ProcessingJobStatus',
      'ExitMessage',
      'CreationTime',
      'ProcessingStartTime',
      'ProcessingEndTime',
      'LastModifiedTime',
      'ProcessingResources.ClusterConfig.SelectedInstanceType',
      'ProcessingResources.ClusterConfig.SelectedInstanceCount',
    ],
  },
  transformJob: {
    noun: 'TransformJob',
    label: 'transform job',
    arnResource: 'transform-job',
    logGroup: '/aws/sagemaker/TransformJobs',
    keepsRecords: true,
    logStream: '/',
    outputConfig: 'TransformOutput',
    attributes: [
      'TransformJobName',
      'TransformJobArn',
      'TransformOutput.S3OutputPath',
      'TransformJobStatus',
      'ModelName',
      'CreationTime',
      'TransformStartTime',
      'TransformEndTime',
    ],
  },
  optimizationJob: {
    noun: 'OptimizationJob',
    label: 'optimization job',
    arnResource: 'optimization-job',
    // AWS does not document the log group. Its name follows the pattern of the other kinds.
    logGroup: '/aws/sagemaker/OptimizationJobs',
    logStream: '',
    outputConfig: 'OutputConfig',
    attributes: [
      'OptimizationJobName',
      'OptimizationJobArn',
      'OutputConfig.S3OutputLocation',
      'OptimizationJobStatus',
      'OptimizationOutput.RecommendedInferenceImage',
      'CreationTime',
      'OptimizationStartTime',
      'OptimizationEndTime',
      'LastModifiedTime',
    ],
  },
} as const satisfies { readonly [kind: string]: KindOfJob };

/** The facts about a kind of job that both sides use. */
export interface KindOfJob {
  /** The noun of the API: operations such as `Describe<noun>`, and members such as `<noun>Name`, `<noun>Arn`, `<noun>Status`. */
  readonly noun: string;
  /** The name in messages. */
  readonly label: string;
  /** The resource segment of the ARNs. */
  readonly arnResource: string;
  readonly logGroup: string;
  /** Whether SageMaker has no operation that deletes a record of this kind. Records then stay, and their names stay in use. */
  readonly keepsRecords?: boolean;
  /** The part of the names of log streams that follows the name of the job. */
  readonly logStream: string;
  /** The member of the request that determines the locations of outputs, if there is one. */
  readonly outputConfig?: string;
  /**
   * The described values that the handler returns as attributes, in order of importance, as paths. `List[Name=Value]` is a list
   * and `Map{}` a map: each becomes an attribute for each of its names, such as `List.name`. `Name` and `Value` are paths in the
   * elements of the list.
   */
  readonly attributes: readonly string[];
}

export type JobKind = keyof typeof JOB_KINDS;

/** The attributes of a kind of job that a template can read. */
export type JobAttribute<K extends JobKind> = AttributeAt<(typeof JOB_KINDS)[K]['attributes'][number]>;

type AttributeAt<Path> = Path extends `${infer List}[${string}]` ? `${List}.${string}` : Path extends `${infer Map}{}` ? `${Map}.${string}` : Path;

/** The attributes of the resource that describes a notebook instance, in order of importance. */
export const NOTEBOOK_ATTRIBUTES = [
  'NotebookInstanceName', 'NotebookInstanceArn', 'NotebookInstanceStatus', 'Url', 'NetworkInterfaceId', 'LifecycleScriptOutcome',
  'IpAddressType', 'InstanceType', 'PlatformIdentifier', 'VolumeSizeInGB', 'CreationTime', 'LastModifiedTime', 'FailureReason',
] as const;

export type NotebookAttribute = (typeof NOTEBOOK_ATTRIBUTES)[number];

/**
 * The properties of a job's resource. CloudFormation passes every scalar to the handler as a string, so the control values are
 * strings here, too.
 */
export interface JobProperties {
  /** The create request with the member names of the API, without the name of the job. */
  readonly Request: { readonly [member: string]: unknown };
  /** The job is named `<NamePrefix>-<stack key><identity><try>`. Exactly one of `NamePrefix` and `Name` is specified. */
  readonly NamePrefix?: string;
  /** The exact name of the job. */
  readonly Name?: string;
  /** An arbitrary value that is part of the job's identity: a value that was never used before runs the job again. */
  readonly Rerun?: string;
  /**
   * The path of a member of the request with an S3 URI, as `Structure.Member`, or several paths, also through lists
   * (`List.0.Member`). The handler appends the name of the job to each URI, so that each job has its own output locations.
   */
  readonly OutputMember?: string | readonly string[];
  /** `true`: jobs share an output location, so only the result of the current job is known to be there. */
  readonly SharedOutput?: string;
  /** `true`: the record of the job is kept when the stack is deleted. */
  readonly Retain?: string;
  /** The attributes of the job that the template reads. */
  readonly Reads?: readonly string[];
  /** The values of attributes that the job may lack. */
  readonly Fallbacks?: { readonly [attribute: string]: string };
  /** The security groups that were created for the job. They can be deleted when no network interface uses them. */
  readonly SecurityGroups?: readonly string[];
  /** The stack key, which identifies the names of all jobs of the stack: the `Ref` of the stack's history. */
  readonly History: string;
  /** The wait of the deployment for the job. */
  readonly Wait: WaitProperties;
}

/** The properties of a continuation's resource. */
export interface ContinuationProperties {
  readonly Kind: JobKind;
  /** The name of the job, which is the `Ref` of its resource. */
  readonly JobName: string;
  readonly Reads?: readonly string[];
  readonly Fallbacks?: { readonly [attribute: string]: string };
  /** The member of the request with the locations of outputs, which are derived from it if the record of the job was deleted. */
  readonly Output?: { readonly [member: string]: unknown };
  readonly OutputMember?: JobProperties['OutputMember'];
  readonly Wait: WaitProperties;
}

/** The wait of one resource for its job. */
export interface WaitProperties {
  /** The maximum time that this resource waits for the job to end, in seconds. `0` starts the job without waiting. */
  readonly Seconds: string;
  /** The total time of all windows. Only specified for several windows, so that the first one receives an event when it changes. */
  readonly Total?: string;
  /** `true`: a continuation follows. When its time is up, the resource succeeds and the job continues. */
  readonly HandOver?: string;
  /** `true`: a stopped job, by a limit or by another principal, counts as successful. */
  readonly AcceptStopped?: string;
}

/** The properties of the resource that describes a notebook instance and manages its state. */
export interface NotebookInstanceStateProperties {
  readonly NotebookInstanceName: string;
  /** Default: the instance stays as it is. */
  readonly DesiredState?: 'IN_SERVICE' | 'STOPPED';
  /** The member of the API that the CloudFormation resource does not support. */
  readonly IpAddressType?: string;
  /** The member that the CloudFormation resource changes only by replacing the instance. */
  readonly PlatformIdentifier?: string;
  /** A value that changes with the content of the lifecycle scripts. Changing it restarts a running instance. */
  readonly Scripts?: string;
  /** An arbitrary value. Changing it makes CloudFormation send an update. */
  readonly Trigger?: string;
  /**
   * The properties of the CloudFormation resource without its tags, so that an update of this resource follows each of its
   * changes. CloudFormation stops and starts the instance itself when they change.
   */
  readonly Notebook: { readonly [property: string]: unknown };
}

/** The prefix of the tag keys of this library. Users cannot specify such tags. */
export const RESERVED_TAG_PREFIX = 'cdk-sagemaker-jobs:';

/** The tags that identify the owner of a job, and its history. */
export const OWNER_TAG = {
  /** The ARN of the stack. */
  stack: 'cdk-sagemaker-jobs:stack-id',
  /** The logical ID of the job's resource in the stack. */
  resource: 'cdk-sagemaker-jobs:logical-id',
  /** The identity of the job, as `<version of the table>:<hash>`. */
  identity: 'cdk-sagemaker-jobs:identity',
  /** The ID of the CloudFormation request that started the job. */
  request: 'cdk-sagemaker-jobs:request-id',
  /** Whether the resource that started the job waits for it. If not, it has handed the job over. */
  waits: 'cdk-sagemaker-jobs:waits',
  /** Whether the handler has stopped the job. */
  ended: 'cdk-sagemaker-jobs:ended',
  /** Whether the job and its record are kept when the stack is deleted. */
  retained: 'cdk-sagemaker-jobs:retained',
} as const;

/** The number of characters of a job's name after its prefix: a hyphen, the stack key, the identity and the try. */
export const NAME_SUFFIX_LENGTH = 15;

/**
 * The maximum size of a request in a template, in bytes of JSON with all scalars as strings. CloudFormation sends an update with
 * the properties before and after it, in an event of at most 262,144 bytes.
 */
export const MAX_REQUEST_BYTES = 120_000;

/**
 * The maximum time that one resource waits for its job, in seconds. The rest of CloudFormation's hour is for the delivery of the
 * event, and for stopping the job when the time is up.
 */
export const MAX_WINDOW_SECONDS = 3300;

/** The environment variables of the function. */
export const ENVIRONMENT = {
  /** The ARN of the state machine that invokes the function until it has responded. */
  stateMachine: 'STATE_MACHINE_ARN',
  /** `false`: the function does not read the logs of failed jobs. */
  failureLogs: 'FAILURE_LOGS',
  /**
   * The timeout of the function in seconds, if it is not the default. After this time, no earlier invocation can still be
   * running.
   */
  timeout: 'TIMEOUT_SECONDS',
} as const;

/** The default timeout of the function, in seconds. */
export const FUNCTION_TIMEOUT_SECONDS = 60;
