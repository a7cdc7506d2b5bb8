import { ObservableJobBase } from '../job/job';

/**
 * What a job is described with: strings, because that is what CloudFormation makes of all attributes.
 *
 * They are read on demand, because a value that is known only in the end cannot be read from a job that is not waited for.
 *
 * @internal
 */
export abstract class TrainingJobDescription extends ObservableJobBase<'trainingJob'> {
  /** When the job was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /** The S3 URI of the model (`ModelArtifacts.S3ModelArtifacts`). */
  public get s3ModelArtifacts(): string {
    return this._described('ModelArtifacts.S3ModelArtifacts', 's3ModelArtifacts');
  }

  /**
   * The status that the job ended with (`TrainingJobStatus`): `Completed`, or `Stopped` with `acceptStopped`.
   *
   * @attribute
   */
  public get trainingJobStatus(): string {
    return this._described('TrainingJobStatus', 'trainingJobStatus');
  }

  /** What the status means in detail (`SecondaryStatus`), such as `MaxRuntimeExceeded`. */
  public get secondaryStatus(): string {
    return this._described('SecondaryStatus', 'secondaryStatus');
  }

  /** When the training began on the instances (`TrainingStartTime`), an ISO 8601 date. */
  public get trainingStartTime(): string {
    return this._described('TrainingStartTime', 'trainingStartTime');
  }

  /** When the training ended and its results were stored (`TrainingEndTime`), an ISO 8601 date. */
  public get trainingEndTime(): string {
    return this._described('TrainingEndTime', 'trainingEndTime');
  }

  /** When the status of the job changed for the last time (`LastModifiedTime`), an ISO 8601 date. */
  public get lastModifiedTime(): string {
    return this._described('LastModifiedTime', 'lastModifiedTime');
  }

  /** How long the training took (`TrainingTimeInSeconds`), in seconds. */
  public get trainingTimeInSeconds(): string {
    return this._described('TrainingTimeInSeconds', 'trainingTimeInSeconds');
  }

  /** How much time each instance is billed for (`BillableTimeInSeconds`), in seconds. */
  public get billableTimeInSeconds(): string {
    return this._described('BillableTimeInSeconds', 'billableTimeInSeconds');
  }

  /** How many tokens a serverless job is billed for (`BillableTokenCount`). */
  public get billableTokenCount(): string {
    return this._described('BillableTokenCount', 'billableTokenCount');
  }

  /**
   * What has become of the instances of a job with `keepAlivePeriod` (`WarmPoolStatus.Status`): `Available`, `Reused`, `InUse` or `Terminated`.
   */
  public get warmPoolStatus(): string {
    return this._described('WarmPoolStatus.Status', 'warmPoolStatus');
  }

  /** How much time the kept instances are billed for (`WarmPoolStatus.ResourceRetainedBillableTimeInSeconds`), in seconds. */
  public get warmPoolBillableTimeInSeconds(): string {
    return this._described('WarmPoolStatus.ResourceRetainedBillableTimeInSeconds', 'warmPoolBillableTimeInSeconds');
  }

  /** The name of the job that took the kept instances over (`WarmPoolStatus.ReusedByJob`). */
  public get warmPoolReusedByJob(): string {
    return this._described('WarmPoolStatus.ReusedByJob', 'warmPoolReusedByJob');
  }

  /** The instance type that was taken of `instancePreferences` (`ResourceConfig.SelectedInstanceType`). */
  public get selectedInstanceType(): string {
    return this._described('ResourceConfig.SelectedInstanceType', 'selectedInstanceType');
  }

  /** How many instances of the selected type there were (`ResourceConfig.SelectedInstanceCount`). */
  public get selectedInstanceCount(): string {
    return this._described('ResourceConfig.SelectedInstanceCount', 'selectedInstanceCount');
  }

  /** Whether the job was measured (`ProfilingStatus`): `Enabled` or `Disabled`. */
  public get profilingStatus(): string {
    return this._described('ProfilingStatus', 'profilingStatus');
  }

  /** The id of the MLflow experiment (`MlflowDetails.MlflowExperimentId`). */
  public get mlflowExperimentId(): string {
    return this._described('MlflowDetails.MlflowExperimentId', 'mlflowExperimentId');
  }

  /** The id of the MLflow run (`MlflowDetails.MlflowRunId`). */
  public get mlflowRunId(): string {
    return this._described('MlflowDetails.MlflowRunId', 'mlflowRunId');
  }

  /** How many steps an epoch has (`ProgressInfo.TotalStepCountPerEpoch`). */
  public get totalStepCountPerEpoch(): string {
    return this._described('ProgressInfo.TotalStepCountPerEpoch', 'totalStepCountPerEpoch');
  }

  /** The step that the job ended with (`ProgressInfo.CurrentStep`). */
  public get currentStep(): string {
    return this._described('ProgressInfo.CurrentStep', 'currentStep');
  }

  /** The epoch that the job ended with (`ProgressInfo.CurrentEpoch`). */
  public get currentEpoch(): string {
    return this._described('ProgressInfo.CurrentEpoch', 'currentEpoch');
  }

  /** How many epochs there are at most (`ProgressInfo.MaxEpoch`). */
  public get maxEpoch(): string {
    return this._described('ProgressInfo.MaxEpoch', 'maxEpoch');
  }

  /** The ARN of the model package that the job has made (`OutputModelPackageArn`). */
  public get outputModelPackageArn(): string {
    return this._described('OutputModelPackageArn', 'outputModelPackageArn');
  }

  /**
   * The last value of a metric of the algorithm (`FinalMetricDataList`). The deployment fails if the job has not reported it.
   *
   * @param metricName the name of the metric, such as `validation:accuracy`
   */
  public finalMetric(metricName: string): string {
    return this._described(`FinalMetricDataList.${metricName}`, `finalMetric('${metricName}')`);
  }
}
