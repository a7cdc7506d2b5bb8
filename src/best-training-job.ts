/**
 * The best training job that a tuning job has found (`HyperParameterTrainingJobSummary` of the API): strings, because that is
 * what CloudFormation makes of all attributes. They cannot be read from a tuning job that is not waited for.
 */
export abstract class BestTrainingJob {
  /** The name of the training job (`TrainingJobName`). */
  public get trainingJobName(): string {
    return this._described('TrainingJobName', 'trainingJobName');
  }

  /** The ARN of the training job (`TrainingJobArn`). */
  public get trainingJobArn(): string {
    return this._described('TrainingJobArn', 'trainingJobArn');
  }

  /**
   * The S3 URI of its model: `ModelArtifacts.S3ModelArtifacts` of the training job's own description. The deployment fails if that
   * is of an earlier tuning job and cannot be read any more.
   */
  public get s3ModelArtifacts(): string {
    return this._described('ModelArtifacts.S3ModelArtifacts', 's3ModelArtifacts');
  }

  /** The objective that it reached (`FinalHyperParameterTuningJobObjectiveMetric.Value`). */
  public get objectiveValue(): string {
    return this._described('FinalHyperParameterTuningJobObjectiveMetric.Value', 'objectiveValue');
  }

  /** The metric that is its objective (`FinalHyperParameterTuningJobObjectiveMetric.MetricName`). */
  public get objectiveMetricName(): string {
    return this._described('FinalHyperParameterTuningJobObjectiveMetric.MetricName', 'objectiveMetricName');
  }

  /** The name of its definition (`TrainingJobDefinitionName`), where that has one. */
  public get trainingJobDefinitionName(): string {
    return this._described('TrainingJobDefinitionName', 'trainingJobDefinitionName');
  }

  /** The status that it ended with (`TrainingJobStatus`). */
  public get trainingJobStatus(): string {
    return this._described('TrainingJobStatus', 'trainingJobStatus');
  }

  /** Whether its objective was found (`ObjectiveStatus`): `Succeeded`, `Pending` or `Failed`. */
  public get objectiveStatus(): string {
    return this._described('ObjectiveStatus', 'objectiveStatus');
  }

  /** The name of the tuning job that launched it (`TuningJobName`), where that is an earlier one. */
  public get tuningJobName(): string {
    return this._described('TuningJobName', 'tuningJobName');
  }

  /** When it was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime', 'creationTime');
  }

  /** When it began to train (`TrainingStartTime`), an ISO 8601 date. */
  public get trainingStartTime(): string {
    return this._described('TrainingStartTime', 'trainingStartTime');
  }

  /** When it had trained (`TrainingEndTime`), an ISO 8601 date. */
  public get trainingEndTime(): string {
    return this._described('TrainingEndTime', 'trainingEndTime');
  }

  /**
   * The value of a hyperparameter that was tuned (`TunedHyperParameters`). The deployment fails if it was not tuned.
   *
   * @param parameterName the name of the hyperparameter
   */
  public hyperParameter(parameterName: string): string {
    return this._described(`TunedHyperParameters.${parameterName}`, `hyperParameter('${parameterName}')`);
  }

  /** @internal */
  protected abstract _described(attribute: string, name: string): string;
}
