import { ITaggableV2, TagManager, TagType } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { IOptimizationJob, OptimizationJobAttributes, OptimizationJobProps } from './optimization-job-props';
import { grantModel } from './optimization-model-source';
import { BoundTechnique } from './optimization-technique';
import { type JobAttribute, RESOURCE_TYPE } from '../contract';
import { S3Location } from '../data/s3-location';
import { createJobRole } from '../execution-role/execution-role';
import { granteeOf } from '../execution-role/grantee';
import { grantJob } from '../execution-role/job-permissions';
import { grantOutputKey } from '../execution-role/key-access';
import { environmentOfJob, importedModel, jobArn, JobBase, jobNameOf } from '../job/job';
import { exactName, jobNameChecks } from '../job/job-name';
import { JobNetwork, networkChecks } from '../job/job-network';
import { JobOutputLocation } from '../job/job-output-location';
import { nonEmpty, type RequestStructure, stringMap } from '../job/request-members';
import { DEFAULT_MAX_RUNTIME, renderStoppingCondition, totalSeconds } from '../job/stopping-condition';
import { Validation, within } from '../validation/construct-validation';
import { propertyViolations, typedFactories, typedProps } from '../validation/property-types';

/** The member of the description with the location of the optimized model. */
const OUTPUT = 'OutputConfig.S3OutputLocation';

/** A new or imported optimization job. */
abstract class OptimizationJobBase extends JobBase implements IOptimizationJob {
  public abstract readonly optimizationJobName: string;
  public abstract readonly optimizationJobArn: string;
  /** @internal */
  protected readonly _kind = 'optimizationJob';

  public get s3OutputLocation(): string {
    return this._described(OUTPUT, 's3OutputLocation');
  }

  public get modelArtifacts(): S3Location {
    return new JobOutputLocation('modelArtifacts', () => this.s3OutputLocation, (grantee) => this.grantReadOutput(grantee));
  }

  /** @internal */
  protected override _described(attribute: JobAttribute<'optimizationJob'>, property?: string): string {
    return super._described(attribute, property);
  }
}

class ImportedOptimizationJob extends OptimizationJobBase {
  public readonly optimizationJobArn: string;
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, public readonly optimizationJobName: string, attributes: Partial<OptimizationJobAttributes>) {
    super(scope, id, environmentOfJob('optimizationJob', attributes.optimizationJobArn));
    this.optimizationJobArn = attributes.optimizationJobArn ?? jobArn(scope, this._kind, optimizationJobName);
    this._namePattern = optimizationJobName;
    const { modelArtifacts, outputEncryptionKey, role, securityGroups } = attributes;
    this._import({
      arn: attributes.optimizationJobArn,
      name: attributes.optimizationJobName,
      role,
      securityGroups,
      ...importedModel(OUTPUT, modelArtifacts, outputEncryptionKey),
    });
  }
}

/**
 * An optimization job that runs while the stack is deployed. SageMaker optimizes a generative AI model for inference on an instance
 * type.
 *
 * The job runs again, under a new name, only when something that its result depends on changes. A deployment that fails or is
 * rolled back leaves no job running.
 *
 * @resource Custom::SageMakerOptimizationJob
 *
 * @example
 * import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import { MlInstanceType, OptimizationJob, OptimizationModelSource, OptimizationTechnique, S3Location } from 'cdk-sagemaker-jobs';
 *
 * declare const stack: Stack;
 * declare const bucket: s3.Bucket;
 *
 * const job = new OptimizationJob(stack, 'Optimization', {
 *   modelSource: OptimizationModelSource.fromS3(S3Location.fromBucket(bucket, 'llama/'), { acceptEula: true }),
 *   deploymentInstanceType: MlInstanceType.ML_G5_12XLARGE,
 *   optimizationConfigs: [OptimizationTechnique.quantization({ overrideEnvironment: { OPTION_QUANTIZE: 'awq' } })],
 *   outputLocation: S3Location.fromBucket(bucket, 'optimized'),
 *   maxRuntime: Duration.hours(10),
 * });
 *
 * new CfnOutput(stack, 'Model', { value: job.s3OutputLocation });
 */
