import { type RequestStructure, structure } from '../job/request-members';

/** The experiment that a job belongs to (`ExperimentConfig` of the API). */
export interface ExperimentOptions {
  /**
   * The name of an experiment that exists (`ExperimentName`), at most 120 letters, digits and hyphens.
   *
   * @default - no experiment
   */
  readonly experimentName?: string;

  /**
   * The name of a trial that exists (`TrialName`), at most 120 letters, digits and hyphens.
   *
   * @default - a new trial
   */
  readonly trialName?: string;

  /**
   * The name that is shown for the job (`TrialComponentDisplayName`), at most 120 letters, digits and hyphens.
   *
   * @default - the name of the trial component
   */
  readonly trialComponentDisplayName?: string;

  /**
   * The name of the run that the job belongs to (`RunName`), at most 120 letters, digits and hyphens.
   *
   * @default - no run
   */
  readonly runName?: string;
}

export function renderExperimentConfig(config: ExperimentOptions | undefined): RequestStructure | undefined {
  return structure({
    ExperimentName: config?.experimentName,
    TrialName: config?.trialName,
    TrialComponentDisplayName: config?.trialComponentDisplayName,
    RunName: config?.runName,
  });
}

/** The MLflow run that a job is recorded in (`MlflowConfig` of the API). */
export interface MlflowOptions {
  /** The ARN of the MLflow tracking server or app (`MlflowResourceArn`), at most 2048 characters. */
  readonly mlflowResourceArn: string;

  /**
   * The name of the experiment (`MlflowExperimentName`), 1 to 256 characters.
   *
   * @default - as the service decides
   */
  readonly mlflowExperimentName?: string;

  /**
   * The name of the run (`MlflowRunName`), 1 to 256 characters.
   *
   * @default - as the service decides
   */
  readonly mlflowRunName?: string;
}

export function renderMlflowConfig(config: MlflowOptions | undefined): RequestStructure | undefined {
  return structure({
    MlflowResourceArn: config?.mlflowResourceArn,
    MlflowExperimentName: config?.mlflowExperimentName,
    MlflowRunName: config?.mlflowRunName,
  });
}

/** The model package that a job makes (`ModelPackageConfig` of the API). */
export interface ModelPackageOptions {
  /** The ARN of the model package group that gets the new package (`ModelPackageGroupArn`), at most 2048 characters. */
  readonly modelPackageGroupArn: string;

  /**
   * The ARN of the model package that is tuned further or evaluated (`SourceModelPackageArn`), at most 2048 characters.
   *
   * @default - the base model
   */
  readonly sourceModelPackageArn?: string;
}

export function renderModelPackageConfig(config: ModelPackageOptions | undefined): RequestStructure | undefined {
  return structure({
    ModelPackageGroupArn: config?.modelPackageGroupArn,
    SourceModelPackageArn: config?.sourceModelPackageArn,
  });
}
