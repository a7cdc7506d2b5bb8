import { ITaggableV2, TagManager, TagType } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { DebugHookOptions, ProfilerOptions, DebuggerRule, TensorBoardOutputOptions } from './debugging';
import {
  ExperimentOptions, MlflowOptions, ModelPackageOptions, renderExperimentConfig, renderMlflowConfig, renderModelPackageConfig,
} from './experiment';
import { renderServerlessJobConfig, ServerlessJobOptions } from './serverless-job';
import { RESOURCE_TYPE } from '../contract';
import { TrainingDefinition } from './training-definition';
import { TrainingJobDescription } from './training-job-description';
import { TrainingOptions } from './training-options';
import { S3Location } from '../data/s3-location';
import { createJobRole } from '../execution-role/execution-role';
import { IObservableJob, jobArn, jobNameOf, JobOptions } from '../job/job';
import { jobNameChecks } from '../job/job-name';
import { nonEmpty, stringMap, structure, type RequestStructure } from '../job/request-members';
import { Validation } from '../validation/construct-validation';

/** A training job, of this app or not. */
export interface ITrainingJob extends IObservableJob {
  /**
   * The name of the job (`TrainingJobName`).
   *
   * @attribute
   */
  readonly trainingJobName: string;

  /**
   * The ARN of the job (`TrainingJobArn`).
   *
   * @attribute
   */
  readonly trainingJobArn: string;

  /**
   * The S3 URI of the model (`ModelArtifacts.S3ModelArtifacts`). Of an imported job it is known only where
   * `modelArtifacts` was passed to `fromTrainingJobAttributes()`.
   */
  readonly s3ModelArtifacts: string;