@propertyInjectable
@typedFactories('OptimizationJob')
export class OptimizationJob extends OptimizationJobBase implements IOptimizationJob, ITaggableV2 {
  /** The ID of this class for property injectors. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.OptimizationJob';

  /**
   * Imports an optimization job by its ARN. The name of the construct is the one in the
   * ARN, in lowercase. For a job with uppercase letters, specify its exact name in `fromOptimizationJobAttributes()`.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param optimizationJobArn the ARN of the job, as SageMaker returns it
   */
  public static fromOptimizationJobArn(scope: Construct, id: string, optimizationJobArn: string): IOptimizationJob {
    return OptimizationJob.fromOptimizationJobAttributes(scope, id, { optimizationJobArn });
  }

  /**
   * Imports an optimization job by its attributes. Grants, connections and the location of the model require the corresponding
   * attributes.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param attrs the attributes of the job
   */
  public static fromOptimizationJobAttributes(scope: Construct, id: string, attrs: OptimizationJobAttributes): IOptimizationJob {
    return new ImportedOptimizationJob(scope, id, attrs.optimizationJobName ?? jobNameOf('optimizationJob', attrs.optimizationJobArn), attrs);
  }

  /**
   * Imports an optimization job in the account and Region of the stack by its name.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param optimizationJobName the exact name of the job
   */
  public static fromOptimizationJobName(scope: Construct, id: string, optimizationJobName: string): IOptimizationJob {
    return new ImportedOptimizationJob(scope, id, optimizationJobName, {});
  }

  /** The execution role of the job. */
  public readonly role: iam.IRole;
  /** The tags of the job. Use `Tags.of()` to change them. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.optimizationJob);
  /** @internal */
  protected readonly _namePattern: string;

  private readonly network: JobNetwork;
  private readonly techniques: readonly BoundTechnique[];

  constructor(scope: Construct, id: string, private readonly props: OptimizationJobProps) {
    super(scope, id, { physicalName: typedProps(scope, id, 'OptimizationJobProps', props).optimizationJobName });
    const validation = new Validation(this);
    this.role = props.role ?? createJobRole(this, this._kind);
    this.network = new JobNetwork(this, { ...props, severalInstances: true });

    const grantee = granteeOf(this.role);
    const { model, checks: modelChecks } = props.modelSource._bind(this, grantee);
    this.techniques = props.optimizationConfigs.map((technique) => technique._bind(this, grantee));
    const outputUri = props.outputLocation.bind(this, { grantee, forWriting: true }).uri;
    if (props.outputEncryptionKey) grantOutputKey(props.outputEncryptionKey, grantee);
    if (props.outputModelName) grantModel(this, grantee, ['sagemaker:CreateModel', 'sagemaker:DescribeModel'], props.outputModelName);
    // AWS documents neither the log group nor the namespace of optimization jobs.
    grantJob(this, grantee, { logGroups: ['*'], subnetIds: this.network.subnetIds });

    validation.add(
      () => propertyViolations('OptimizationJobProps', props),
      ...jobNameChecks(this._kind, props.optimizationJobName, props.optimizationJobNamePrefix),
      ...networkChecks(props),
      ...within('modelSource', modelChecks),
      ...this.techniques.flatMap(({ checks }, index) => within(`optimizationConfigs[${index}]`, checks)),
    );

    const separateOutput = props.separateOutput ?? true;
    const { namePattern } = this._create({
      validation,
      request: () => ({
        RoleArn: this.role.roleArn,
        ModelSource: model,
        DeploymentInstanceType: props.deploymentInstanceType.value,
        MaxInstanceCount: props.maxInstanceCount,
        OptimizationEnvironment: stringMap(props.optimizationEnvironment),
        OptimizationConfigs: this.techniques.map(({ config }) => config),
        OutputConfig: this.renderOutputConfig(outputUri),
        StoppingCondition: renderStoppingCondition({ ...props, maxRuntime: props.maxRuntime ?? DEFAULT_MAX_RUNTIME }),
        VpcConfig: this.network.render(),
        TrainingPlanArns: nonEmpty(props.trainingPlanArns),
      }),
      outputMember: separateOutput ? OUTPUT : undefined,
      sharedOutput: !separateOutput || props.outputModelName !== undefined,
      tags: this.cdkTagManager,
      name: exactName(props.optimizationJobName),
      namePrefix: props.optimizationJobNamePrefix,
      options: props,
      connections: this.network.connections,
      outputs: [{ location: props.outputLocation, encryptionKey: props.outputEncryptionKey }],
      jobLimitSeconds: totalSeconds(props.maxRuntime ?? DEFAULT_MAX_RUNTIME, props.maxPendingTime),
      role: this.role,
      givenRole: props.role,
      dependencies: this.network.dependencies,
    });
    this._namePattern = namePattern;
  }

