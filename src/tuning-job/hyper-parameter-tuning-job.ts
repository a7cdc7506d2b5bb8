import { ITaggableV2, TagManager, TagType } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { HyperParameterTuningJobAttributes, HyperParameterTuningJobProps, HyperParameterTuningJobTaskStateProps, IHyperParameterTuningJob } from './hyper-parameter-tuning-job-props';
import { HyperParameterTuningJobDescription } from './tuning-job-description';
import { RESOURCE_TYPE } from '../contract';
import { tuningLimitSeconds } from './tuning-limit';
import { TuningRequest } from './tuning-request';
import { createJobRole, createTaskStateRole } from '../execution-role/execution-role';
import { environmentOfJob, importedModel, jobArn, jobNameOf } from '../job/job';
import { exactName, jobNameChecks } from '../job/job-name';
import { JobTaskState } from '../job/job-task-state';
import { Validation } from '../validation/construct-validation';
import { propertyViolations, typedFactories, typedProps } from '../validation/property-types';

/** A new or imported tuning job. */
abstract class HyperParameterTuningJobBase extends HyperParameterTuningJobDescription implements IHyperParameterTuningJob {
  public abstract readonly hyperParameterTuningJobName: string;
  public abstract readonly hyperParameterTuningJobArn: string;
  /** @internal */
  protected readonly _kind = 'hyperParameterTuningJob';
}

class ImportedHyperParameterTuningJob extends HyperParameterTuningJobBase {
  public readonly hyperParameterTuningJobArn: string;
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, public readonly hyperParameterTuningJobName: string,
    attributes: Partial<HyperParameterTuningJobAttributes>) {
    super(scope, id, environmentOfJob('hyperParameterTuningJob', attributes.hyperParameterTuningJobArn));
    this.hyperParameterTuningJobArn = attributes.hyperParameterTuningJobArn ?? jobArn(scope, this._kind, hyperParameterTuningJobName);
    this._namePattern = hyperParameterTuningJobName;
    const { modelArtifacts, outputEncryptionKey, role, securityGroups } = attributes;
    this._import({
      arn: attributes.hyperParameterTuningJobArn,
      name: attributes.hyperParameterTuningJobName,
      role,
      securityGroups,
      ...importedModel('BestTrainingJob.ModelArtifacts.S3ModelArtifacts', modelArtifacts, outputEncryptionKey),
    });
  }
}

/**
 * A hyperparameter tuning job that runs while the stack is deployed. It launches training jobs with different hyperparameters
 * and finds the best one.
 *
 * The job runs again, under a new name, only when something that its result depends on changes. A deployment that fails or is
 * rolled back leaves no job running. When the tuning job is deleted, SageMaker keeps the training jobs that it launched.
 *
 * @resource Custom::SageMakerHyperParameterTuningJob
 *
 * @example
 * import { CfnOutput, Stack } from 'aws-cdk-lib';
 * import * as ecr from 'aws-cdk-lib/aws-ecr';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import {
 *   ContainerImage, HyperParameterScalingType, HyperParameterTuningJob, HyperParameterTuningJobObjective, InputChannel,
 *   ParameterRange, S3Location,
 * } from 'cdk-sagemaker-jobs';
 *
 * declare const stack: Stack;
 * declare const bucket: s3.Bucket;
 * declare const repository: ecr.Repository;
 *
 * const job = new HyperParameterTuningJob(stack, 'Tuning', {
 *   hyperParameterTuningJobObjective: HyperParameterTuningJobObjective.maximize('validation:accuracy'),
 *   parameterRanges: [
 *     ParameterRange.continuous('lr', 0.0001, 0.1, { scalingType: HyperParameterScalingType.LOGARITHMIC }),
 *     ParameterRange.integer('depth', 2, 8),
 *   ],
 *   maxNumberOfTrainingJobs: 20,
 *   maxParallelTrainingJobs: 4,
 *   trainingJobDefinition: {
 *     trainingImage: ContainerImage.fromEcrRepository(repository, 'v1'),
 *     metricDefinitions: [{ name: 'validation:accuracy', regex: 'accuracy: ([0-9.]+)' }],
 *     inputDataConfig: [InputChannel.fromS3('train', S3Location.fromBucket(bucket, 'data/train/'))],
 *     outputLocation: S3Location.fromBucket(bucket, 'models'),
 *     hyperParameters: { epochs: '10' },
 *   },
 * });
 *
 * new CfnOutput(stack, 'Model', { value: job.bestTrainingJob.s3ModelArtifacts });
 */
