import { Token, Tokenization } from 'aws-cdk-lib';
import type { JobAttribute } from '../contract';
import { S3Location } from '../data/s3-location';
import { MeasuredJobBase } from '../job/job';
import { JobOutputLocation } from '../job/job-output-location';

/** Options of a metric that is read from a job. */
export interface FinalMetricOptions {
  /**
   * The value if the job has not reported the metric. All calls for a metric of a job must specify the same one.
   *
   * @default - the deployment fails if the job has not reported the metric
   */
  readonly fallback?: number;
}

/**
 * The description of a job. All values are strings, because CloudFormation converts all attributes of custom resources to strings.
 *
 * They are read on demand, because values that are known only at the end require that the job waits for completion.
 *
 * @internal
 */
export abstract class TrainingJobDescription extends MeasuredJobBase {
  /** @internal */
  protected _modelCompressionTypes: readonly string[] = [];

  /** The time when the job was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /** The S3 URI of the model (`ModelArtifacts.S3ModelArtifacts`). */
  public get s3ModelArtifacts(): string {
    return this._described('ModelArtifacts.S3ModelArtifacts', 's3ModelArtifacts');
  }

  /** The model, as an input of another construct, which is granted permission to read it. */
  public get modelArtifacts(): S3Location {
    return new JobOutputLocation('modelArtifacts', () => this.s3ModelArtifacts, (grantee) => this.grantReadOutput(grantee), this._modelCompressionTypes);
  }

  /**
   * The final status of the job (`TrainingJobStatus`): `Completed`, or `Stopped` with `acceptStopped`.
   *
   * @attribute
   */
  public get trainingJobStatus(): string {
    return this._described('TrainingJobStatus', 'trainingJobStatus');
  }

  /** The final secondary status of the job (`SecondaryStatus`), such as `MaxRuntimeExceeded`. */
  public get secondaryStatus(): string {
    return this._described('SecondaryStatus', 'secondaryStatus');
  }

  /** The time when the training started on the instances (`TrainingStartTime`), an ISO 8601 date. */
  public get trainingStartTime(): string {
    return this._described('TrainingStartTime', 'trainingStartTime');
  }

  /** The time when the training ended and the results were stored (`TrainingEndTime`), an ISO 8601 date. */
  public get trainingEndTime(): string {
    return this._described('TrainingEndTime', 'trainingEndTime');
  }

  /** The time of the last status change (`LastModifiedTime`), an ISO 8601 date. */
  public get lastModifiedTime(): string {
    return this._described('LastModifiedTime', 'lastModifiedTime');
  }

  /**
   * The training time in seconds (`TrainingTimeInSeconds`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get trainingTimeInSeconds(): string {
    return this._described('TrainingTimeInSeconds', 'trainingTimeInSeconds');
  }

  /**
   * The billable time of each instance in seconds (`BillableTimeInSeconds`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get billableTimeInSeconds(): string {
    return this._described('BillableTimeInSeconds', 'billableTimeInSeconds');
  }

  /**
   * The billable tokens of a serverless job (`BillableTokenCount`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get billableTokenCount(): string {
    return this._described('BillableTokenCount', 'billableTokenCount');
  }

  /**
   * The status of the warm pool of a job with `keepAlivePeriod` (`WarmPoolStatus.Status`): `Available`, `Reused`, `InUse` or
   * `Terminated`.
   */
  public get warmPoolStatus(): string {
    return this._described('WarmPoolStatus.Status', 'warmPoolStatus');
  }

  /**
   * The billable time of the retained instances in seconds (`WarmPoolStatus.ResourceRetainedBillableTimeInSeconds`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get warmPoolBillableTimeInSeconds(): string {
    return this._described('WarmPoolStatus.ResourceRetainedBillableTimeInSeconds', 'warmPoolBillableTimeInSeconds');
  }

  /** The name of the job that reused the warm pool (`WarmPoolStatus.ReusedByJob`). */
  public get warmPoolReusedByJobName(): string {
    return this._described('WarmPoolStatus.ReusedByJob', 'warmPoolReusedByJobName');
  }

  /** The instance type that SageMaker selected from `instancePreferences` (`ResourceConfig.SelectedInstanceType`). */
  public get selectedInstanceType(): string {
    return this._described('ResourceConfig.SelectedInstanceType', 'selectedInstanceType');
  }

  /**
   * The number of instances of the selected type (`ResourceConfig.SelectedInstanceCount`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get selectedInstanceCount(): string {
    return this._described('ResourceConfig.SelectedInstanceCount', 'selectedInstanceCount');
  }

  /** The profiling status (`ProfilingStatus`): `Enabled` or `Disabled`. */
  public get profilingStatus(): string {
    return this._described('ProfilingStatus', 'profilingStatus');
  }

  /** The ID of the MLflow experiment (`MlflowDetails.MlflowExperimentId`). */
  public get mlflowExperimentId(): string {
    return this._described('MlflowDetails.MlflowExperimentId', 'mlflowExperimentId');
  }

  /** The ID of the MLflow run (`MlflowDetails.MlflowRunId`). */
  public get mlflowRunId(): string {
    return this._described('MlflowDetails.MlflowRunId', 'mlflowRunId');
  }

  /**
   * The number of steps in an epoch (`ProgressInfo.TotalStepCountPerEpoch`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get totalStepCountPerEpoch(): string {
    return this._described('ProgressInfo.TotalStepCountPerEpoch', 'totalStepCountPerEpoch');
  }

  /**
   * The last step of the job (`ProgressInfo.CurrentStep`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get currentStep(): string {
    return this._described('ProgressInfo.CurrentStep', 'currentStep');
  }

  /**
   * The last epoch of the job (`ProgressInfo.CurrentEpoch`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get currentEpoch(): string {
    return this._described('ProgressInfo.CurrentEpoch', 'currentEpoch');
  }

  /**
   * The maximum number of epochs (`ProgressInfo.MaxEpoch`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get maxEpoch(): string {
    return this._described('ProgressInfo.MaxEpoch', 'maxEpoch');
  }

  /** The ARN of the model package that the job created (`OutputModelPackageArn`). */
  public get outputModelPackageArn(): string {
    return this._described('OutputModelPackageArn', 'outputModelPackageArn');
  }

  /**
   * Returns the last value of an algorithm metric (`FinalMetricDataList`). The deployment fails if the job has not reported the
   * metric, unless `fallback` is specified.
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   *
   * @param metricName the name of the metric, such as `validation:accuracy`
   * @param options the value of a metric that the job has not reported
   */
  public finalMetric(metricName: string, options: FinalMetricOptions = {}): string {
    const { fallback } = options;
    if (Token.isUnresolved(metricName)) throw new Error(`${this.node.path}: finalMetric: the name of the metric must be known at synthesis; got a token`);
    return this._described(`FinalMetricDataList.${metricName}`, `finalMetric('${metricName}')`, {
      fallback: fallback === undefined ? undefined : Tokenization.stringifyNumber(fallback),
    });
  }

  /** @internal */
  protected override _described(attribute: JobAttribute<'trainingJob'>, property?: string, options?: { readonly fallback?: string }): string {
    return super._described(attribute, property, options);
  }
}
