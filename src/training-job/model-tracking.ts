import { type RequestStructure, structure } from '../job/request-members';

/**
 * The MLflow run of a job (`MlflowConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MlflowConfig.html
 */
export interface MlflowOptions {
  /** The ARN of the MLflow tracking server or app (`MlflowResourceArn`), at most 2048 characters. */
  readonly mlflowResourceArn: string;

  /**
   * The name of the experiment (`MlflowExperimentName`), 1 to 256 characters.
   *
   * @default - decided by SageMaker
   */
  readonly mlflowExperimentName?: string;

  /**
   * The name of the run (`MlflowRunName`), 1 to 256 characters.
   *
   * @default - decided by SageMaker
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

/**
 * The model package of a job's output (`ModelPackageConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelPackageConfig.html
 */
export interface ModelPackageOptions {
  /** The ARN of the model package group of the output (`ModelPackageGroupArn`), at most 2048 characters. */
  readonly modelPackageGroupArn: string;

  /**
   * The ARN of the source model package for fine-tuning or evaluation (`SourceModelPackageArn`), at most 2048 characters.
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
