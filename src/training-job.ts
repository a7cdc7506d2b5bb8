import { ITaggableV2, TagManager, TagType } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { RESOURCE_TYPE } from './private/contract';
import { Debugging } from './private/debugging';
import { jobArn, jobNameOf } from './private/job-base';
import { jobNameChecks } from './private/job-name-checks';
import { connectionsOf } from './private/job-network';
import { makeJobRole } from './private/job-role';
import { nonEmpty, structure } from './private/request';
import { TrainingDefinition } from './private/training-definition';
import { TrainingJobAttributes } from './private/training-job-attributes';
import { TrainingJobBase } from './private/training-job-base';
import { grantTraining } from './private/training-permissions';
import { Validation } from './private/validation';
import { ITrainingJob } from './training-job-interface';
import { TrainingJobProps } from './training-job-props';

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
 * import { ContainerImage, InputChannel, S3Location, TrainingInstanceType, TrainingJob } from 'cdk-sagemaker-jobs';
 *
 * declare const stack: Stack;
 * declare const bucket: s3.Bucket;
 * declare const repository: ecr.Repository;
 *
 * const job = new TrainingJob(stack, 'Training', {
 *   trainingImage: ContainerImage.fromEcrRepository(repository, 'v1'),
 *   inputChannels: [InputChannel.fromS3('train', S3Location.fromBucket(bucket, 'data/train/'))],
 *   outputLocation: S3Location.fromBucket(bucket, 'models'),
 *   instanceType: TrainingInstanceType.ML_G5_XLARGE,
 *   maxRuntime: Duration.hours(4),
 *   hyperParameters: { epochs: '10' },
 * });
 *
 * new CfnOutput(stack, 'Model', { value: job.s3ModelArtifacts });
 */
