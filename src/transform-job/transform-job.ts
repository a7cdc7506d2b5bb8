import { ITaggableV2, TagManager, TagType } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { ITransformJob, TransformJobAttributes, TransformJobProps, TransformJobTaskStateProps } from './transform-job-props';
import { OUTPUT, TransformRequest } from './transform-request';
import { type JobAttribute, RESOURCE_TYPE } from '../contract';
import { S3Location } from '../data/s3-location';
import { environmentOfJob, jobArn, jobNameOf, ObservableJobBase } from '../job/job';
import { exactName, jobNameChecks } from '../job/job-name';
import { JobOutputLocation } from '../job/job-output-location';
import { JobTaskState } from '../job/job-task-state';
import { Validation } from '../validation/construct-validation';
import { propertyViolations, typedFactories, typedProps } from '../validation/property-types';

/** A new or imported transform job. */
abstract class TransformJobBase extends ObservableJobBase implements ITransformJob {
  public abstract readonly transformJobName: string;
  public abstract readonly transformJobArn: string;
  /** @internal */
  protected readonly _kind = 'transformJob';

  public get output(): S3Location {
    return new JobOutputLocation('output', () => this.outputUri, (grantee) => this.grantReadOutput(grantee));
  }

  public get outputUri(): string {
    return this._described(OUTPUT, 'outputUri');
  }

  /** @internal */
  protected override _described(attribute: JobAttribute<'transformJob'>, property?: string): string {
    return super._described(attribute, property);
  }
}

class ImportedTransformJob extends TransformJobBase {
  public readonly transformJobArn: string;
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, public readonly transformJobName: string, attributes: Partial<TransformJobAttributes>) {
    super(scope, id, environmentOfJob('transformJob', attributes.transformJobArn));
    this.transformJobArn = attributes.transformJobArn ?? jobArn(scope, this._kind, transformJobName);
    this._namePattern = transformJobName;
    const { output: location, outputEncryptionKey: encryptionKey, role, securityGroups } = attributes;
    this._import({
      arn: attributes.transformJobArn,
      name: attributes.transformJobName,
      role,
      securityGroups,
      outputs: new Map(location ? [[OUTPUT, { location, encryptionKey }]] : []),
      outputProperty: { name: 'output', member: OUTPUT },
    });
  }
}

/**
 * A transform job that runs while the stack is deployed: a model makes predictions for data in Amazon S3, without an endpoint.
 *
 * The job runs again, under a new name, only when something that its result depends on changes. A deployment that fails or is
 * rolled back leaves no job running. SageMaker cannot delete transform jobs, so their records stay when the stack is deleted.
 *
 * @resource Custom::SageMakerTransformJob
 *
 * @example
 * import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import { AssemblyType, ContainerImage, S3Location, SplitType, TrainingJob, TransformInput, TransformJob, TransformModel } from 'cdk-sagemaker-jobs';
 *
 * declare const stack: Stack;
 * declare const bucket: s3.Bucket;
 * declare const training: TrainingJob;
 * declare const image: ContainerImage;
 *
 * const job = new TransformJob(stack, 'Predictions', {
 *   model: TransformModel.fromTrainingJob(training, { image }),
 *   transformInput: TransformInput.fromS3(S3Location.fromBucket(bucket, 'customers/'), { contentType: 'text/csv', splitType: SplitType.LINE }),
 *   outputLocation: S3Location.fromBucket(bucket, 'predictions'),
 *   assembleWith: AssemblyType.LINE,
 *   waitTimeout: Duration.hours(2),
 * });
 *
 * new CfnOutput(stack, 'PredictionsUri', { value: job.outputUri });
 */
@propertyInjectable
@typedFactories('TransformJob')
export class TransformJob extends TransformJobBase implements ITransformJob, ITaggableV2 {
  /** The ID of this class for property injectors. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.TransformJob';

  /**
   * Imports a transform job by its ARN. The name of the construct is the one in the ARN, in lowercase. For a job with uppercase
   * letters, specify its exact name in `fromTransformJobAttributes()`.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param transformJobArn the ARN of the job, as SageMaker returns it
   */
  public static fromTransformJobArn(scope: Construct, id: string, transformJobArn: string): ITransformJob {
    return TransformJob.fromTransformJobAttributes(scope, id, { transformJobArn });
  }

