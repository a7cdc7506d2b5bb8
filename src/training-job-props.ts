import { DebugHookConfig, RuleConfiguration, TensorBoardOutputConfig } from './debugger';
import { ExperimentConfig, MlflowConfig, ModelPackageConfig } from './experiment';
import { JobOptions } from './job-options';
import { ProfilerConfig } from './profiler';
import { ServerlessJobConfig } from './serverless-job';
import { TrainingOptions } from './training-options';

/** What a training job is made of. */
export interface TrainingJobProps extends TrainingOptions, JobOptions {
  /**
   * The exact name of the job (`TrainingJobName`), 1 to 63 letters, digits and hyphens. A job cannot be changed, and two
   * jobs cannot have the same name: with an exact name, a change that needs a new job needs a new name, too.
   *
   * @default - `trainingJobNamePrefix` and a hash of what the job is
   */
  readonly trainingJobName?: string;

  /**
   * What the name of the job begins with, 1 to 52 letters, digits and hyphens. A hyphen and a hash of ten characters follow.
   *
   * @default - made of the names of the stack and of the construct
   */
  readonly trainingJobNamePrefix?: string;

  /**
   * Whether metrics are recorded as time series while the job trains
   * (`AlgorithmSpecification.EnableSageMakerMetricsTimeSeries`).
   *
   * @default - with algorithms and images of the service, and where there are metric definitions
   */
  readonly enableSageMakerMetricsTimeSeries?: boolean;

  /**
   * The command that the container runs instead of `train` (`AlgorithmSpecification.ContainerEntrypoint`), at most 100
   * words of up to 256 characters.
   *
   * @default - as the image says
   */
  readonly containerEntrypoint?: string[];

  /**
   * The arguments of the command (`AlgorithmSpecification.ContainerArguments`), at most 100 of up to 256 characters.
   *
   * @default - as the image says
   */
  readonly containerArguments?: string[];

  /**
   * What Debugger saves while the job trains (`DebugHookConfig`).
   *
   * @default - nothing
   */
  readonly debugHookConfig?: DebugHookConfig;

  /**
   * The rules that look at what is saved (`DebugRuleConfigurations`), at most 20.
   *
   * @default - none
   */
  readonly debugRuleConfigurations?: RuleConfiguration[];

  /**
   * Where the summaries for TensorBoard go (`TensorBoardOutputConfig`).
   *
   * @default - nowhere
   */
  readonly tensorBoardOutputConfig?: TensorBoardOutputConfig;

  /**
   * The experiment that the job belongs to (`ExperimentConfig`).
   *
   * @default - none
   */
  readonly experimentConfig?: ExperimentConfig;

  /**
   * What is measured while the job trains (`ProfilerConfig`). Can change while the job runs, and is no reason to train again.
   *
   * @default - as the service decides
   */
  readonly profilerConfig?: ProfilerConfig;

  /**
   * The rules that look at what is measured (`ProfilerRuleConfigurations`), at most 20. Can change while the job runs, and
   * are no reason to train again.
   *
   * @default - none
   */
  readonly profilerRuleConfigurations?: RuleConfiguration[];

  /**
   * Lets people connect to the container while it trains (`RemoteDebugConfig.EnableRemoteDebug`). Can change while the job
   * runs, and is no reason to train again.
   *
   * @default - they cannot connect
   */
  readonly enableRemoteDebug?: boolean;

  /**
   * Checks the health of the instances before the training (`InfraCheckConfig.EnableInfraCheck`).
   *
   * @default - no check
   */
  readonly enableInfraCheck?: boolean;

  /**
   * Uses the session tags of whoever creates the job for the job's role, too
   * (`SessionChainingConfig.EnableSessionTagChaining`).
   *
   * @default - the job's role has no session tags
   */
  readonly enableSessionTagChaining?: boolean;

  /**
   * Tunes or evaluates a base model without instances of your own (`ServerlessJobConfig`).
   *
   * @default - the job runs on the instances that the props say
   */
  readonly serverlessJobConfig?: ServerlessJobConfig;

  /**
   * The MLflow run that the job is recorded in (`MlflowConfig`).
   *
   * @default - none
   */
  readonly mlflowConfig?: MlflowConfig;

  /**
   * The model package that the job makes (`ModelPackageConfig`).
   *
   * @default - none
   */
  readonly modelPackageConfig?: ModelPackageConfig;
}
