import { Duration, ITaggableV2, TagManager, TagType } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { ICompilationJob } from './compilation-job-interface';
import { CompilationJobProps } from './compilation-job-props';
import { CompilationJobAttributes } from './private/compilation-job-attributes';
import { CompilationJobBase } from './private/compilation-job-base';
import { RESOURCE_TYPE } from './private/contract';
import { granteeOf } from './private/grantee';
import { jobArn, jobNameOf } from './private/job-base';
import { renderStoppingCondition, totalSeconds } from './private/job-limits';
import { jobNameChecks } from './private/job-name-checks';
import { connectionsOf, JobNetwork, networkChecks } from './private/job-network';
import { grantJob } from './private/job-permissions';
import { makeJobRole } from './private/job-role';
import { grantKeyToRead, grantOutputKey } from './private/key-access';
import { Validation } from './private/validation';

const DEFAULT_RUNTIME = Duration.hours(1);

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
 *   CompilationJob, CompilationModel, CompilationTarget, DataInputConfig, Framework, HyperParameterTuningJob, S3Location,
 *   TargetDevice,
 * } from 'cdk-sagemaker-jobs';
 *
 * declare const stack: Stack;
 * declare const bucket: s3.Bucket;
 * declare const tuning: HyperParameterTuningJob;
 *
 * const job = new CompilationJob(stack, 'Compilation', {
 *   model: CompilationModel.fromHyperParameterTuningJob(tuning, {
 *     framework: Framework.PYTORCH,
 *     frameworkVersion: '1.13',
 *     dataInputConfig: DataInputConfig.fromShapes({ input0: [1, 3, 224, 224] }),
 *   }),
 *   outputLocation: S3Location.fromBucket(bucket, 'compiled'),
 *   target: CompilationTarget.fromDevice(TargetDevice.ML_C5),
 * });
 *
 * new CfnOutput(stack, 'Model', { value: job.s3ModelArtifacts });
 */
@propertyInjectable
export class CompilationJob extends CompilationJobAttributes implements ICompilationJob, iam.IGrantable, ec2.IConnectable, ITaggableV2 {
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
    class Import extends CompilationJobBase {
      public readonly compilationJobArn = compilationJobArn;
      public readonly compilationJobName = jobNameOf(compilationJobArn);
      /** @internal */
      protected readonly _namePattern = this.compilationJobName;
    }
    return new Import(scope, id, { environmentFromArn: compilationJobArn });
  }

  /**
   * A compilation job that exists in the account and region of the stack, by its name.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param compilationJobName the name of the job
   */
  public static fromCompilationJobName(scope: Construct, id: string, compilationJobName: string): ICompilationJob {
    class Import extends CompilationJobBase {
      public readonly compilationJobArn = jobArn(scope, 'compilationJob', compilationJobName);
      public readonly compilationJobName = compilationJobName;
      /** @internal */
      protected readonly _namePattern = compilationJobName;
    }
    return new Import(scope, id);
  }

  /** The role that the job runs with. */
  public readonly role: iam.IRole;
  /** The principal of the job's role. */
  public readonly grantPrincipal: iam.IPrincipal;
  /** The tags of the job. They are changed with `Tags.of()`. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.compilationJob);
  /** @internal */
  protected readonly _namePattern: string;

  private readonly network: JobNetwork;

  constructor(scope: Construct, id: string, private readonly props: CompilationJobProps) {
    super(scope, id, { physicalName: props.compilationJobName });
    const validation = new Validation(this);
    validation.add(...jobNameChecks(this._kind, props.compilationJobName, props.compilationJobNamePrefix), ...networkChecks(props));

    this.role = props.role ?? makeJobRole(this, this._kind);
    this.grantPrincipal = this.role.grantPrincipal;
    this.network = new JobNetwork(this, { ...props, severalInstances: false });

    const grantee = granteeOf(this.role);
    const model = props.model.bind(this, { grantee });
    const outputUri = props.outputLocation.bind(this, { grantee, forWriting: true }).s3Uri;
    if (props.outputEncryptionKey) grantOutputKey(props.outputEncryptionKey, grantee);
    grantJob(this, grantee, { logGroups: ['CompilationJobs'], subnetIds: this.network.subnetIds });

    const { namePattern } = this._create({
      validation,
      request: () => ({
        RoleArn: this.role.roleArn,
        ModelPackageVersionArn: model.modelPackageVersionArn,
        InputConfig: model.inputConfig,
        OutputConfig: this.renderOutputConfig(outputUri),
        VpcConfig: this.network.render(),
        StoppingCondition: this.renderStoppingCondition(),
      }),
      outputMember: props.separateOutput ?? true ? 'OutputConfig.S3OutputLocation' : undefined,
      tags: this.cdkTagManager,
      name: props.compilationJobName,
      namePrefix: props.compilationJobNamePrefix,
      options: props,
      jobLimitSeconds: totalSeconds(props.maxRuntime ?? DEFAULT_RUNTIME, props.maxPendingTime),
      role: this.role,
      givenRole: props.role,
      dependencies: this.network.dependencies,
    });
    this._namePattern = namePattern;
  }

  /** The security groups of the job. A job without a VPC has none: reading this of one is an error. */
  public get connections(): ec2.Connections {
    return connectionsOf(this, this._kind, this.network.connections);
  }

  /**
   * Allows to read what the job compiles, wherever it is stored and however it is encrypted: what the role of a model
   * that is made of it needs.
   *
   * @param grantee who may read it
   */
  public grantReadOutput(grantee: iam.IGrantable): void {
    this.props.outputLocation.bind(this, { grantee, forReading: true });
    if (this.props.outputEncryptionKey) grantKeyToRead(this.props.outputEncryptionKey, grantee);
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

  private renderOutputConfig(outputUri: string): { [member: string]: any } {
    const { compilerOptions, outputEncryptionKey, target } = this.props;
    const { targetDevice, targetPlatform } = target.bind();
    return {
      S3OutputLocation: outputUri,
      TargetDevice: targetDevice,
      TargetPlatform: targetPlatform,
      CompilerOptions: compilerOptions?.bind(this),
      KmsKeyId: outputEncryptionKey?.keyArn,
    };
  }

  private renderStoppingCondition(): { [member: string]: any } | undefined {
    const { maxPendingTime, maxRuntime = DEFAULT_RUNTIME, maxWaitTime } = this.props;
    return renderStoppingCondition({ maxRuntime, maxWaitTime, maxPendingTime });
  }
}
