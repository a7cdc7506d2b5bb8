/**
 * The search strategy of a tuning job (`Strategy`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningJobConfig.html
 */
export class HyperParameterTuningJobStrategyType {
  /** Bayesian optimization: results of earlier training jobs determine the next values. */
  public static readonly BAYESIAN = new HyperParameterTuningJobStrategyType('Bayesian');
  /** Random search. */
  public static readonly RANDOM = new HyperParameterTuningJobStrategyType('Random');
  /**
   * Hyperband: training jobs with poor results are stopped early, and their resources are reallocated. See
   * `hyperbandStrategyConfig`.
   */
  public static readonly HYPERBAND = new HyperParameterTuningJobStrategyType('Hyperband');
  /** Grid search: every combination is tried once. Only for categorical ranges. */
  public static readonly GRID = new HyperParameterTuningJobStrategyType('Grid');

  /**
   * Returns the strategy for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): HyperParameterTuningJobStrategyType {
    return new HyperParameterTuningJobStrategyType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The resources, such as epochs, that Hyperband allocates to a training job (`HyperbandStrategyConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperbandStrategyConfig.html
 */
export interface HyperbandStrategyOptions {
  /**
   * The minimum resources of a training job before it can be stopped (`MinResource`), at least 1.
   *
   * @default - decided by SageMaker
   */
  readonly minResource?: number;

  /**
   * The maximum resources of a training job (`MaxResource`), at least 1. The maximum is 20,000 epochs.
   *
   * @default - the static hyperparameter `epochs`, `numepochs`, `n-epochs`, `n_epochs` or `num_epochs`
   */
  readonly maxResource?: number;
}

/**
 * The objective metric of a tuning job and its direction (`HyperParameterTuningJobObjective`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningJobObjective.html
 */
export class HyperParameterTuningJobObjective {
  /**
   * Returns an objective whose maximum is the best.
   *
   * @param metricName a metric of the algorithm, or one of `metricDefinitions`, 1 to 255 characters
   */
  public static maximize(metricName: string): HyperParameterTuningJobObjective {
    return new HyperParameterTuningJobObjective('Maximize', metricName);
  }

  /**
   * Returns an objective whose minimum is the best.
   *
   * @param metricName a metric of the algorithm, or one of `metricDefinitions`, 1 to 255 characters
   */
  public static minimize(metricName: string): HyperParameterTuningJobObjective {
    return new HyperParameterTuningJobObjective('Minimize', metricName);
  }

  /**
   * Returns an objective with a direction of the API.
   *
   * @param objectiveType the direction, `Maximize` or `Minimize`, or a token
   * @param metricName a metric of the algorithm, or one of `metricDefinitions`, 1 to 255 characters
   */
  public static of(objectiveType: string, metricName: string): HyperParameterTuningJobObjective {
    return new HyperParameterTuningJobObjective(objectiveType, metricName);
  }

  /**
   * @param objectiveType The direction (`Type`).
   * @param metricName The name of the metric (`MetricName`).
   */
  private constructor(public readonly objectiveType: string, public readonly metricName: string) {}
}

/**
 * Whether training jobs that are unlikely to become the best are stopped early (`TrainingJobEarlyStoppingType`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningJobConfig.html
 */
export class TrainingJobEarlyStoppingType {
  /** No early stopping. */
  public static readonly OFF = new TrainingJobEarlyStoppingType('Off');
  /** Early stopping. Cannot be combined with the Hyperband strategy, which has its own early stopping. */
  public static readonly AUTO = new TrainingJobEarlyStoppingType('Auto');

  /**
   * Returns the type for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): TrainingJobEarlyStoppingType {
    return new TrainingJobEarlyStoppingType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The differences between a tuning job and its parents (`WarmStartType`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningJobWarmStartConfig.html
 */
export class HyperParameterTuningJobWarmStartType {
  /**
   * The same data and algorithm. Ranges and the number of training jobs may differ. The overall best training job can belong to a
   * parent.
   */
  public static readonly IDENTICAL_DATA_AND_ALGORITHM = new HyperParameterTuningJobWarmStartType('IdenticalDataAndAlgorithm');
  /** Data, ranges, the number of training jobs and the version of the algorithm may differ. */
  public static readonly TRANSFER_LEARNING = new HyperParameterTuningJobWarmStartType('TransferLearning');

  /**
   * Returns the type for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): HyperParameterTuningJobWarmStartType {
    return new HyperParameterTuningJobWarmStartType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}
