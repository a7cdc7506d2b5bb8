import { ITaggableV2, TagManager, TagType, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { HyperParameterTrainingJobDefinition } from './hyper-parameter-training-job-definition';
import { IHyperParameterTuningJob } from './hyper-parameter-tuning-job-interface';
import { HyperParameterTuningJobProps } from './hyper-parameter-tuning-job-props';
import { RESOURCE_TYPE } from './private/contract';
import { HyperParameterTuningJobAttributes } from './private/hyper-parameter-tuning-job-attributes';
import { HyperParameterTuningJobBase } from './private/hyper-parameter-tuning-job-base';
import { jobArn, jobNameOf } from './private/job-base';
import { jobNameChecks } from './private/job-name-checks';
import { connectionsOf } from './private/job-network';
import { makeJobRole } from './private/job-role';
import { structure } from './private/request';
import { renderObjective, renderRanges, TuningDefinition } from './private/tuning-definition';
import { tuningJobChecks } from './private/tuning-job-checks';
import { tuningLimitSeconds } from './private/tuning-limit';
import { Validation } from './private/validation';
import { HyperParameterTuningJobStrategyType } from './tuning-options';

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
export class HyperParameterTuningJob extends HyperParameterTuningJobAttributes
  implements IHyperParameterTuningJob, iam.IGrantable, ec2.IConnectable, ITaggableV2 {
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
    class Import extends HyperParameterTuningJobBase {
      public readonly hyperParameterTuningJobArn = hyperParameterTuningJobArn;
      public readonly hyperParameterTuningJobName = jobNameOf(hyperParameterTuningJobArn);
      /** @internal */
      protected readonly _namePattern = this.hyperParameterTuningJobName;
    }
    return new Import(scope, id, { environmentFromArn: hyperParameterTuningJobArn });
  }

  /**
   * A tuning job that exists in the account and region of the stack, by its name.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param hyperParameterTuningJobName the name of the job
   */
  public static fromHyperParameterTuningJobName(scope: Construct, id: string, hyperParameterTuningJobName: string): IHyperParameterTuningJob {
    class Import extends HyperParameterTuningJobBase {
      public readonly hyperParameterTuningJobArn = jobArn(scope, 'hyperParameterTuningJob', hyperParameterTuningJobName);
      public readonly hyperParameterTuningJobName = hyperParameterTuningJobName;
      /** @internal */
      protected readonly _namePattern = hyperParameterTuningJobName;
    }
    return new Import(scope, id);
  }

  /** The role of the training jobs. If every definition has one of its own, that of the first. */
  public readonly role: iam.IRole;
  /** The principal of `role`. Definitions that have roles of their own are not included. */
  public readonly grantPrincipal: iam.IPrincipal;
  /** The tags of the job and of the training jobs that it launches. They are changed with `Tags.of()`. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.hyperParameterTuningJob);
  /** @internal */
  protected readonly _namePattern: string;

  private readonly definitions: readonly TuningDefinition[];
  private readonly maybeConnections?: ec2.Connections;

  constructor(scope: Construct, id: string, private readonly props: HyperParameterTuningJobProps) {
    super(scope, id, { physicalName: props.hyperParameterTuningJobName });
    const validation = new Validation(this);
    validation.add(
      ...jobNameChecks(this._kind, props.hyperParameterTuningJobName, props.hyperParameterTuningJobNamePrefix),
      ...tuningJobChecks(props),
    );

    const definitions = props.trainingJobDefinitions ?? (props.trainingJobDefinition ? [props.trainingJobDefinition] : []);
    const ownRoles = [...new Set(definitions.flatMap(({ role }) => role ?? []))];
    const allHaveRoles = definitions.length > 0 && definitions.every(({ role }) => role);
    const givenRole = allHaveRoles ? ownRoles[0] : props.role;
    this.role = givenRole ?? makeJobRole(this, this._kind);
    this.grantPrincipal = this.role.grantPrincipal;
    this.definitions = definitions.map((definition, index) => this.makeDefinition(definition, index, validation));
    const securityGroups = this.definitions.flatMap(({ training }) => training.connections?.securityGroups ?? []);
    this.maybeConnections = securityGroups.length > 0 ? new ec2.Connections({ securityGroups: [...new Set(securityGroups)] }) : undefined;

    const { namePattern } = this._create({
      validation,
      request: () => this.renderRequest(),
      tags: this.cdkTagManager,
      name: props.hyperParameterTuningJobName,
      namePrefix: props.hyperParameterTuningJobNamePrefix,
      options: props,
      jobLimitSeconds: tuningLimitSeconds(props, this.definitions),
      role: this.role,
      givenRole,
      furtherRoles: ownRoles.filter((role) => role !== this.role),
      dependencies: this.definitions.flatMap(({ training }) => training.dependencies),
    });
    this._namePattern = namePattern;
  }

  /** The security groups of the training jobs. Training jobs without a VPC have none: reading this then is an error. */
  public get connections(): ec2.Connections {
    return connectionsOf(this, this._kind, this.maybeConnections);
  }

  /**
   * Allows to read what the training jobs train, wherever it is stored and however it is encrypted: what the role of a model
   * that is made of it needs.
   *
   * @param grantee who may read it
   */
  public grantReadOutput(grantee: iam.IGrantable): void {
    this.definitions.forEach(({ training }) => training.grantReadOutput(grantee));
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

  private makeDefinition(definition: HyperParameterTrainingJobDefinition, index: number, validation: Validation): TuningDefinition {
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

  private renderRequest(): { [member: string]: any } {
    const { trainingJobDefinitions } = this.props;
    const definitions = this.definitions.map((definition) => definition.render());
    return {
      HyperParameterTuningJobConfig: this.renderConfig(),
      TrainingJobDefinition: trainingJobDefinitions ? undefined : definitions[0],
      TrainingJobDefinitions: trainingJobDefinitions ? definitions : undefined,
      WarmStartConfig: this.renderWarmStartConfig(),
      Autotune: this.props.autotune ? { Mode: 'Enabled' } : undefined,
    };
  }

  private renderConfig(): { [member: string]: any } {
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

  private renderResourceLimits(): { [member: string]: any } {
    return {
      MaxNumberOfTrainingJobs: this.props.maxNumberOfTrainingJobs,
      MaxParallelTrainingJobs: this.props.maxParallelTrainingJobs ?? 1,
      MaxRuntimeInSeconds: this.props.maxRuntime?.toSeconds(),
    };
  }

  private renderCompletionCriteria(): { [member: string]: any } | undefined {
    const { completeOnConvergence, maxNumberOfTrainingJobsNotImproving, targetObjectiveMetricValue } = this.props;
    const convergence = completeOnConvergence === undefined ? undefined : completeOnConvergence ? 'Enabled' : 'Disabled';
    return structure({
      TargetObjectiveMetricValue: targetObjectiveMetricValue,
      BestObjectiveNotImproving: structure({ MaxNumberOfTrainingJobsNotImproving: maxNumberOfTrainingJobsNotImproving }),
      ConvergenceDetected: structure({ CompleteOnConvergence: convergence }),
    });
  }

  private renderWarmStartConfig(): { [member: string]: any } | undefined {
    const config = this.props.warmStartConfig;
    return config && {
      ParentHyperParameterTuningJobs: config.parentHyperParameterTuningJobs.map(({ hyperParameterTuningJobName }) => ({
        HyperParameterTuningJobName: hyperParameterTuningJobName,
      })),
      WarmStartType: config.warmStartType.value,
    };
  }
}
