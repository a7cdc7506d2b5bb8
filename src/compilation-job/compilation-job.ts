import { ITaggableV2, TagManager, TagType } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { CompilationJobAttributes, CompilationJobProps, ICompilationJob } from './compilation-job-props';
import { type JobAttribute, RESOURCE_TYPE } from '../contract';
import { S3Location } from '../data/s3-location';
import { createJobRole } from '../execution-role/execution-role';
import { granteeOf } from '../execution-role/grantee';
import { grantJob, grantNetworkOfCompilation } from '../execution-role/job-permissions';
import { grantOutputKey } from '../execution-role/key-access';
import { environmentOfJob, importedModel, jobArn, JobBase, jobNameOf } from '../job/job';
import { exactName, jobNameChecks } from '../job/job-name';
import { JobNetwork, networkChecks } from '../job/job-network';
import { JobOutputLocation } from '../job/job-output-location';
import type { RequestStructure } from '../job/request-members';
import { DEFAULT_MAX_RUNTIME, renderStoppingCondition, totalSeconds } from '../job/stopping-condition';
import { Validation } from '../validation/construct-validation';
import { propertyViolations, typedFactories, typedProps } from '../validation/property-types';

/** A new or imported compilation job. */
abstract class CompilationJobBase extends JobBase implements ICompilationJob {
  public abstract readonly compilationJobName: string;
  public abstract readonly compilationJobArn: string;
  /** @internal */
  protected readonly _kind = 'compilationJob';

  public get s3ModelArtifacts(): string {
    return this._described('ModelArtifacts.S3ModelArtifacts', 's3ModelArtifacts');
  }

  public get modelArtifacts(): S3Location {
    return new JobOutputLocation('modelArtifacts', () => this.s3ModelArtifacts, (grantee) => this.grantReadOutput(grantee));
  }

  /** @internal */
  protected override _described(attribute: JobAttribute<'compilationJob'>, property?: string): string {
    return super._described(attribute, property);
  }
}

class ImportedCompilationJob extends CompilationJobBase {
  public readonly compilationJobArn: string;
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, public readonly compilationJobName: string, attributes: Partial<CompilationJobAttributes>) {
    super(scope, id, environmentOfJob('compilationJob', attributes.compilationJobArn));
    this.compilationJobArn = attributes.compilationJobArn ?? jobArn(scope, this._kind, compilationJobName);
    this._namePattern = compilationJobName;
    const { modelArtifacts, outputEncryptionKey, role, securityGroups } = attributes;
    this._import({
      arn: attributes.compilationJobArn,
      name: attributes.compilationJobName,
      role,
      securityGroups,
      ...importedModel('ModelArtifacts.S3ModelArtifacts', modelArtifacts, outputEncryptionKey),
    });
  }
}

/**
 * A compilation job that runs while the stack is deployed. SageMaker Neo optimizes a model for a device or an instance type.
 *
 * The job runs again, under a new name, only when something that its result depends on changes. A deployment that fails or is
 * rolled back leaves no job running.
 *
 * @resource Custom::SageMakerCompilationJob
 *
 * @example
 * import { CfnOutput, Stack } from 'aws-cdk-lib';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import {
 *   CompilationJob, CompilationModel, CompilationFramework, CompilationTarget, CompilationDataInput, HyperParameterTuningJob, S3Location,
 *   TargetDevice,
 * } from 'cdk-sagemaker-jobs';
 *
 * declare const stack: Stack;
 * declare const bucket: s3.Bucket;
 * declare const tuning: HyperParameterTuningJob;
 *
 * const job = new CompilationJob(stack, 'Compilation', {
 *   model: CompilationModel.fromHyperParameterTuningJob(tuning, {
 *     framework: CompilationFramework.PYTORCH,
 *     frameworkVersion: '1.13',
 *     dataInputConfig: CompilationDataInput.fromShapes({ input0: [1, 3, 224, 224] }),
 *   }),
 *   outputLocation: S3Location.fromBucket(bucket, 'compiled'),
 *   target: CompilationTarget.fromDevice(TargetDevice.ML_C5),
 * });
 *
 * new CfnOutput(stack, 'Model', { value: job.s3ModelArtifacts });
 */
@propertyInjectable
@typedFactories('CompilationJob')
export class CompilationJob extends CompilationJobBase implements ICompilationJob, ITaggableV2 {
  /** The ID of this class for property injectors. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.CompilationJob';

  /**
   * Imports a compilation job by its ARN. The name of the construct is the one in the
   * ARN, in lowercase. For a job with uppercase letters, specify its exact name in `fromCompilationJobAttributes()`.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param compilationJobArn the ARN of the job, as SageMaker returns it
   */
  public static fromCompilationJobArn(scope: Construct, id: string, compilationJobArn: string): ICompilationJob {
    return CompilationJob.fromCompilationJobAttributes(scope, id, { compilationJobArn });
  }