  /**
   * A metric of the job's first instance, in the namespace `/aws/sagemaker/TrainingJobs`. For another instance give
   * `dimensionsMap: { Host: '<name>/algo-2' }`.
   *
   * @param metricName the name of the metric
   * @param props settings of the metric (default: the average of five minutes)
   */
  metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * A metric of the algorithm, as `metricDefinitions` or the algorithm itself define it.
   *
   * @param metricName the name of the metric
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricAlgorithm(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How busy the CPUs of the first instance are, 0 to 100 for each CPU, in percent.
   *
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricCpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How much of the memory of the first instance is in use, in percent.
   *
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How busy the GPUs of the first instance are, 0 to 100 for each GPU, in percent.
   *
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricGpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How much of the memory of the GPUs of the first instance is in use, 0 to 100 for each GPU, in percent.
   *
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricGpuMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How much of the disks of the first instance is in use, in percent.
   *
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricDiskUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What a training job is made of. */
export interface TrainingJobProps extends TrainingOptions, JobOptions {
  /**
   * The exact name of the job (`TrainingJobName`), 1 to 63 letters, digits and hyphens. A job cannot be changed, and two
   * jobs cannot have the same name: with an exact name, a change that needs a new job needs a new name, too.
   *
   * @default - `trainingJobNamePrefix` and 14 characters by which the job is found again
   */
  readonly trainingJobName?: string;

  /**
   * What the name of the job begins with, 1 to 48 letters, digits and hyphens. A hyphen and 14 characters follow, by which the job is found again.
   *
   * @default - made of the names of the stack and of the construct
   */
  readonly trainingJobNamePrefix?: string;

  /**
   * Whether metrics are recorded as time series while the job trains
   * (`AlgorithmSpecification.EnableSageMakerMetricsTimeSeries`).
   *
   * @default - with algorithms and images of the service, and where there are metric definitions
   */
  readonly enableSageMakerMetricsTimeSeries?: boolean;

  /**
   * The command that the container runs instead of `train` (`AlgorithmSpecification.ContainerEntrypoint`), at most 100
   * words of up to 256 characters.
   *
   * @default - as the image says
   */
  readonly containerEntrypoint?: string[];

  /**
   * The arguments of the command (`AlgorithmSpecification.ContainerArguments`), at most 100 of up to 256 characters.
   *
   * @default - as the image says
   */
  readonly containerArguments?: string[];

  /**
   * What Debugger saves while the job trains (`DebugHookConfig`).
   *
   * @default - nothing
   */
  readonly debugHookConfig?: DebugHookOptions;

  /**
   * The rules that look at what is saved (`DebugRuleConfigurations`), at most 20.
   *
   * @default - none
   */
  readonly debugRuleConfigurations?: DebuggerRule[];

  /**
   * Where the summaries for TensorBoard go (`TensorBoardOutputConfig`).
   *
   * @default - nowhere
   */
  readonly tensorBoardOutputConfig?: TensorBoardOutputOptions;

  /**
   * The experiment that the job belongs to (`ExperimentConfig`).
   *
   * @default - none
   */
  readonly experimentConfig?: ExperimentOptions;

  /**
   * What is measured while the job trains (`ProfilerConfig`). Can change while the job runs, and is no reason to train again.
   *
   * @default - as the service decides
   */
  readonly profilerConfig?: ProfilerOptions;

  /**
   * The rules that look at what is measured (`ProfilerRuleConfigurations`), at most 20. Can change while the job runs, and
   * are no reason to train again.
   *
   * @default - none
   */
  readonly profilerRuleConfigurations?: DebuggerRule[];

  /**
   * Lets people connect to the container while it trains (`RemoteDebugConfig.EnableRemoteDebug`). Can change while the job
   * runs, and is no reason to train again.
   *
   * @default - they cannot connect
   */
  readonly enableRemoteDebug?: boolean;

  /**
   * Checks the health of the instances before the training (`InfraCheckConfig.EnableInfraCheck`).
   *
   * @default - no check
   */
  readonly enableInfraCheck?: boolean;

  /**
   * Uses the session tags of whoever creates the job for the job's role, too
   * (`SessionChainingConfig.EnableSessionTagChaining`).
   *
   * @default - the job's role has no session tags
   */
  readonly enableSessionTagChaining?: boolean;

  /**
   * Tunes or evaluates a base model without instances of your own (`ServerlessJobConfig`).
   *
   * @default - the job runs on the instances that the props say
   */
  readonly serverlessJobConfig?: ServerlessJobOptions;

  /**
   * The MLflow run that the job is recorded in (`MlflowConfig`).
   *
   * @default - none
   */
  readonly mlflowConfig?: MlflowOptions;

  /**
   * The model package that the job makes (`ModelPackageConfig`).
   *
   * @default - none
   */
  readonly modelPackageConfig?: ModelPackageOptions;
}

const NAMESPACE = '/aws/sagemaker/TrainingJobs';

/** Attributes of an imported training job. */
export interface TrainingJobAttributes {
  /** The ARN of the job (`TrainingJobArn`). */
  readonly trainingJobArn: string;

  /**
   * The role that the job runs with (`RoleArn`).
   *
   * @default - unknown; the job is granted nothing
   */
  readonly role?: iam.IRole;

  /**
   * The security groups of the job (`VpcConfig.SecurityGroupIds`).
   *
   * @default - unknown; reading `connections` fails
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The model that the job has written.
   *
   * @default - unknown; reading its URI and `grantReadOutput()` fail
   */
  readonly modelArtifacts?: S3Location;

  /**
   * The key that encrypts the model (`OutputDataConfig.KmsKeyId`), where the bucket's own key does not.
   *
   * @default - none
   */
  readonly outputEncryptionKey?: kms.IKey;
}

/**
 * What can be done with a training job, whether it is of this app or not.
 */
abstract class TrainingJobBase extends TrainingJobDescription implements ITrainingJob {
  /** The name of the job (`TrainingJobName`). */
  public abstract readonly trainingJobName: string;
  /** The ARN of the job (`TrainingJobArn`). */
  public abstract readonly trainingJobArn: string;
  /** @internal */
  protected readonly _kind = 'trainingJob';

  /** A metric of the job's first instance, in the namespace `/aws/sagemaker/TrainingJobs`. */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.createMetric(metricName, { Host: `${this.trainingJobName}/algo-1` }, props);
  }

  /** A metric of the algorithm, as `metricDefinitions` or the algorithm itself define it. */
  public metricAlgorithm(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.createMetric(metricName, { TrainingJobName: this.trainingJobName }, props);
  }

  /** How busy the CPUs of the first instance are, 0 to 100 for each CPU, in percent. */
  public metricCpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CPUUtilization', props);
  }

