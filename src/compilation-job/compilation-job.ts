import { Duration, ITaggableV2, TagManager, TagType } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { CompilationModel } from './compilation-model';
import { CompilationTarget } from './compilation-target';
import { CompilerOptions } from './compiler-options';
import { RESOURCE_TYPE } from '../contract';
import { S3Location } from '../data/s3-location';
import { createJobRole } from '../execution-role/execution-role';
import { granteeOf } from '../execution-role/grantee';
import { grantJob } from '../execution-role/job-permissions';
import { grantOutputKey } from '../execution-role/key-access';
import { IJob, jobArn, JobBase, jobNameOf, JobOptions } from '../job/job';
import { jobNameChecks } from '../job/job-name';
import { JobNetwork, JobNetworkOptions, networkChecks } from '../job/job-network';
import type { RequestStructure } from '../job/request-members';
import { DEFAULT_MAX_RUNTIME, renderStoppingCondition, totalSeconds } from '../job/stopping-condition';
import { Validation } from '../validation/construct-validation';
import { lostProperties, typedProps } from '../validation/property-types';

/**
 * A compilation job, of this app or not.
 *
 * It has no rules for its changes of status, because the list of the events that the service sends has none for compilation
 * jobs: a rule for one might never match.
 */
export interface ICompilationJob extends IJob {
  /**
   * The name of the job (`CompilationJobName`).
   *
   * @attribute
   */
  readonly compilationJobName: string;

  /**
   * The ARN of the job (`CompilationJobArn`).
   *
   * @attribute
   */
  readonly compilationJobArn: string;

  /**
   * The S3 URI of the compiled model (`ModelArtifacts.S3ModelArtifacts`). Of an imported job it is known only where
   * `modelArtifacts` was passed to `fromCompilationJobAttributes()`.
   */
  readonly s3ModelArtifacts: string;
}

/** What a compilation job is made of. */
export interface CompilationJobProps extends JobOptions, JobNetworkOptions {
  /**
   * The exact name of the job (`CompilationJobName`), 1 to 63 letters, digits and hyphens. A job cannot be changed, and two
   * jobs cannot have the same name: with an exact name, a change that needs a new job needs a new name, too.
   *
   * @default - `compilationJobNamePrefix` and 14 characters by which the job is found again
   */
  readonly compilationJobName?: string;

  /**
   * What the name of the job begins with, 1 to 48 letters, digits and hyphens. A hyphen and 14 characters follow, by which the job is found again.
   *
   * @default - made of the names of the stack and of the construct
   */
  readonly compilationJobNamePrefix?: string;

  /**
   * The role that the job runs with (`RoleArn`). A role of this app is given what the job needs, as the default role is.
   * A role that is imported, and one from `withoutPolicyUpdates()`, gets nothing attached: it must be able to do
   * all that the job does.
   *
   * @default - a role that may do what this job needs, and no more
   */
  readonly role?: iam.IRole;

  /** The model that is compiled (`InputConfig` or `ModelPackageVersionArn`). */
  readonly model: CompilationModel;

  /**
   * Where the compiled model is stored: a prefix (`OutputConfig.S3OutputLocation`), whose URI has at most 1024 characters.
   * Unless `separateOutput` says otherwise, the name of the job is appended to it.
   */
  readonly outputLocation: S3Location;

  /**
   * Each job writes to a prefix of its own, `<outputLocation>/<name of the job>/`, as training jobs do by themselves. The
   * service names a compiled model after the model and the target only, so otherwise a job overwrites what the one
   * before it has written: an endpoint does not notice that there is a new model, and a rollback finds the new one in
   * the place of the old.
   *
   * @default true
   */
  readonly separateOutput?: boolean;

  /** What the model is compiled for (`OutputConfig.TargetDevice` or `OutputConfig.TargetPlatform`). */
  readonly target: CompilationTarget;

  /**
   * What the compiler is told besides the target (`OutputConfig.CompilerOptions`).
   *
   * @default - nothing
   */
  readonly compilerOptions?: CompilerOptions;

  /**
   * The key that encrypts the compiled model (`OutputConfig.KmsKeyId`).
   *
   * @default - as the bucket says
   */
  readonly outputEncryptionKey?: kms.IKey;