@propertyInjectable
@typedFactories('HyperParameterTuningJob')
export class HyperParameterTuningJob extends HyperParameterTuningJobBase
  implements IHyperParameterTuningJob, ITaggableV2 {
  /** The ID of this class for property injectors. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.HyperParameterTuningJob';

  /**
   * Imports a tuning job by its ARN. The name of the construct is the one in the
   * ARN, in lowercase. For a warm start from a job with uppercase letters, specify its exact name in
   * `fromHyperParameterTuningJobAttributes()`.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param hyperParameterTuningJobArn the ARN of the job, as SageMaker returns it
   */
  public static fromHyperParameterTuningJobArn(scope: Construct, id: string, hyperParameterTuningJobArn: string): IHyperParameterTuningJob {
    return HyperParameterTuningJob.fromHyperParameterTuningJobAttributes(scope, id, { hyperParameterTuningJobArn });
  }

  /**
   * Imports a tuning job by its attributes. Grants, connections and the location of the model require the corresponding
   * attributes.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param attrs the attributes of the job
   */
  public static fromHyperParameterTuningJobAttributes(scope: Construct, id: string,
    attrs: HyperParameterTuningJobAttributes): IHyperParameterTuningJob {
    return new ImportedHyperParameterTuningJob(scope, id, attrs.hyperParameterTuningJobName ?? jobNameOf('hyperParameterTuningJob', attrs.hyperParameterTuningJobArn), attrs);
  }

  /**
   * Imports a tuning job in the account and Region of the stack by its name.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param hyperParameterTuningJobName the exact name of the job
   */
  public static fromHyperParameterTuningJobName(scope: Construct, id: string, hyperParameterTuningJobName: string): IHyperParameterTuningJob {
    return new ImportedHyperParameterTuningJob(scope, id, hyperParameterTuningJobName, {});
  }

  /**
   * Returns a task state that runs a hyperparameter tuning job in each execution of a state machine, with the same options as a hyperparameter tuning job that
   * runs while a stack is deployed. Strings can contain values of the state's input (`sfn.JsonPath.stringAt()`).
   *
   * @param scope the scope of the new state
   * @param id the ID of the new state, which is also its name
   * @param props the properties of the state
   */
  public static taskState(scope: Construct, id: string, props: HyperParameterTuningJobTaskStateProps): JobTaskState {
    const kind = 'hyperParameterTuningJob';
    const structure = 'HyperParameterTuningJobTaskStateProps';
    return JobTaskState._create(scope, id, {
      kind,
      structure,
      props: typedProps(scope, id, structure, props),
      name: props.hyperParameterTuningJobName,
      namePrefix: props.hyperParameterTuningJobNamePrefix,
      bind: (state, validation) => new TuningRequest(state, props, () => createTaskStateRole(state, kind), validation),
    });
  }

  /** The execution role of the training jobs. If every definition specifies one, the role of the first definition. */
  public readonly role: iam.IRole;
  /** The tags of the job and of the training jobs that it launches. Use `Tags.of()` to change them. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.hyperParameterTuningJob);
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, props: HyperParameterTuningJobProps) {
    super(scope, id, { physicalName: typedProps(scope, id, 'HyperParameterTuningJobProps', props).hyperParameterTuningJobName });
    const validation = new Validation(this);
    validation.add(
      () => propertyViolations('HyperParameterTuningJobProps', props),
      ...jobNameChecks(this._kind, props.hyperParameterTuningJobName, props.hyperParameterTuningJobNamePrefix),
    );

    const request = new TuningRequest(this, props, () => createJobRole(this, this._kind), validation);
    this.role = request.role;
    this._modelCompressionTypes = request.definitions.flatMap(({ training }) => training.modelCompressionTypes);

    const { namePattern } = this._create({
      validation,
      request: () => request.render(),
      tags: this.cdkTagManager,
      name: exactName(props.hyperParameterTuningJobName),
      namePrefix: props.hyperParameterTuningJobNamePrefix,
      options: props,
      connections: request.connections,
      outputs: request.definitions.map(({ training }) => training.output),
      jobLimitSeconds: tuningLimitSeconds(props, request.definitions),
      role: this.role,
      givenRole: request.givenRole,
      furtherRoles: request.furtherRoles,
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

  public get hyperParameterTuningJobName(): string {
    return this._name;
  }

  public get hyperParameterTuningJobArn(): string {
    return this._arn;
  }

  /**
   * Grants permission to run similar jobs: to create a job under a name with the same prefix (or the same exact name), to
   * describe and stop it, and to pass it the same roles.
   *
   * @param grantee the principal, such as the role of a notebook instance
   */
  public grantRun(grantee: iam.IGrantable): iam.Grant {
    return this._grantRun(grantee);
  }
}
