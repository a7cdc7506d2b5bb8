import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IDependable } from 'constructs';
import type { HyperParameterTrainingJobDefinition } from './hyper-parameter-training-job-definition';
import type { HyperParameterTuningJobOptions } from './hyper-parameter-tuning-job-props';
import { objectiveChecks } from './tuning-checks';
import { renderObjective, renderRanges, TuningDefinition } from './tuning-definition';
import { HyperParameterTuningJobStrategyType } from './tuning-options';
import type { JobRequest } from '../job/job-request';
import { type RequestStructure, secondsOf, structure } from '../job/request-members';
import { atMostOneOf, type Check, type Validation } from '../validation/construct-validation';

/** The request of a hyperparameter tuning job, whose resources and permissions are created in a scope. */
export class TuningRequest implements JobRequest {
  readonly definitions: readonly TuningDefinition[];
  /** The execution role of the training jobs. If every definition specifies one, the role of the first definition. */
  readonly role: iam.IRole;
  /** The role, if the user specified it. */
  readonly givenRole?: iam.IRole;
  /** Roles that the user specified for definitions, in addition to `role`. */
  readonly furtherRoles: readonly iam.IRole[];
  readonly connections?: ec2.Connections;
  readonly dependencies: readonly IDependable[];

  constructor(scope: Construct, private readonly options: HyperParameterTuningJobOptions, createRole: () => iam.IRole, validation: Validation) {
    validation.add(...this.checks());

    const definitions = options.trainingJobDefinitions ?? (options.trainingJobDefinition ? [options.trainingJobDefinition] : []);
    const ownRoles = [...new Set(definitions.flatMap(({ role }) => role ?? []))];
    const allHaveRoles = definitions.length > 0 && definitions.every(({ role }) => role);
    this.givenRole = allHaveRoles ? ownRoles[0] : options.role;
    this.role = this.givenRole ?? createRole();
    this.furtherRoles = ownRoles.filter((role) => role !== this.role);
    this.definitions = definitions.map((definition, index) => this.createDefinition(scope, definition, index, validation));
    this.dependencies = this.definitions.flatMap(({ training }) => training.dependencies);
    const securityGroups = this.definitions.flatMap(({ training }) => training.connections?.securityGroups ?? []);
    this.connections = securityGroups.length > 0 ? new ec2.Connections({ securityGroups: [...new Set(securityGroups)] }) : undefined;
  }

  get roles(): readonly iam.IRole[] {
    return [this.role, ...this.furtherRoles];
  }

  render(): RequestStructure {
    const { trainingJobDefinitions } = this.options;
    const definitions = this.definitions.map((definition) => definition.render());
    return {
      HyperParameterTuningJobConfig: this.renderConfig(),
      TrainingJobDefinition: trainingJobDefinitions ? undefined : definitions[0],
      TrainingJobDefinitions: trainingJobDefinitions ? definitions : undefined,
      WarmStartConfig: this.renderWarmStartConfig(),
      Autotune: this.options.enableAutotune ? { Mode: 'Enabled' } : undefined,
    };
  }

  /** Checks of props that do not appear in the request. */
  private checks(): Check[] {
    const { hyperParameterTuningJobObjective: objective, trainingJobDefinition, trainingJobDefinitions } = this.options;
    return [
      () => atMostOneOf({ trainingJobDefinition, trainingJobDefinitions }),
      ...trainingJobDefinition ? objectiveChecks('hyperParameterTuningJobObjective', objective, trainingJobDefinition) : [],
      ...(trainingJobDefinitions ?? []).flatMap((definition, index) => (
        objectiveChecks(`trainingJobDefinitions[${index}].tuningObjective`, definition.tuningObjective, definition))),
    ];
  }

  private createDefinition(
    scope: Construct, definition: HyperParameterTrainingJobDefinition, index: number, validation: Validation,
  ): TuningDefinition {
    const { parameterRanges, trainingJobDefinitions } = this.options;
    const named = `Definition-${definition.definitionName}`;
    // A check reports two definitions with the same name. They must not throw an error here.
    const id = Token.isUnresolved(definition.definitionName) || scope.node.tryFindChild(named) ? `Definition${index}` : named;
    return new TuningDefinition(trainingJobDefinitions ? new Construct(scope, id) : scope, {
      definition,
      parameterRanges,
      role: definition.role ?? this.role,
      validation,
      property: trainingJobDefinitions ? `trainingJobDefinitions[${index}]` : 'trainingJobDefinition',
    });
  }

  private renderConfig(): RequestStructure {
    const { hyperbandStrategyConfig: hyperband, hyperParameterTuningJobObjective, parameterRanges, randomSeed, strategy } = this.options;
    const hyperbandConfig = structure({ MinResource: hyperband?.minResource, MaxResource: hyperband?.maxResource });
    return {
      Strategy: (strategy ?? HyperParameterTuningJobStrategyType.BAYESIAN).value,
      StrategyConfig: structure({ HyperbandStrategyConfig: hyperbandConfig }),
      HyperParameterTuningJobObjective: renderObjective(hyperParameterTuningJobObjective),
      ResourceLimits: this.renderResourceLimits(),
      ParameterRanges: renderRanges(parameterRanges),
      TrainingJobEarlyStoppingType: this.options.trainingJobEarlyStoppingType?.value,
      TuningJobCompletionCriteria: this.renderCompletionCriteria(),
      RandomSeed: randomSeed,
    };
  }

  private renderResourceLimits(): RequestStructure {
    return {
      MaxNumberOfTrainingJobs: this.options.maxNumberOfTrainingJobs,
      MaxParallelTrainingJobs: this.options.maxParallelTrainingJobs ?? 1,
      MaxRuntimeInSeconds: secondsOf(this.options.maxRuntime),
    };
  }

  private renderCompletionCriteria(): RequestStructure | undefined {
    const { completeOnConvergence, maxNumberOfTrainingJobsNotImproving, targetObjectiveMetricValue } = this.options;
    const convergence = completeOnConvergence === undefined ? undefined : completeOnConvergence ? 'Enabled' : 'Disabled';
    return structure({
      TargetObjectiveMetricValue: targetObjectiveMetricValue,
      BestObjectiveNotImproving: structure({ MaxNumberOfTrainingJobsNotImproving: maxNumberOfTrainingJobsNotImproving }),
      ConvergenceDetected: structure({ CompleteOnConvergence: convergence }),
    });
  }

  private renderWarmStartConfig(): RequestStructure | undefined {
    const config = this.options.warmStartConfig;
    return config && {
      ParentHyperParameterTuningJobs: config.parentHyperParameterTuningJobs.map(({ hyperParameterTuningJobName }) => ({
        HyperParameterTuningJobName: hyperParameterTuningJobName,
      })),
      WarmStartType: config.warmStartType.value,
    };
  }
}