  /**
   * The identity of this job: a hash of everything that its result depends on, as far as it is known at synthesis. While it stays
   * the same, a change of the app does not run the job again, unless a value that is known only during the deployment changes.
   */
  public get jobIdentity(): string {
    return this._identity;
  }

  public get optimizationJobName(): string {
    return this._name;
  }

  public get optimizationJobArn(): string {
    return this._arn;
  }

  /**
   * The final status of the job (`OptimizationJobStatus`): `COMPLETED`, or `STOPPED` with `acceptStopped`.
   *
   * @attribute
   */
  public get optimizationJobStatus(): string {
    return this._described('OptimizationJobStatus', 'optimizationJobStatus');
  }

  /**
   * The image that SageMaker recommends for hosting the optimized model (`OptimizationOutput.RecommendedInferenceImage`). The
   * deployment fails if SageMaker does not recommend an image.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OptimizationOutput.html
   */
  public get recommendedInferenceImage(): string {
    return this._described('OptimizationOutput.RecommendedInferenceImage', 'recommendedInferenceImage');
  }

  /**
   * The environment variables for a container that hosts the optimized model: `optimizationEnvironment`, and the
   * `overrideEnvironment` of each technique. The SageMaker Python SDK hosts an optimized model with the same variables.
   */
  public get modelEnvironment(): { [name: string]: string } {
    return Object.assign({}, stringMap(this.props.optimizationEnvironment), ...this.techniques.map(({ environment }) => environment));
  }

  /** The time when the job was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /** The time when the optimization started (`OptimizationStartTime`), an ISO 8601 date. */
  public get optimizationStartTime(): string {
    return this._described('OptimizationStartTime', 'optimizationStartTime');
  }

  /** The time when the optimization ended (`OptimizationEndTime`), an ISO 8601 date. */
  public get optimizationEndTime(): string {
    return this._described('OptimizationEndTime', 'optimizationEndTime');
  }

  /** The time of the last status change (`LastModifiedTime`), an ISO 8601 date. */
  public get lastModifiedTime(): string {
    return this._described('LastModifiedTime', 'lastModifiedTime');
  }

  /**
   * Grants permission to run similar jobs.
   *
   * The grantee can create jobs whose names have the same prefix (or the same exact name), describe and stop them, and pass them
   * the same role.
   *
   * @param grantee the principal, such as the role of a notebook instance
   */
  public grantRun(grantee: iam.IGrantable): iam.Grant {
    return this._grantRun(grantee);
  }

  private renderOutputConfig(outputUri: string): RequestStructure {
    const { outputEncryptionKey, outputModelName } = this.props;
    return {
      KmsKeyId: outputEncryptionKey?.keyArn,
      S3OutputLocation: outputUri,
      SageMakerModel: outputModelName === undefined ? undefined : { ModelName: outputModelName },
    };
  }
}
