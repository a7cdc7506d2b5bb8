import { type Duration, ITaggableV2, TagManager, TagType, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { HyperParameterTrainingJobDefinition } from './hyper-parameter-training-job-definition';
import { ParameterRange } from './parameter-range';
import { renderObjective, renderRanges, TuningDefinition } from './tuning-definition';
import {
  HyperbandStrategyOptions,
  HyperParameterTuningJobObjective,
  HyperParameterTuningJobStrategyType,
  HyperParameterTuningJobWarmStartType,
  TrainingJobEarlyStoppingType,
} from './tuning-options';
import { RESOURCE_TYPE } from '../contract';
import { objectiveChecks } from './tuning-checks';
import { BestTrainingJob, HyperParameterTuningJobDescription } from './tuning-job-description';
import { tuningLimitSeconds } from './tuning-limit';
import { S3Location } from '../data/s3-location';
import { createJobRole } from '../execution-role/execution-role';
import { IObservableJob, jobArn, jobNameOf, JobOptions } from '../job/job';
import { jobNameChecks } from '../job/job-name';
import { type RequestStructure, secondsOf, structure } from '../job/request-members';
import { atMostOneOf, type Check, Validation } from '../validation/construct-validation';
import { lostProperties, typedProps } from '../validation/property-types';

/** A hyperparameter tuning job, of this app or not. */
export interface IHyperParameterTuningJob extends IObservableJob {
  /**
   * The name of the job (`HyperParameterTuningJobName`).
   *
   * @attribute
   */
  readonly hyperParameterTuningJobName: string;

  /**
   * The ARN of the job (`HyperParameterTuningJobArn`).
   *
   * @attribute
   */
  readonly hyperParameterTuningJobArn: string;

  /**
   * The best training job of this tuning job (`BestTrainingJob`). Of an imported job, the URI of its model is known where
   * `modelArtifacts` was passed to `fromHyperParameterTuningJobAttributes()`, and nothing else is.
   */
  readonly bestTrainingJob: BestTrainingJob;
}

/**
 * The tuning jobs that a tuning job learns from (`HyperParameterTuningJobWarmStartConfig` of the API). The objective must be
 * theirs, and the number of hyperparameters, static and tuned together, must be the same.
 */
export interface WarmStartOptions {
  /**
   * The tuning jobs, 1 to 5 that have ended (`ParentHyperParameterTuningJobs`). Those of this app must be waited for; others
   * come from `HyperParameterTuningJob.fromHyperParameterTuningJobName()`.
   */
  readonly parentHyperParameterTuningJobs: IHyperParameterTuningJob[];

  /** How this tuning job differs from them (`WarmStartType`). */
  readonly warmStartType: HyperParameterTuningJobWarmStartType;
}

/**
 * What a hyperparameter tuning job is made of.
 *
 * Without `waitTimeout` the deployment waits as long as the job may run by its own limits: `maxRuntime`, or the rounds of
 * parallel training jobs times the longest limit of a definition, and 30 days at most. With the grid strategy the number of
 * combinations stands for `maxNumberOfTrainingJobs` where that is not given.
 */
export interface HyperParameterTuningJobProps extends JobOptions {
  /**
   * The exact name of the job (`HyperParameterTuningJobName`), 1 to 32 letters, digits and hyphens. A job cannot be changed,
   * and two jobs cannot have the same name: with an exact name, a change that needs a new job needs a new name, too.
   *
   * @default - `hyperParameterTuningJobNamePrefix` and 14 characters by which the job is found again
   */
  readonly hyperParameterTuningJobName?: string;

  /**
   * What the name of the job begins with, 1 to 17 letters, digits and hyphens. A hyphen and 14 characters follow, by which the job is found again.
   *
   * @default - made of the names of the stack and of the construct
   */
  readonly hyperParameterTuningJobNamePrefix?: string;

  /**
   * How values are chosen (`HyperParameterTuningJobConfig.Strategy`).
   *
   * @default HyperParameterTuningJobStrategyType.BAYESIAN
   */
  readonly strategy?: HyperParameterTuningJobStrategyType;

  /**
   * How much a training job gets of what the Hyperband strategy shares out
   * (`HyperParameterTuningJobConfig.StrategyConfig.HyperbandStrategyConfig`); for that strategy only.
   *
   * @default - the service finds it in the static hyperparameters
   */
  readonly hyperbandStrategyConfig?: HyperbandStrategyOptions;

  /**
   * The metric that decides which training job is best (`HyperParameterTuningJobConfig.HyperParameterTuningJobObjective`).
   *
   * @default - the objectives of `trainingJobDefinitions`, or that of an algorithm that has one
   */
  readonly hyperParameterTuningJobObjective?: HyperParameterTuningJobObjective;

  /**
   * The hyperparameters that are tuned (`HyperParameterTuningJobConfig.ParameterRanges`), at most 30, each once.
   *
   * @default - the ranges of `trainingJobDefinitions`, or those that `enableAutotune` finds
   */
  readonly parameterRanges?: ParameterRange[];

  /**
   * How many training jobs are launched at most (`HyperParameterTuningJobConfig.ResourceLimits.MaxNumberOfTrainingJobs`), at
   * least 1.
   *
   * @default - with the grid strategy the number of combinations; otherwise another limit or criterion has to end the job
   */
  readonly maxNumberOfTrainingJobs?: number;

  /**
   * How many training jobs run at the same time (`HyperParameterTuningJobConfig.ResourceLimits.MaxParallelTrainingJobs`), at
   * least 1 and not more than `maxNumberOfTrainingJobs`. The fewer they are, the more each learns from those before it.
   *
   * @default 1
   */
  readonly maxParallelTrainingJobs?: number;

  /**
   * How long the tuning job may run, in whole seconds from 120 up (`HyperParameterTuningJobConfig.ResourceLimits.MaxRuntimeInSeconds`).
   *
   * @default - until its other limits or criteria end it, 30 days at most
   */
  readonly maxRuntime?: Duration;

  /**
   * Whether training jobs are stopped that are unlikely to become the best (`HyperParameterTuningJobConfig.TrainingJobEarlyStoppingType`).
   *
   * @default - they are not stopped
   */
  readonly trainingJobEarlyStoppingType?: TrainingJobEarlyStoppingType;

  /**
   * The value of the objective that ends the tuning job when a training job reaches it
   * (`HyperParameterTuningJobConfig.TuningJobCompletionCriteria.TargetObjectiveMetricValue`).
   *
   * @default - no value ends it
   */
  readonly targetObjectiveMetricValue?: number;

  /**
   * How many training jobs may bring no improvement of at least 1 % before that ends the tuning job, at least 3
   * (`HyperParameterTuningJobConfig.TuningJobCompletionCriteria.BestObjectiveNotImproving.MaxNumberOfTrainingJobsNotImproving`).
   *
   * @default - any number
   */
  readonly maxNumberOfTrainingJobsNotImproving?: number;

  /**
   * Whether the tuning job ends when the service finds that the objective has converged
   * (`HyperParameterTuningJobConfig.TuningJobCompletionCriteria.ConvergenceDetected.CompleteOnConvergence`).
   *
   * @default - it goes on
   */
  readonly completeOnConvergence?: boolean;

  /**
   * What random choices start from (`HyperParameterTuningJobConfig.RandomSeed`), at least 0: the same seed makes more alike
   * what is tried.
   *
   * @default - as the service decides
   */
  readonly randomSeed?: number;

  /**
   * The training jobs that are launched (`TrainingJobDefinition`). Exactly one of `trainingJobDefinition` and
   * `trainingJobDefinitions` is given.
   *
   * @default - given by `trainingJobDefinitions`
   */
  readonly trainingJobDefinition?: HyperParameterTrainingJobDefinition;

  /**
   * Several definitions of training jobs, 1 to 10 with names (`TrainingJobDefinitions`), such as one for each of several
   * algorithms. Each says its own objective and ranges.
   *
   * @default - given by `trainingJobDefinition`
   */
  readonly trainingJobDefinitions?: HyperParameterTrainingJobDefinition[];

  /**
   * The tuning jobs that this one learns from (`WarmStartConfig`).
   *
   * @default - none
   */
  readonly warmStartConfig?: WarmStartOptions;

  /**
   * Lets the service find out what is not given of ranges, limits, early stopping, retries and strategy (`Autotune.Mode`).
   *
   * @default false
   */
  readonly enableAutotune?: boolean;

  /**
   * The role of the training jobs whose definition has none of its own (`TrainingJobDefinition.RoleArn`).
   *
   * A role of this app is given what the jobs need, as the default role is. A role that is imported, and one from
   * `withoutPolicyUpdates()`, gets nothing attached: it must be able to do all that the jobs do.
   *
   * @default - one role for all definitions, which may do what their training jobs need, and no more
   */
  readonly role?: iam.IRole;
}

/** Attributes of an imported hyperparameter tuning job. */
export interface HyperParameterTuningJobAttributes {
  /** The ARN of the job (`HyperParameterTuningJobArn`). */
  readonly hyperParameterTuningJobArn: string;

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
   * The model of the best training job.
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
 * What can be done with a tuning job, whether it is of this app or not.
 */
abstract class HyperParameterTuningJobBase extends HyperParameterTuningJobDescription implements IHyperParameterTuningJob {
  /** The name of the job (`HyperParameterTuningJobName`). */
  public abstract readonly hyperParameterTuningJobName: string;
  /** The ARN of the job (`HyperParameterTuningJobArn`). */
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
    super(scope, id, { environmentFromArn: attributes.hyperParameterTuningJobArn });
    this.hyperParameterTuningJobArn = attributes.hyperParameterTuningJobArn ?? jobArn(scope, this._kind, hyperParameterTuningJobName);
    this._namePattern = hyperParameterTuningJobName;
    const { modelArtifacts: location, outputEncryptionKey: encryptionKey, role, securityGroups } = attributes;
    this._import({ role, securityGroups, output: location && { location, encryptionKey }, outputAttribute: 'BestTrainingJob.ModelArtifacts.S3ModelArtifacts' });
  }
}

/**
 * A hyperparameter tuning job that runs while the stack is deployed: it launches training jobs with different
 * hyperparameters and finds the best of them.
 *
 * It runs again when its request changes, under a new name, and not otherwise. A deployment that fails or is rolled back
 * leaves no job running. The training jobs that it has launched stay when it is deleted, because the service keeps them.
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
 *     ParameterRange.continuous('lr', 0.0001, 0.1, HyperParameterScalingType.LOGARITHMIC),
 *     ParameterRange.integer('depth', 2, 8),
 *   ],
 *   maxNumberOfTrainingJobs: 20,
 *   maxParallelTrainingJobs: 4,
 *   trainingJobDefinition: {
 *     trainingImage: ContainerImage.fromEcrRepository(repository, 'v1'),
 *     metricDefinitions: [{ name: 'validation:accuracy', regex: 'accuracy: ([0-9.]+)' }],
 *     inputChannels: [InputChannel.fromS3('train', S3Location.fromBucket(bucket, 'data/train/'))],
 *     outputLocation: S3Location.fromBucket(bucket, 'models'),
 *     hyperParameters: { epochs: '10' },
 *   },
 * });
 *
 * new CfnOutput(stack, 'Model', { value: job.bestTrainingJob.s3ModelArtifacts });
 */
@propertyInjectable
export class HyperParameterTuningJob extends HyperParameterTuningJobBase
  implements IHyperParameterTuningJob, ITaggableV2 {
  /** The class as property injectors name it (`constructUniqueId`). */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.HyperParameterTuningJob';

  /**
   * A tuning job that exists, by its ARN.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param hyperParameterTuningJobArn the ARN of the job, whose name is in lower case there
   */
  public static fromHyperParameterTuningJobArn(scope: Construct, id: string, hyperParameterTuningJobArn: string): IHyperParameterTuningJob {
    return HyperParameterTuningJob.fromHyperParameterTuningJobAttributes(scope, id, { hyperParameterTuningJobArn });
  }

  /**
   * Imports a hyperparameter tuning job by its attributes. Pass those that grants, connections and the location of its model need.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param attributes the attributes of the job
   */
  public static fromHyperParameterTuningJobAttributes(scope: Construct, id: string,
    attributes: HyperParameterTuningJobAttributes): IHyperParameterTuningJob {
    return new ImportedHyperParameterTuningJob(scope, id, jobNameOf(attributes.hyperParameterTuningJobArn), attributes);
  }

  /**
   * A tuning job that exists in the account and region of the stack, by its name.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param hyperParameterTuningJobName the name of the job
   */
  public static fromHyperParameterTuningJobName(scope: Construct, id: string, hyperParameterTuningJobName: string): IHyperParameterTuningJob {
    return new ImportedHyperParameterTuningJob(scope, id, hyperParameterTuningJobName, {});
  }

  /** The role of the training jobs. If every definition has one of its own, that of the first. */
  public readonly role: iam.IRole;
  /** The tags of the job and of the training jobs that it launches. They are changed with `Tags.of()`. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.hyperParameterTuningJob);
  /** @internal */
  protected readonly _namePattern: string;

  private readonly definitions: readonly TuningDefinition[];

  constructor(scope: Construct, id: string, private readonly props: HyperParameterTuningJobProps) {
    super(scope, id, { physicalName: typedProps(scope, id, 'HyperParameterTuningJobProps', props).hyperParameterTuningJobName });
    const validation = new Validation(this);
    validation.add(
      () => lostProperties('HyperParameterTuningJobProps', props),
      ...jobNameChecks(this._kind, props.hyperParameterTuningJobName, props.hyperParameterTuningJobNamePrefix),
      ...this.checks(),
    );

    const definitions = props.trainingJobDefinitions ?? (props.trainingJobDefinition ? [props.trainingJobDefinition] : []);
    const ownRoles = [...new Set(definitions.flatMap(({ role }) => role ?? []))];
    const allHaveRoles = definitions.length > 0 && definitions.every(({ role }) => role);
    const givenRole = allHaveRoles ? ownRoles[0] : props.role;
    this.role = givenRole ?? createJobRole(this, this._kind);
    this.definitions = definitions.map((definition, index) => this.createDefinition(definition, index, validation));
    const securityGroups = this.definitions.flatMap(({ training }) => training.connections?.securityGroups ?? []);

    const { namePattern } = this._create({
      validation,
      request: () => this.renderRequest(),
      tags: this.cdkTagManager,
      name: props.hyperParameterTuningJobName,
      namePrefix: props.hyperParameterTuningJobNamePrefix,
      options: props,
      connections: securityGroups.length > 0 ? new ec2.Connections({ securityGroups: [...new Set(securityGroups)] }) : undefined,
      outputs: this.definitions.map(({ training }) => training.output),
      jobLimitSeconds: tuningLimitSeconds(props, this.definitions),
      role: this.role,
      givenRole,
      furtherRoles: ownRoles.filter((role) => role !== this.role),
      dependencies: this.definitions.flatMap(({ training }) => training.dependencies),
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

  public get hyperParameterTuningJobName(): string {
    return this._name;
  }

  public get hyperParameterTuningJobArn(): string {
    return this._arn;
  }

  /**
   * Allows somebody else, such as a notebook instance, to run a job such as this one: to start it under a name with the
   * same prefix (or the same exact name), to look at it and to stop it, and to pass it the same roles.
   *
   * @param grantee who may run it
   */
  public grantRun(grantee: iam.IGrantable): iam.Grant {
    return this._grantRun(grantee);
  }

  /** What can be wrong with the props that the request does not show. */
  private checks(): Check[] {
    const { hyperParameterTuningJobObjective: objective, trainingJobDefinition, trainingJobDefinitions } = this.props;
    return [
      () => atMostOneOf({ trainingJobDefinition, trainingJobDefinitions }),
      ...trainingJobDefinition ? objectiveChecks('hyperParameterTuningJobObjective', objective, trainingJobDefinition) : [],
      ...(trainingJobDefinitions ?? []).flatMap((definition, index) => (
        objectiveChecks(`trainingJobDefinitions[${index}].tuningObjective`, definition.tuningObjective, definition))),
    ];
  }

  private createDefinition(definition: HyperParameterTrainingJobDefinition, index: number, validation: Validation): TuningDefinition {
    const { parameterRanges, trainingJobDefinitions } = this.props;
    const named = `Definition-${definition.definitionName}`;
    // Two definitions of the same name are reported by a check, and must not fail here.
    const id = Token.isUnresolved(definition.definitionName) || this.node.tryFindChild(named) ? `Definition${index}` : named;
    return new TuningDefinition(trainingJobDefinitions ? new Construct(this, id) : this, {
      definition,
      parameterRanges,
      role: definition.role ?? this.role,
      validation,
      property: trainingJobDefinitions ? `trainingJobDefinitions[${index}]` : 'trainingJobDefinition',
    });
  }

  private renderRequest(): RequestStructure {
    const { trainingJobDefinitions } = this.props;
    const definitions = this.definitions.map((definition) => definition.render());
    return {
      HyperParameterTuningJobConfig: this.renderConfig(),
      TrainingJobDefinition: trainingJobDefinitions ? undefined : definitions[0],
      TrainingJobDefinitions: trainingJobDefinitions ? definitions : undefined,
      WarmStartConfig: this.renderWarmStartConfig(),
      Autotune: this.props.enableAutotune ? { Mode: 'Enabled' } : undefined,
    };
  }

  private renderConfig(): RequestStructure {
    const { hyperbandStrategyConfig: hyperband, hyperParameterTuningJobObjective, parameterRanges, randomSeed, strategy } = this.props;
    const hyperbandConfig = structure({ MinResource: hyperband?.minResource, MaxResource: hyperband?.maxResource });
    return {
      Strategy: (strategy ?? HyperParameterTuningJobStrategyType.BAYESIAN).value,
      StrategyConfig: structure({ HyperbandStrategyConfig: hyperbandConfig }),
      HyperParameterTuningJobObjective: renderObjective(hyperParameterTuningJobObjective),
      ResourceLimits: this.renderResourceLimits(),
      ParameterRanges: renderRanges(parameterRanges),
      TrainingJobEarlyStoppingType: this.props.trainingJobEarlyStoppingType?.value,
      TuningJobCompletionCriteria: this.renderCompletionCriteria(),
      RandomSeed: randomSeed,
    };
  }

  private renderResourceLimits(): RequestStructure {
    return {
      MaxNumberOfTrainingJobs: this.props.maxNumberOfTrainingJobs,
      MaxParallelTrainingJobs: this.props.maxParallelTrainingJobs ?? 1,
      MaxRuntimeInSeconds: secondsOf(this.props.maxRuntime),
    };
  }

  private renderCompletionCriteria(): RequestStructure | undefined {
    const { completeOnConvergence, maxNumberOfTrainingJobsNotImproving, targetObjectiveMetricValue } = this.props;
    const convergence = completeOnConvergence === undefined ? undefined : completeOnConvergence ? 'Enabled' : 'Disabled';
    return structure({
      TargetObjectiveMetricValue: targetObjectiveMetricValue,
      BestObjectiveNotImproving: structure({ MaxNumberOfTrainingJobsNotImproving: maxNumberOfTrainingJobsNotImproving }),
      ConvergenceDetected: structure({ CompleteOnConvergence: convergence }),
    });
  }

  private renderWarmStartConfig(): RequestStructure | undefined {
    const config = this.props.warmStartConfig;
    return config && {
      ParentHyperParameterTuningJobs: config.parentHyperParameterTuningJobs.map(({ hyperParameterTuningJobName }) => ({
        HyperParameterTuningJobName: hyperParameterTuningJobName,
      })),
      WarmStartType: config.warmStartType.value,
    };
  }
}