  /**
   * Imports a transform job by its attributes. Grants, connections and the location of the output require the corresponding
   * attributes.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param attrs the attributes of the job
   */
  public static fromTransformJobAttributes(scope: Construct, id: string, attrs: TransformJobAttributes): ITransformJob {
    return new ImportedTransformJob(scope, id, attrs.transformJobName ?? jobNameOf('transformJob', attrs.transformJobArn), attrs);
  }

  /**
   * Imports a transform job in the account and Region of the stack by its name.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param transformJobName the exact name of the job
   */
  public static fromTransformJobName(scope: Construct, id: string, transformJobName: string): ITransformJob {
    return new ImportedTransformJob(scope, id, transformJobName, {});
  }

  /**
   * Returns a task state that runs a transform job in each execution of a state machine, with the same options as a transform job that
   * runs while a stack is deployed. Strings can contain values of the state's input (`sfn.JsonPath.stringAt()`), except for those of a
   * model that is created for the job.
   *
   * The state has no `role`. As a grantee, it represents the role of its model.
   *
   * @param scope the scope of the new state
   * @param id the ID of the new state, which is also its name
   * @param props the properties of the state
   */
  public static taskState(scope: Construct, id: string, props: TransformJobTaskStateProps): JobTaskState {
    const structure = 'TransformJobTaskStateProps';
    return JobTaskState._create(scope, id, {
      kind: 'transformJob',
      structure,
      props: typedProps(scope, id, structure, props),
      name: props.transformJobName,
      namePrefix: props.transformJobNamePrefix,
      bind: (state, validation) => new TransformRequest(state, props, validation),
    });
  }

  /** The tags of the job. Use `Tags.of()` to change them. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.transformJob);
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, props: TransformJobProps) {
    super(scope, id, { physicalName: typedProps(scope, id, 'TransformJobProps', props).transformJobName });
    const validation = new Validation(this);
    const request = new TransformRequest(this, props, validation);
    validation.add(
      () => propertyViolations('TransformJobProps', props),
      ...jobNameChecks(this._kind, props.transformJobName, props.transformJobNamePrefix),
    );

    const { namePattern } = this._create({
      validation,
      request: () => request.render(),
      outputMember: request.outputMember?.[0],
      sharedOutput: request.outputMember === undefined,
      tags: this.cdkTagManager,
      name: exactName(props.transformJobName),
      namePrefix: props.transformJobNamePrefix,
      options: props,
      connections: request.connections,
      outputs: [{ location: props.outputLocation, encryptionKey: props.outputEncryptionKey }],
      roleElsewhere: request.roleElsewhere,
      dependencies: request.dependencies,
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

  public get transformJobName(): string {
    return this._name;
  }

  public get transformJobArn(): string {
    return this._arn;
  }

  /**
   * The final status of the job (`TransformJobStatus`): `Completed`, or `Stopped` with `acceptStopped`.
   *
   * @attribute
   */
  public get transformJobStatus(): string {
    return this._described('TransformJobStatus', 'transformJobStatus');
  }

  /** The name of the model (`ModelName`). */
  public get modelName(): string {
    return this._described('ModelName');
  }

  /** The time when the job was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /** The time when the job started on its instances (`TransformStartTime`), an ISO 8601 date. */
  public get transformStartTime(): string {
    return this._described('TransformStartTime', 'transformStartTime');
  }

  /** The time when the job ended (`TransformEndTime`), an ISO 8601 date. */
  public get transformEndTime(): string {
    return this._described('TransformEndTime', 'transformEndTime');
  }

  /**
   * Grants permission to run similar jobs.
   *
   * The grantee can create jobs whose names have the same prefix (or the same exact name), with any model of the account, and
   * describe and stop them.
   *
   * @param grantee the principal, such as the role of a notebook instance
   */
  public grantRun(grantee: iam.IGrantable): iam.Grant {
    return this._grantRun(grantee);
  }
}
