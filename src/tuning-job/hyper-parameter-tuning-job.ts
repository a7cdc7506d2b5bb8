import { ITaggableV2, TagManager, TagType, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { HyperParameterTrainingJobDefinition } from './hyper-parameter-training-job-definition';
import { HyperParameterTuningJobAttributes, HyperParameterTuningJobProps, IHyperParameterTuningJob } from './hyper-parameter-tuning-job-props';
import { renderObjective, renderRanges, TuningDefinition } from './tuning-definition';
import { HyperParameterTuningJobDescription } from './tuning-job-description';
import { HyperParameterTuningJobStrategyType } from './tuning-options';
import { RESOURCE_TYPE } from '../contract';
import { objectiveChecks } from './tuning-checks';
import { tuningLimitSeconds } from './tuning-limit';
import { createJobRole } from '../execution-role/execution-role';
import { environmentOfJob, importedModel, jobArn, jobNameOf } from '../job/job';
import { exactName, jobNameChecks } from '../job/job-name';
import { type RequestStructure, secondsOf, structure } from '../job/request-members';
import { atMostOneOf, type Check, Validation } from '../validation/construct-validation';
import { lostProperties, typedProps } from '../validation/property-types';

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

  /** The execution role of the training jobs. If every definition specifies one, the role of the first definition. */
  public readonly role: iam.IRole;
  /** The tags of the job and of the training jobs that it launches. Use `Tags.of()` to change them. */
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
      name: exactName(props.hyperParameterTuningJobName),
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

  /** Checks of props that do not appear in the request. */
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
    // A check reports two definitions with the same name. They must not throw an error here.
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
