import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IDependable } from 'constructs';
import { renderMlflowConfig, renderModelPackageConfig } from './model-tracking';
import { renderServerlessJobConfig } from './serverless-job';
import { TrainingDefinition } from './training-definition';
import type { TrainingJobOptions } from './training-job-props';
import { renderExperimentConfig } from '../job/experiment';
import type { JobRequest } from '../job/job-request';
import { nonEmpty, type RequestStructure, stringMap, structure } from '../job/request-members';
import type { Validation } from '../validation/construct-validation';

/** The request of a training job, whose resources and permissions are created in a scope. */
export class TrainingRequest implements JobRequest {
  readonly definition: TrainingDefinition;
  readonly roles: readonly iam.IRole[];

  constructor(scope: Construct, private readonly options: TrainingJobOptions, role: iam.IRole, validation: Validation) {
    this.roles = [role];
    this.definition = new TrainingDefinition(scope, { options, role, validation, trainingJob: options });
  }

  get connections(): ec2.Connections | undefined {
    return this.definition.connections;
  }

  get dependencies(): readonly IDependable[] {
    return this.definition.dependencies;
  }

  get trainingPlanArns(): readonly string[] {
    return this.definition.trainingPlanArns;
  }

  render(): RequestStructure {
    const { definition, options } = this;
    const { debugging } = definition;
    return {
      HyperParameters: stringMap(options.hyperParameters),
      AlgorithmSpecification: this.renderAlgorithmSpecification(),
      ...definition.render(),
      DebugHookConfig: debugging.debugHookConfig,
      DebugRuleConfigurations: debugging.debugRuleConfigurations,
      TensorBoardOutputConfig: debugging.tensorBoardOutputConfig,
      ExperimentConfig: renderExperimentConfig(options.experimentConfig),
      ProfilerConfig: debugging.profilerConfig,
      ProfilerRuleConfigurations: debugging.profilerRuleConfigurations,
      Environment: definition.renderEnvironment(),
      RetryStrategy: definition.renderRetryStrategy(),
      RemoteDebugConfig: structure({ EnableRemoteDebug: options.enableRemoteDebug }),
      InfraCheckConfig: structure({ EnableInfraCheck: options.enableInfraCheck }),
      SessionChainingConfig: structure({ EnableSessionTagChaining: options.enableSessionTagChaining }),
      ServerlessJobConfig: renderServerlessJobConfig(options.serverlessJobConfig),
      MlflowConfig: renderMlflowConfig(options.mlflowConfig),
      ModelPackageConfig: renderModelPackageConfig(options.modelPackageConfig),
    };
  }

  private renderAlgorithmSpecification(): RequestStructure | undefined {
    const algorithm = this.definition.renderAlgorithm();
    return algorithm && {
      ...algorithm,
      EnableSageMakerMetricsTimeSeries: this.options.enableSageMakerMetricsTimeSeries,
      ContainerEntrypoint: nonEmpty(this.options.containerEntrypoint),
      ContainerArguments: nonEmpty(this.options.containerArguments),
      TrainingImageConfig: this.definition.renderTrainingImageConfig(),
    };
  }
}
