/** How a tuning job chooses the values that it tries (`HyperParameterTuningJobStrategyType` of the API). */
export class HyperParameterTuningJobStrategyType {
  /** What was tried so far decides on what is tried next. */
  public static readonly BAYESIAN = new HyperParameterTuningJobStrategyType('Bayesian');
  /** Values are chosen at random. */
  public static readonly RANDOM = new HyperParameterTuningJobStrategyType('Random');
  /** Training jobs that do badly are stopped early and leave their time to others: see `hyperbandStrategyConfig`. */
  public static readonly HYPERBAND = new HyperParameterTuningJobStrategyType('Hyperband');
  /** Every combination is tried once, for categorical ranges only. */
  public static readonly GRID = new HyperParameterTuningJobStrategyType('Grid');

  /**
   * A strategy by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): HyperParameterTuningJobStrategyType {
    return new HyperParameterTuningJobStrategyType(value);
  }

  /** @param value The strategy as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** How much a training job gets of what Hyperband shares out, such as epochs (`HyperbandStrategyConfig` of the API). */
export interface HyperbandStrategyOptions {
  /**
   * How much a training job gets before it can be stopped (`MinResource`), at least 1.
   *
   * @default - as the service decides
   */
  readonly minResource?: number;

  /**
   * How much a training job gets at most (`MaxResource`), at least 1, in epochs up to 20,000.
   *
   * @default - what the static hyperparameters say under `epochs`, `numepochs`, `n-epochs`, `n_epochs` or `num_epochs`
   */
  readonly maxResource?: number;
}

/** The metric that decides which training job is best, and in which direction (`HyperParameterTuningJobObjective` of the API). */
export class HyperParameterTuningJobObjective {
  /**
   * The greatest value is the best.
   *
   * @param metricName a metric of the algorithm, or one of `metricDefinitions`, 1 to 255 characters
   */
  public static maximize(metricName: string): HyperParameterTuningJobObjective {
    return new HyperParameterTuningJobObjective('Maximize', metricName);
  }

  /**
   * The least value is the best.
   *
   * @param metricName a metric of the algorithm, or one of `metricDefinitions`, 1 to 255 characters
   */
  public static minimize(metricName: string): HyperParameterTuningJobObjective {
    return new HyperParameterTuningJobObjective('Minimize', metricName);
  }

  /**
   * An objective whose direction is given by its name in the API.
   *
   * @param objectiveType the direction, `Maximize` or `Minimize`, or a token
   * @param metricName a metric of the algorithm, or one of `metricDefinitions`, 1 to 255 characters
   */
  public static of(objectiveType: string, metricName: string): HyperParameterTuningJobObjective {
    return new HyperParameterTuningJobObjective(objectiveType, metricName);
  }

  /**
   * @param objectiveType The direction as the API spells it (`Type`).
   * @param metricName The name of the metric (`MetricName`).
   */
  private constructor(public readonly objectiveType: string, public readonly metricName: string) {}
}

/** Whether training jobs are stopped that are unlikely to become the best (`TrainingJobEarlyStoppingType` of the API). */
export class TrainingJobEarlyStoppingType {
  /** They are not stopped. */
  public static readonly OFF = new TrainingJobEarlyStoppingType('Off');
  /** They are stopped, but not together with the Hyperband strategy, which does that in a way of its own. */
  public static readonly AUTO = new TrainingJobEarlyStoppingType('Auto');

  /**
   * A type by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): TrainingJobEarlyStoppingType {
    return new TrainingJobEarlyStoppingType(value);
  }

  /** @param value The type as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** How a tuning job and those that it learns from differ (`HyperParameterTuningJobWarmStartType` of the API). */
export class HyperParameterTuningJobWarmStartType {
  /**
   * Data and algorithm are the same, ranges and the number of training jobs may differ. The overall best training job can
   * be one of an earlier tuning job.
   */
  public static readonly IDENTICAL_DATA_AND_ALGORITHM = new HyperParameterTuningJobWarmStartType('IdenticalDataAndAlgorithm');
  /** Data, ranges, number of training jobs and the version of the algorithm may differ. */
  public static readonly TRANSFER_LEARNING = new HyperParameterTuningJobWarmStartType('TransferLearning');

  /**
   * A type by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): HyperParameterTuningJobWarmStartType {
    return new HyperParameterTuningJobWarmStartType(value);
  }

  /** @param value The type as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}
