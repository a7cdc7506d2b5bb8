import { ITaggableV2, TagManager, TagType } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { TrainingJobDescription } from './training-job-description';
import { ITrainingJob, TrainingJobAttributes, TrainingJobProps, TrainingJobTaskStateProps } from './training-job-props';
import { TrainingRequest } from './training-request';
import { RESOURCE_TYPE } from '../contract';
import { createJobRole, createTaskStateRole } from '../execution-role/execution-role';
import { environmentOfJob, importedModel, jobArn, jobNameOf } from '../job/job';
import { exactName, jobNameChecks } from '../job/job-name';
import { JobTaskState } from '../job/job-task-state';
import { Validation } from '../validation/construct-validation';
import { propertyViolations, typedFactories, typedProps } from '../validation/property-types';

/** A new or imported training job. */
abstract class TrainingJobBase extends TrainingJobDescription implements ITrainingJob {
  public abstract readonly trainingJobName: string;
  public abstract readonly trainingJobArn: string;
  /** @internal */
  protected readonly _kind = 'trainingJob';

  public metricAlgorithm(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._createMetric(metricName, { TrainingJobName: this.trainingJobName }, props);
  }

  /** @internal */
  protected get _jobName(): string {
    return this.trainingJobName;
  }
}

class ImportedTrainingJob extends TrainingJobBase {
  public readonly trainingJobArn: string;
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, public readonly trainingJobName: string, attributes: Partial<TrainingJobAttributes>) {
    super(scope, id, environmentOfJob('trainingJob', attributes.trainingJobArn));
    this.trainingJobArn = attributes.trainingJobArn ?? jobArn(scope, this._kind, trainingJobName);
    this._namePattern = trainingJobName;
    const { modelArtifacts, outputEncryptionKey, role, securityGroups } = attributes;
    this._import({
      arn: attributes.trainingJobArn,
      name: attributes.trainingJobName,
      role,
      securityGroups,
      ...importedModel('ModelArtifacts.S3ModelArtifacts', modelArtifacts, outputEncryptionKey),
    });
  }
}

/**
 * A training job that runs while the stack is deployed.
 *
 * The job runs again, under a new name, only when something that its result depends on changes. A deployment that fails or is
 * rolled back leaves no job running.
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
 *   inputDataConfig: [InputChannel.fromS3('train', S3Location.fromBucket(bucket, 'data/train/'))],
 *   outputLocation: S3Location.fromBucket(bucket, 'models'),
 *   instanceType: MlInstanceType.ML_G5_XLARGE,
 *   maxRuntime: Duration.hours(4),
 *   hyperParameters: { epochs: '10' },
 * });
 *
 * new CfnOutput(stack, 'Model', { value: job.s3ModelArtifacts });
 */
@propertyInjectable
@typedFactories('TrainingJob')
export class TrainingJob extends TrainingJobBase implements ITrainingJob, ITaggableV2 {
  /** The ID of this class for property injectors. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.TrainingJob';

  /**
   * Imports a training job by its ARN. The name of the construct is the one in the
   * ARN, in lowercase. For metrics of a job with uppercase letters, specify its exact name in `fromTrainingJobAttributes()`.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param trainingJobArn the ARN of the job, as SageMaker returns it
   */
  public static fromTrainingJobArn(scope: Construct, id: string, trainingJobArn: string): ITrainingJob {
    return TrainingJob.fromTrainingJobAttributes(scope, id, { trainingJobArn });
  }

  /**
   * Imports a training job by its attributes. Grants, connections and the location of the model require the corresponding
   * attributes.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param attrs the attributes of the job
   */
  public static fromTrainingJobAttributes(scope: Construct, id: string, attrs: TrainingJobAttributes): ITrainingJob {
    return new ImportedTrainingJob(scope, id, attrs.trainingJobName ?? jobNameOf('trainingJob', attrs.trainingJobArn), attrs);
  }

  /**
   * Imports a training job in the account and Region of the stack by its name.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param trainingJobName the exact name of the job
   */
  public static fromTrainingJobName(scope: Construct, id: string, trainingJobName: string): ITrainingJob {
    return new ImportedTrainingJob(scope, id, trainingJobName, {});
  }

  /**
   * Returns a task state that runs a training job in each execution of a state machine, with the same options as a training job that
   * runs while a stack is deployed. Strings can contain values of the state's input (`sfn.JsonPath.stringAt()`).
   *
   * @param scope the scope of the new state
   * @param id the ID of the new state, which is also its name
   * @param props the properties of the state
   */
  public static taskState(scope: Construct, id: string, props: TrainingJobTaskStateProps): JobTaskState {
    const kind = 'trainingJob';
    const structure = 'TrainingJobTaskStateProps';
    return JobTaskState._create(scope, id, {
      kind,
      structure,
      props: typedProps(scope, id, structure, props),
      name: props.trainingJobName,
      namePrefix: props.trainingJobNamePrefix,
      bind: (state, validation) => new TrainingRequest(
        state, props, props.role ?? createTaskStateRole(state, kind, props.enableSessionTagChaining), validation,
      ),
    });
  }

  /** The execution role of the job. */
  public readonly role: iam.IRole;
  /** The tags of the job. Use `Tags.of()` to change them. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.trainingJob);
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, props: TrainingJobProps) {
    super(scope, id, { physicalName: typedProps(scope, id, 'TrainingJobProps', props).trainingJobName });
    const validation = new Validation(this);
    validation.add(() => propertyViolations('TrainingJobProps', props), ...jobNameChecks(this._kind, props.trainingJobName, props.trainingJobNamePrefix));

    this.role = props.role ?? createJobRole(this, this._kind, props.enableSessionTagChaining);
    const request = new TrainingRequest(this, props, this.role, validation);
    this._modelCompressionTypes = request.definition.modelCompressionTypes;

    const { namePattern } = this._create({
      validation,
      request: () => request.render(),
      tags: this.cdkTagManager,
      name: exactName(props.trainingJobName),
      namePrefix: props.trainingJobNamePrefix,
      options: props,
      connections: request.connections,
      outputs: [request.definition.output],
      jobLimitSeconds: request.definition.limitSeconds,
      role: this.role,
      givenRole: props.role,
      trainingPlanArns: request.trainingPlanArns,
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

  public get trainingJobName(): string {
    return this._name;
  }

  public get trainingJobArn(): string {
    return this._arn;
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
}