  /** How much of the memory of the first instance is in use, in percent. */
  public metricMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MemoryUtilization', props);
  }

  /** How busy the GPUs of the first instance are, 0 to 100 for each GPU, in percent. */
  public metricGpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('GPUUtilization', props);
  }

  /** How much of the memory of the GPUs of the first instance is in use, 0 to 100 for each GPU, in percent. */
  public metricGpuMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('GPUMemoryUtilization', props);
  }

  /** How much of the disks of the first instance is in use, in percent. */
  public metricDiskUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DiskUtilization', props);
  }

  private createMetric(metricName: string, dimensionsMap: { [name: string]: string }, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({ namespace: NAMESPACE, metricName, dimensionsMap, statistic: cloudwatch.Stats.AVERAGE, ...props }).attachTo(this);
  }
}

class ImportedTrainingJob extends TrainingJobBase {
  public readonly trainingJobArn: string;
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, public readonly trainingJobName: string, attributes: Partial<TrainingJobAttributes>) {
    super(scope, id, { environmentFromArn: attributes.trainingJobArn });
    this.trainingJobArn = attributes.trainingJobArn ?? jobArn(scope, this._kind, trainingJobName);
    this._namePattern = trainingJobName;
    const { modelArtifacts: location, outputEncryptionKey: encryptionKey, role, securityGroups } = attributes;
    this._import({ role, securityGroups, output: location && { location, encryptionKey }, outputAttribute: 'ModelArtifacts.S3ModelArtifacts' });
  }
}

/**
 * A training job that runs while the stack is deployed.
 *
 * It runs again when its request changes, under a new name, and not otherwise. A deployment that fails or is rolled back
 * leaves no job running.
 *
 * @resource Custom::SageMakerTrainingJob
 *
 * @example
 * import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
 * import * as ecr from 'aws-cdk-lib/aws-ecr';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import { ContainerImage, InputChannel, S3Location, MlInstanceType, TrainingJob } from 'cdk-sagemaker-jobs';
 *
 * declare const stack: Stack;
 * declare const bucket: s3.Bucket;
 * declare const repository: ecr.Repository;
 *
 * const job = new TrainingJob(stack, 'Training', {
 *   trainingImage: ContainerImage.fromEcrRepository(repository, 'v1'),
 *   inputChannels: [InputChannel.fromS3('train', S3Location.fromBucket(bucket, 'data/train/'))],
 *   outputLocation: S3Location.fromBucket(bucket, 'models'),
 *   instanceType: MlInstanceType.ML_G5_XLARGE,
 *   maxRuntime: Duration.hours(4),
 *   hyperParameters: { epochs: '10' },
 * });
 *
 * new CfnOutput(stack, 'Model', { value: job.s3ModelArtifacts });
 */
@propertyInjectable
export class TrainingJob extends TrainingJobBase implements ITrainingJob, ITaggableV2 {
  /** The class as property injectors name it (`constructUniqueId`). */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.TrainingJob';

  /**
   * A training job that exists, by its ARN.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param trainingJobArn the ARN of the job, whose name is in lower case there
   */
  public static fromTrainingJobArn(scope: Construct, id: string, trainingJobArn: string): ITrainingJob {
    return TrainingJob.fromTrainingJobAttributes(scope, id, { trainingJobArn });
  }

  /**
   * Imports a training job by its attributes. Pass those that grants, connections and the location of its model need.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param attributes the attributes of the job
   */
  public static fromTrainingJobAttributes(scope: Construct, id: string, attributes: TrainingJobAttributes): ITrainingJob {
    return new ImportedTrainingJob(scope, id, jobNameOf(attributes.trainingJobArn), attributes);
  }

  /**
   * A training job that exists in the account and region of the stack, by its name.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param trainingJobName the name of the job
   */
  public static fromTrainingJobName(scope: Construct, id: string, trainingJobName: string): ITrainingJob {
    return new ImportedTrainingJob(scope, id, trainingJobName, {});
  }