@propertyInjectable
export class TrainingJob extends TrainingJobAttributes implements ITrainingJob, iam.IGrantable, ec2.IConnectable, ITaggableV2 {
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
    class Import extends TrainingJobBase {
      public readonly trainingJobArn = trainingJobArn;
      public readonly trainingJobName = jobNameOf(trainingJobArn);
      /** @internal */
      protected readonly _namePattern = this.trainingJobName;
    }
    return new Import(scope, id, { environmentFromArn: trainingJobArn });
  }

  /**
   * A training job that exists in the account and region of the stack, by its name.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param trainingJobName the name of the job
   */
  public static fromTrainingJobName(scope: Construct, id: string, trainingJobName: string): ITrainingJob {
    class Import extends TrainingJobBase {
      public readonly trainingJobArn = jobArn(scope, 'trainingJob', trainingJobName);
      public readonly trainingJobName = trainingJobName;
      /** @internal */
      protected readonly _namePattern = trainingJobName;
    }
    return new Import(scope, id);
  }

  /** The role that the job runs with. */
  public readonly role: iam.IRole;
  /** The principal of the job's role. */
  public readonly grantPrincipal: iam.IPrincipal;
  /** The tags of the job. They are changed with `Tags.of()`. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.trainingJob);
  /** @internal */
  protected readonly _namePattern: string;

  private readonly definition: TrainingDefinition;
  private readonly debugging: Debugging;

  constructor(scope: Construct, id: string, private readonly props: TrainingJobProps) {
    super(scope, id, { physicalName: props.trainingJobName });
    const validation = new Validation(this);
    validation.add(...jobNameChecks(this._kind, props.trainingJobName, props.trainingJobNamePrefix));

    this.role = props.role ?? makeJobRole(this, this._kind, props.enableSessionTagChaining);
    this.grantPrincipal = this.role.grantPrincipal;
    this.definition = new TrainingDefinition(this, {
      options: props,
      role: this.role,
      validation,
      serverless: props.serverlessJobConfig !== undefined,
    });
    this.debugging = new Debugging(this, this.definition.grantee, props);
    validation.add(...this.debugging.checks);
    grantTraining(this, this.definition.grantee, {
      subnetIds: this.definition.subnetIds,
      rules: [...props.debugRuleConfigurations ?? [], ...props.profilerRuleConfigurations ?? []].length > 0,
      remoteDebug: props.enableRemoteDebug,
      mlflow: props.mlflowConfig,
      modelPackage: props.modelPackageConfig,
      serverless: props.serverlessJobConfig,
    });

    const { namePattern } = this._create({
      validation,
      request: () => this.renderRequest(),
      tags: this.cdkTagManager,
      name: props.trainingJobName,
      namePrefix: props.trainingJobNamePrefix,
      options: props,
      jobLimitSeconds: this.definition.limitSeconds,
      role: this.role,
      givenRole: props.role,
      trainingPlanArns: this.definition.trainingPlanArns,
      dependencies: this.definition.dependencies,
    });
    this._namePattern = namePattern;
  }

  /** The security groups of the job. A job without a VPC has none: reading this of one is an error. */
  public get connections(): ec2.Connections {
    return connectionsOf(this, this._kind, this.definition.connections);
  }

  /**
   * Allows to read what the job trains, wherever it is stored and however it is encrypted: what the role of a model
   * that is made of it needs.
   *
   * @param grantee who may read it
   */
  public grantReadOutput(grantee: iam.IGrantable): void {
    this.definition.grantReadOutput(grantee);
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

  private renderRequest(): { [member: string]: any } {
    const { definition, debugging, props } = this;
    return {
      HyperParameters: nonEmpty(props.hyperParameters),
      AlgorithmSpecification: this.renderAlgorithmSpecification(),
      ...definition.render(),
      DebugHookConfig: debugging.debugHookConfig,
      DebugRuleConfigurations: debugging.debugRuleConfigurations,
      TensorBoardOutputConfig: debugging.tensorBoardOutputConfig,
      ExperimentConfig: this.renderExperimentConfig(),
      ProfilerConfig: debugging.profilerConfig,
      ProfilerRuleConfigurations: debugging.profilerRuleConfigurations,
      Environment: definition.renderEnvironment(),
      RetryStrategy: definition.renderRetryStrategy(),
      RemoteDebugConfig: structure({ EnableRemoteDebug: props.enableRemoteDebug }),
      InfraCheckConfig: structure({ EnableInfraCheck: props.enableInfraCheck }),
      SessionChainingConfig: structure({ EnableSessionTagChaining: props.enableSessionTagChaining }),
      ServerlessJobConfig: this.renderServerlessJobConfig(),
      MlflowConfig: this.renderMlflowConfig(),
      ModelPackageConfig: this.renderModelPackageConfig(),
    };
  }

  private renderAlgorithmSpecification(): { [member: string]: any } | undefined {
    const algorithm = this.definition.renderAlgorithm();
    return algorithm && {
      ...algorithm,
      EnableSageMakerMetricsTimeSeries: this.props.enableSageMakerMetricsTimeSeries,
      ContainerEntrypoint: nonEmpty(this.props.containerEntrypoint),
      ContainerArguments: nonEmpty(this.props.containerArguments),
      TrainingImageConfig: this.definition.renderTrainingImageConfig(),
    };
  }

  private renderExperimentConfig(): { [member: string]: any } | undefined {
    const config = this.props.experimentConfig;
    return structure({
      ExperimentName: config?.experimentName,
      TrialName: config?.trialName,
      TrialComponentDisplayName: config?.trialComponentDisplayName,
      RunName: config?.runName,
    });
  }

  private renderServerlessJobConfig(): { [member: string]: any } | undefined {
    const config = this.props.serverlessJobConfig;
    return structure({
      BaseModelArn: config?.baseModelArn,
      AcceptEula: config?.acceptEula,
      JobType: config?.jobType.value,
      CustomizationTechnique: config?.customizationTechnique?.value,
      Peft: config?.peft?.value,
      EvaluationType: config?.evaluationType?.value,
      EvaluatorArn: config?.evaluatorArn,
      SequenceLength: config?.sequenceLength?.value,
    });
  }

  private renderMlflowConfig(): { [member: string]: any } | undefined {
    const config = this.props.mlflowConfig;
    return structure({
      MlflowResourceArn: config?.mlflowResourceArn,
      MlflowExperimentName: config?.mlflowExperimentName,
      MlflowRunName: config?.mlflowRunName,
    });
  }

  private renderModelPackageConfig(): { [member: string]: any } | undefined {
    const config = this.props.modelPackageConfig;
    return structure({
      ModelPackageGroupArn: config?.modelPackageGroupArn,
      SourceModelPackageArn: config?.sourceModelPackageArn,
    });
  }
}