  /**
   * Imports a compilation job by its attributes. Grants, connections and the location of the model require the corresponding
   * attributes.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param attrs the attributes of the job
   */
  public static fromCompilationJobAttributes(scope: Construct, id: string, attrs: CompilationJobAttributes): ICompilationJob {
    return new ImportedCompilationJob(scope, id, attrs.compilationJobName ?? jobNameOf('compilationJob', attrs.compilationJobArn), attrs);
  }

  /**
   * Imports a compilation job in the account and Region of the stack by its name.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param compilationJobName the exact name of the job
   */
  public static fromCompilationJobName(scope: Construct, id: string, compilationJobName: string): ICompilationJob {
    return new ImportedCompilationJob(scope, id, compilationJobName, {});
  }

  /** The execution role of the job. */
  public readonly role: iam.IRole;
  /** The tags of the job. Use `Tags.of()` to change them. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.compilationJob);
  /** @internal */
  protected readonly _namePattern: string;

  private readonly network: JobNetwork;

  constructor(scope: Construct, id: string, private readonly props: CompilationJobProps) {
    super(scope, id, { physicalName: typedProps(scope, id, 'CompilationJobProps', props).compilationJobName });
    const validation = new Validation(this);
    validation.add(
      () => propertyViolations('CompilationJobProps', props),
      ...jobNameChecks(this._kind, props.compilationJobName, props.compilationJobNamePrefix),
      ...networkChecks(props),
    );

    this.role = props.role ?? createJobRole(this, this._kind);
    this.network = new JobNetwork(this, { ...props, severalInstances: false });

    const grantee = granteeOf(this.role);
    const model = props.model._bind(this, { grantee });
    const outputUri = props.outputLocation.bind(this, { grantee, forWriting: true }).uri;
    if (props.outputEncryptionKey) grantOutputKey(props.outputEncryptionKey, grantee);
    grantJob(this, grantee, { logGroups: ['CompilationJobs'], subnetIds: this.network.subnetIds, grantNetwork: grantNetworkOfCompilation });

    const separateOutput = props.separateOutput ?? true;
    const { namePattern } = this._create({
      validation,
      request: () => ({
        RoleArn: this.role.roleArn,
        ModelPackageVersionArn: model.modelPackageVersionArn,
        InputConfig: model.inputConfig,
        OutputConfig: this.renderOutputConfig(outputUri),
        VpcConfig: this.network.render(),
        StoppingCondition: renderStoppingCondition({ ...props, maxRuntime: props.maxRuntime ?? DEFAULT_MAX_RUNTIME }),
      }),
      outputMember: separateOutput ? 'OutputConfig.S3OutputLocation' : undefined,
      sharedOutput: !separateOutput,
      tags: this.cdkTagManager,
      name: exactName(props.compilationJobName),
      namePrefix: props.compilationJobNamePrefix,
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

  public get compilationJobName(): string {
    return this._name;
  }

  public get compilationJobArn(): string {
    return this._arn;
  }

  /** The time when the job was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /**
   * The SHA-256 digest of the compiled model (`ModelDigests.ArtifactDigest`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelDigests.html
   */
  public get artifactDigest(): string {
    return this._described('ModelDigests.ArtifactDigest', 'artifactDigest');
  }

  /**
   * The inference image of the compiled model (`InferenceImage`). Only for targets that are instance types.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeCompilationJob.html
   */
  public get inferenceImage(): string {
    return this._described('InferenceImage', 'inferenceImage');
  }

  /**
   * The final status of the job (`CompilationJobStatus`): `COMPLETED`, or `STOPPED` with `acceptStopped`.
   *
   * @attribute
   */
  public get compilationJobStatus(): string {
    return this._described('CompilationJobStatus', 'compilationJobStatus');
  }

  /** The ARN of the compiled model package version (`ModelPackageVersionArn`). Only for a model from a model package. */
  public get modelPackageVersionArn(): string {
    return this._described('ModelPackageVersionArn', 'modelPackageVersionArn');
  }

  /**
   * The inputs that SageMaker Neo derived from the model (`DerivedInformation.DerivedDataInputConfig`), as JSON, if the job does
   * not specify them. The deployment fails if the value is too long for an attribute.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DerivedInformation.html
   */
  public get derivedDataInputConfig(): string {
    return this._described('DerivedInformation.DerivedDataInputConfig', 'derivedDataInputConfig');
  }

  /** The time when the compilation started (`CompilationStartTime`), an ISO 8601 date. */
  public get compilationStartTime(): string {
    return this._described('CompilationStartTime', 'compilationStartTime');
  }

  /** The time when the compilation ended (`CompilationEndTime`), an ISO 8601 date. */
  public get compilationEndTime(): string {
    return this._described('CompilationEndTime', 'compilationEndTime');
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
    const { compilerOptions, outputEncryptionKey, target } = this.props;
    const { targetDevice, targetPlatform } = target._bind();
    return {
      S3OutputLocation: outputUri,
      TargetDevice: targetDevice,
      TargetPlatform: targetPlatform,
      CompilerOptions: compilerOptions?._bind(this),
      KmsKeyId: outputEncryptionKey?.keyArn,
    };
  }
}
