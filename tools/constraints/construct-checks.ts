/** A check of a construct that is not a rule about a request. */
export interface ConstructCheck {
  readonly constructs: string;
  readonly property: string;
  readonly rule: string;
  /** The page that documents it. */
  readonly source: string;
  /** The ID of the warning. Without an ID, it is an error. */
  readonly id?: string;
}

const JOBS = 'all jobs';
const ALGORITHMS = 'Use Amazon SageMaker Built-in Algorithms';
const WAITING = 'AWS::CloudFormation::CustomResource (ServiceTimeout)';

/** The checks that are not in `src/validation/rules/`. */
export const CONSTRUCT_CHECKS: readonly ConstructCheck[] = [
  {
    id: 'algorithm-input-mode',
    constructs: 'TrainingJob, HyperParameterTuningJob',
    property: 'trainingInputMode',
    rule: 'should be a mode that the built-in algorithm supports',
    source: 'Common Information About Built-in Algorithms',
  },
  {
    id: 'algorithm-objective',
    constructs: 'HyperParameterTuningJob',
    property: 'hyperParameterTuningJobObjective.metricName',
    rule: 'should be a metric of the built-in algorithm, or one of `metricDefinitions`',
    source: ALGORITHMS,
  },
  {
    id: 'algorithm-objective-direction',
    constructs: 'HyperParameterTuningJob',
    property: 'hyperParameterTuningJobObjective.objectiveType',
    rule: 'should be the direction that is documented for the metric',
    source: ALGORITHMS,
  },
  {
    id: 'moving-image-tag',
    constructs: 'TrainingJob, HyperParameterTuningJob, ProcessingJob, OptimizationJob',
    property: 'trainingImage, image',
    rule: 'should not have the tag `latest` without a `rerunTrigger`: a new image with the same tag does not run the job again',
    source: 'Preventing image tags from being overwritten in Amazon ECR',
  },
  {
    id: 'constant-rerun-trigger',
    constructs: JOBS,
    property: 'rerunTrigger',
    rule: 'should be a value that was never used before, and not `true`, `yes`, `on` or `1`',
    source: 'Custom resource request types: Update',
  },
  {
    constructs: JOBS,
    property: 'request',
    rule: 'must have at most 120,000 bytes of JSON, because CloudFormation sends an update with the request before and after it',
    source: 'Custom resource request objects',
  },
  {
    id: 'strong-reference',
    constructs: JOBS,
    property: 'attributes',
    rule: 'should not be read through a strong reference from another stack: a new result changes the values, and an export that is in use cannot change',
    source: 'Get exported outputs from a deployed CloudFormation stack',
  },
  {
    id: 'image-platform',
    constructs: 'TrainingJob, HyperParameterTuningJob, ProcessingJob',
    property: 'trainingImage, image',
    rule: 'should be built for the platform of the instances (`platform` of `ContainerImage.fromAsset()`)',
    source: 'class DockerImageAsset (AWS CDK)',
  },
  {
    id: 'default-wait-timeout',
    constructs: JOBS,
    property: 'waitTimeout',
    rule: 'should be specified for a job without limits of its own, and for a job that can run longer than a deployment can wait',
    source: WAITING,
  },
  { constructs: JOBS, property: 'waitTimeout', rule: 'must be at most 183 hours, and known at synthesis', source: WAITING },
  { constructs: JOBS, property: 'tags', rule: 'must leave space for the tags that identify the jobs of a stack: a resource can have at most 50 tags', source: 'Tag' },
  {
    constructs: 'all constructs',
    property: 'props',
    rule: 'must have the required properties, with values of the right types',
    source: 'Amazon SageMaker API Reference: the create operations',
  },
  {
    constructs: 'all constructs',
    property: 'props',
    rule: 'cannot have a property of another construct, which would have no effect',
    source: 'Amazon SageMaker API Reference: the create operations',
  },
  {
    constructs: 'TrainingJob, HyperParameterTuningJob, ProcessingJob, TransformJob',
    property: 'inputDataConfig[].dataLocations[], processingInputs[].dataLocations[], transformInput.dataLocations[]',
    rule: 'must be in a bucket in the Region of the stack',
    source: 'S3DataSource.S3Uri',
  },
  {
    constructs: `${JOBS}, NotebookInstance`,
    property: 'subnetIds',
    rule: 'requires security groups, and cannot be specified together with `vpc`',
    source: 'VpcConfig',
  },
  {
    constructs: 'ProcessingJob',
    property: 'script',
    rule: 'cannot be specified together with `containerEntrypoint`, must be an object whose key is known at synthesis, and a directory must contain `__main__.py`',
    source: 'AppSpecification.ContainerEntrypoint',
  },
  {
    constructs: 'ProcessingJob',
    property: 'processingInputs[].inputName',
    rule: 'cannot be `code` together with `script`, which is an input with this name',
    source: 'ProcessingInput.InputName',
  },
  {
    id: 'key-without-outputs',
    constructs: 'ProcessingJob',
    property: 'outputEncryptionKey',
    rule: 'should not be specified without `processingOutputs`, because it has no effect',
    source: 'ProcessingOutputConfig.KmsKeyId',
  },
  {
    constructs: 'ProcessingJob',
    property: 'processingOutputs[].separateOutput',
    rule: 'cannot be true together with `enableAppManagement`',
    source: 'ProcessingOutput.AppManaged',
  },
  {
    constructs: 'ProcessingJob, OptimizationJob',
    property: 'image',
    rule: 'cannot be an image of a private registry in a VPC',
    source: 'AppSpecification.ImageUri, ModelQuantizationConfig.Image',
  },
  {
    constructs: 'task states of jobs',
    property: 'integrationPattern',
    rule: 'must be `RUN_JOB` or `REQUEST_RESPONSE`',
    source: 'Create and manage Amazon SageMaker AI jobs with Step Functions',
  },
  {
    constructs: 'task states of transform jobs',
    property: 'model.location, model.image, model.modelName',
    rule: 'cannot contain a value of a state, because the deployment creates the model',
    source: 'ModelName',
  },
  {
    constructs: 'task states of jobs',
    property: 'props',
    rule: 'cannot contain options and values of the other query language: values of `JsonPath` in JSONata, or expressions of JSONata in JSONPath',
    source: 'Create and manage Amazon SageMaker AI jobs with Step Functions',
  },
  {
    constructs: 'TransformJob',
    property: 'model.location, model.modelName',
    rule: 'must be artifacts and a name that SageMaker accepts, and not the uncompressed model of a training job or a prefix',
    source: 'ContainerDefinition.ModelDataUrl, ContainerDefinition.ModelDataSource',
  },
  {
    id: 'transform-model-is-archive',
    constructs: 'TransformJob',
    property: 'model.location',
    rule: 'should be a single gzip compressed tar archive (.tar.gz)',
    source: 'ContainerDefinition.ModelDataUrl',
  },
  {
    id: 'optimization-model-is-uncompressed',
    constructs: 'OptimizationJob',
    property: 'modelSource.location',
    rule: 'should be the key prefix of uncompressed files',
    source: 'Amazon SageMaker AI introduces EAGLE based adaptive speculative decoding (AWS Machine Learning Blog)',
  },
  {
    id: 'verbatim-line-ends',
    constructs: 'NotebookInstanceLifecycleConfig',
    property: 'onStart',
    rule: 'should not have Windows line endings if it runs verbatim, because Linux reads the carriage return as part of the name of the interpreter',
    source: 'execve(2), Linux manual pages',
  },
  {
    constructs: 'NotebookInstanceLifecycleConfig',
    property: 'onStart',
    rule: 'must be the only script of its hook, and not run in the background, if it runs verbatim',
    source: 'CreateNotebookInstanceLifecycleConfig',
  },
  {
    id: 'imported-notebook-role',
    constructs: 'NotebookInstance',
    property: 'role',
    rule: 'should allow the actions that the instance requires, because an imported role is not changed',
    source: 'How to use SageMaker AI execution roles',
  },
  {
    constructs: 'JobProviders',
    property: 'rolePath',
    rule: 'must have at most 400 characters, and a slash at both ends',
    source: 'IAM identifiers',
  },
  {
    constructs: JOBS,
    property: 'role',
    rule: 'must have the same path as the roles of all other jobs in the stack, if an aspect changes paths',
    source: 'Grant a user permissions to pass a role to an AWS service',
  },
];