  /** The role that the job runs with. */
  public readonly role: iam.IRole;
  /** The tags of the job. They are changed with `Tags.of()`. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.trainingJob);
  /** @internal */
  protected readonly _namePattern: string;

  private readonly definition: TrainingDefinition;

  constructor(scope: Construct, id: string, private readonly props: TrainingJobProps) {
    super(scope, id, { physicalName: props.trainingJobName });
    const validation = new Validation(this);
    validation.add(...jobNameChecks(this._kind, props.trainingJobName, props.trainingJobNamePrefix));

    this.role = props.role ?? createJobRole(this, this._kind, props.enableSessionTagChaining);
    this.definition = new TrainingDefinition(this, {
      options: props,
      role: this.role,
      validation,
      trainingJob: props,
    });

    const { namePattern } = this._create({
      validation,
      request: () => this.renderRequest(),
      tags: this.cdkTagManager,
      name: props.trainingJobName,
      namePrefix: props.trainingJobNamePrefix,
      options: props,
      connections: this.definition.connections,
      outputs: [this.definition.output],
      jobLimitSeconds: this.definition.limitSeconds,
      role: this.role,
      givenRole: props.role,
      trainingPlanArns: this.definition.trainingPlanArns,
      dependencies: this.definition.dependencies,
    });
    this._namePattern = namePattern;
  }

  /**
   * The identity of this job: a hash over everything that its result depends on, as far as it is known at synthesis. As long
   * as it stays the same, a change of the app does not run the job again, unless a value that only the deployment knows changes.
   */
  public get identity(): string {
    return this._identity;
  }

  public get trainingJobName(): string {
    return this._name;
  }

  public get trainingJobArn(): string {
    return this._arn;
  }

  /**
   * Allows somebody else, such as a notebook instance, to run a job such as this one: to start it under a name with the
   * same prefix (or the same exact name), to look at it and to stop it, and to pass it the same role.
   *
   * @param grantee who may run it
   */
  public grantRun(grantee: iam.IGrantable): iam.Grant {
    return this._grantRun(grantee);
  }

  private renderRequest(): RequestStructure {
    const { definition, props } = this;
    const { debugging } = definition;
    return {
      HyperParameters: stringMap(props.hyperParameters),
      AlgorithmSpecification: this.renderAlgorithmSpecification(),
      ...definition.render(),
      DebugHookConfig: debugging.debugHookConfig,
      DebugRuleConfigurations: debugging.debugRuleConfigurations,
      TensorBoardOutputConfig: debugging.tensorBoardOutputConfig,
      ExperimentConfig: renderExperimentConfig(props.experimentConfig),
      ProfilerConfig: debugging.profilerConfig,
      ProfilerRuleConfigurations: debugging.profilerRuleConfigurations,
      Environment: definition.renderEnvironment(),
      RetryStrategy: definition.renderRetryStrategy(),
      RemoteDebugConfig: structure({ EnableRemoteDebug: props.enableRemoteDebug }),
      InfraCheckConfig: structure({ EnableInfraCheck: props.enableInfraCheck }),
      SessionChainingConfig: structure({ EnableSessionTagChaining: props.enableSessionTagChaining }),
      ServerlessJobConfig: renderServerlessJobConfig(props.serverlessJobConfig),
      MlflowConfig: renderMlflowConfig(props.mlflowConfig),
      ModelPackageConfig: renderModelPackageConfig(props.modelPackageConfig),
    };
  }

  private renderAlgorithmSpecification(): RequestStructure | undefined {
    const algorithm = this.definition.renderAlgorithm();
    return algorithm && {
      ...algorithm,
      EnableSageMakerMetricsTimeSeries: this.props.enableSageMakerMetricsTimeSeries,
      ContainerEntrypoint: nonEmpty(this.props.containerEntrypoint),
      ContainerArguments: nonEmpty(this.props.containerArguments),
      TrainingImageConfig: this.definition.renderTrainingImageConfig(),
    };
  }
}