  /**
   * How long the job may run (`StoppingCondition.MaxRuntimeInSeconds`), in whole seconds up to 28 days. A job that reaches it
   * fails.
   *
   * @default Duration.hours(1)
   */
  readonly maxRuntime?: Duration;

  /**
   * How long the job may wait and run together (`StoppingCondition.MaxWaitTimeInSeconds`), in whole seconds, at least 1. The
   * API has it for all jobs; it means something to training on spot capacity only.
   *
   * @default - as the service decides
   */
  readonly maxWaitTime?: Duration;

  /**
   * How long the job may be pending before it is stopped (`StoppingCondition.MaxPendingTimeInSeconds`), from 2 hours to 28 days.
   *
   * @default - as the service decides
   */
  readonly maxPendingTime?: Duration;
}

/** Attributes of an imported compilation job. */
export interface CompilationJobAttributes {
  /** The ARN of the job (`CompilationJobArn`). */
  readonly compilationJobArn: string;

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
   * The key that encrypts the model (`OutputConfig.KmsKeyId`), where the bucket's own key does not.
   *
   * @default - none
   */
  readonly outputEncryptionKey?: kms.IKey;
}

/**
 * What can be done with a compilation job, whether it is of this app or not.
 */
abstract class CompilationJobBase extends JobBase<'compilationJob'> implements ICompilationJob {
  /** The name of the job (`CompilationJobName`). */
  public abstract readonly compilationJobName: string;
  /** The ARN of the job (`CompilationJobArn`). */
  public abstract readonly compilationJobArn: string;
  /** @internal */
  protected readonly _kind = 'compilationJob';

  /** The S3 URI of the compiled model (`ModelArtifacts.S3ModelArtifacts`). */
  public get s3ModelArtifacts(): string {
    return this._described('ModelArtifacts.S3ModelArtifacts', 's3ModelArtifacts');
  }
}

class ImportedCompilationJob extends CompilationJobBase {
  public readonly compilationJobArn: string;
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, public readonly compilationJobName: string, attributes: Partial<CompilationJobAttributes>) {
    super(scope, id, { environmentFromArn: attributes.compilationJobArn });
    this.compilationJobArn = attributes.compilationJobArn ?? jobArn(scope, this._kind, compilationJobName);
    this._namePattern = compilationJobName;
    const { modelArtifacts: location, outputEncryptionKey: encryptionKey, role, securityGroups } = attributes;
    this._import({ role, securityGroups, output: location && { location, encryptionKey }, outputAttribute: 'ModelArtifacts.S3ModelArtifacts' });
  }
}

/**
 * A compilation job that runs while the stack is deployed: SageMaker Neo makes a model ready for one kind of hardware.
 *
 * It runs again when its request changes, under a new name, and not otherwise. A deployment that fails or is rolled back
 * leaves no job running.
 *
 * @resource Custom::SageMakerCompilationJob
 *
 * @example
 * import { CfnOutput, Stack } from 'aws-cdk-lib';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import {
 *   CompilationJob, CompilationModel, CompilationFramework, CompilationTarget, DataInput, HyperParameterTuningJob, S3Location,
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
 *     dataInputConfig: DataInput.fromShapes({ input0: [1, 3, 224, 224] }),
 *   }),
 *   outputLocation: S3Location.fromBucket(bucket, 'compiled'),
 *   target: CompilationTarget.fromDevice(TargetDevice.ML_C5),
 * });
 *
 * new CfnOutput(stack, 'Model', { value: job.s3ModelArtifacts });
 */
@propertyInjectable
export class CompilationJob extends CompilationJobBase implements ICompilationJob, ITaggableV2 {
  /** The class as property injectors name it (`constructUniqueId`). */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.CompilationJob';

  /**
   * A compilation job that exists, by its ARN.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param compilationJobArn the ARN of the job, whose name is in lower case there
   */
  public static fromCompilationJobArn(scope: Construct, id: string, compilationJobArn: string): ICompilationJob {
    return CompilationJob.fromCompilationJobAttributes(scope, id, { compilationJobArn });
  }

  /**
   * Imports a compilation job by its attributes. Pass those that grants, connections and the location of its model need.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param attributes the attributes of the job
   */
  public static fromCompilationJobAttributes(scope: Construct, id: string, attributes: CompilationJobAttributes): ICompilationJob {
    return new ImportedCompilationJob(scope, id, jobNameOf(attributes.compilationJobArn), attributes);
  }

  /**
   * A compilation job that exists in the account and region of the stack, by its name.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param compilationJobName the name of the job
   */
  public static fromCompilationJobName(scope: Construct, id: string, compilationJobName: string): ICompilationJob {
    return new ImportedCompilationJob(scope, id, compilationJobName, {});
  }

  /** The role that the job runs with. */
  public readonly role: iam.IRole;
  /** The tags of the job. They are changed with `Tags.of()`. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.compilationJob);
  /** @internal */
  protected readonly _namePattern: string;

  private readonly network: JobNetwork;

  constructor(scope: Construct, id: string, private readonly props: CompilationJobProps) {
    super(scope, id, { physicalName: typedProps(scope, id, 'CompilationJobProps', props).compilationJobName });
    const validation = new Validation(this);
    validation.add(
      () => lostProperties('CompilationJobProps', props),
      ...jobNameChecks(this._kind, props.compilationJobName, props.compilationJobNamePrefix),
      ...networkChecks(props),
    );

    this.role = props.role ?? createJobRole(this, this._kind);
    this.network = new JobNetwork(this, { ...props, severalInstances: false });

    const grantee = granteeOf(this.role);
    const model = props.model._bind(this, { grantee });
    const outputUri = props.outputLocation.bind(this, { grantee, grantWrite: true }).s3Uri;
    if (props.outputEncryptionKey) grantOutputKey(props.outputEncryptionKey, grantee);
    grantJob(this, grantee, { logGroups: ['CompilationJobs'], subnetIds: this.network.subnetIds });

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
      name: props.compilationJobName,
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
   * The identity of this job: a hash over everything that its result depends on, as far as it is known at synthesis. As long
   * as it stays the same, a change of the app does not run the job again, unless a value that only the deployment knows changes.
   */
  public get identity(): string {
    return this._identity;
  }

  public get compilationJobName(): string {
    return this._name;
  }

  public get compilationJobArn(): string {
    return this._arn;
  }

  /** When the job was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /** The SHA-256 digest of the compiled model (`ModelDigests.ArtifactDigest`). */
  public get artifactDigest(): string {
    return this._described('ModelDigests.ArtifactDigest', 'artifactDigest');
  }

  /** The image that runs the compiled model (`InferenceImage`), for targets that are instances. */
  public get inferenceImage(): string {
    return this._described('InferenceImage', 'inferenceImage');
  }

  /**
   * The status that the job ended with (`CompilationJobStatus`): `COMPLETED`, or `STOPPED` with `acceptStopped`.
   *
   * @attribute
   */
  public get compilationJobStatus(): string {
    return this._described('CompilationJobStatus', 'compilationJobStatus');
  }

  /** The ARN of the model package version that was compiled (`ModelPackageVersionArn`), if it was one. */
  public get modelPackageVersionArn(): string {
    return this._described('ModelPackageVersionArn', 'modelPackageVersionArn');
  }

  /**
   * What the service found out about the inputs of a model for which nothing is said of them
   * (`DerivedInformation.DerivedDataInputConfig`), in JSON. The deployment fails if it is too long for an attribute.
   */
  public get derivedDataInputConfig(): string {
    return this._described('DerivedInformation.DerivedDataInputConfig', 'derivedDataInputConfig');
  }

  /** When the compilation began (`CompilationStartTime`), an ISO 8601 date. */
  public get compilationStartTime(): string {
    return this._described('CompilationStartTime', 'compilationStartTime');
  }

  /** When the compilation ended (`CompilationEndTime`), an ISO 8601 date. */
  public get compilationEndTime(): string {
    return this._described('CompilationEndTime', 'compilationEndTime');
  }

  /** When the status of the job changed for the last time (`LastModifiedTime`), an ISO 8601 date. */
  public get lastModifiedTime(): string {
    return this._described('LastModifiedTime', 'lastModifiedTime');
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
