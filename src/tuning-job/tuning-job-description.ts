import type { JobAttribute } from '../contract';
import { BestTrainingJob } from './best-training-job';
import { ObservableJobBase } from '../job/job';
import { JobOutputLocation } from '../job/job-output-location';

/**
 * The description of a job. All values are strings, because CloudFormation converts all attributes of custom resources to strings.
 *
 * They are read on demand, because values that are known only at the end require that the job waits for completion.
 *
 * @internal
 */
export abstract class HyperParameterTuningJobDescription extends ObservableJobBase {
  /** @internal */
  protected _modelCompressionTypes: readonly string[] = [];

  /** The time when the job was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /**
   * The final status of the job (`HyperParameterTuningJobStatus`): `Completed`, or `Stopped` with `acceptStopped`.
   *
   * @attribute
   */
  public get hyperParameterTuningJobStatus(): string {
    return this._described('HyperParameterTuningJobStatus', 'hyperParameterTuningJobStatus');
  }

  /** The time when the job ended (`HyperParameterTuningEndTime`), an ISO 8601 date. */
  public get hyperParameterTuningEndTime(): string {
    return this._described('HyperParameterTuningEndTime', 'hyperParameterTuningEndTime');
  }

  /** The time of the last status change (`LastModifiedTime`), an ISO 8601 date. */
  public get lastModifiedTime(): string {
    return this._described('LastModifiedTime', 'lastModifiedTime');
  }

  /**
   * The runtime of the job in seconds (`ConsumedResources.RuntimeInSeconds`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get consumedRuntimeInSeconds(): string {
    return this._described('ConsumedResources.RuntimeInSeconds', 'consumedRuntimeInSeconds');
  }

  /**
   * The number of training jobs without an improvement (`TuningJobCompletionDetails.NumberOfTrainingJobsObjectiveNotImproving`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get numberOfTrainingJobsObjectiveNotImproving(): string {
    return this._described('TuningJobCompletionDetails.NumberOfTrainingJobsObjectiveNotImproving', 'numberOfTrainingJobsObjectiveNotImproving');
  }

  /**
   * The time when SageMaker detected that the objective had converged (`TuningJobCompletionDetails.ConvergenceDetectedTime`), an
   * ISO 8601 date.
   */
  public get convergenceDetectedTime(): string {
    return this._described('TuningJobCompletionDetails.ConvergenceDetectedTime', 'convergenceDetectedTime');
  }

  /**
   * The number of completed training jobs (`TrainingJobStatusCounters.Completed`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get completedTrainingJobCount(): string {
    return this._described('TrainingJobStatusCounters.Completed', 'completedTrainingJobCount');
  }

  /**
   * The number of training jobs in progress when the tuning job ended (`TrainingJobStatusCounters.InProgress`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get inProgressTrainingJobCount(): string {
    return this._described('TrainingJobStatusCounters.InProgress', 'inProgressTrainingJobCount');
  }

  /**
   * The number of training jobs that failed with a retryable error (`TrainingJobStatusCounters.RetryableError`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get retryableErrorTrainingJobCount(): string {
    return this._described('TrainingJobStatusCounters.RetryableError', 'retryableErrorTrainingJobCount');
  }

  /**
   * The number of training jobs that failed with an error that is not retryable (`TrainingJobStatusCounters.NonRetryableError`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get nonRetryableErrorTrainingJobCount(): string {
    return this._described('TrainingJobStatusCounters.NonRetryableError', 'nonRetryableErrorTrainingJobCount');
  }

  /**
   * The number of stopped training jobs (`TrainingJobStatusCounters.Stopped`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get stoppedTrainingJobCount(): string {
    return this._described('TrainingJobStatusCounters.Stopped', 'stoppedTrainingJobCount');
  }

  /**
   * The number of training jobs with a known objective metric (`ObjectiveStatusCounters.Succeeded`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get succeededObjectiveCount(): string {
    return this._described('ObjectiveStatusCounters.Succeeded', 'succeededObjectiveCount');
  }

  /**
   * The number of training jobs whose objective metric was pending when the tuning job ended (`ObjectiveStatusCounters.Pending`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get pendingObjectiveCount(): string {
    return this._described('ObjectiveStatusCounters.Pending', 'pendingObjectiveCount');
  }

  /**
   * The number of training jobs without an objective metric (`ObjectiveStatusCounters.Failed`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get failedObjectiveCount(): string {
    return this._described('ObjectiveStatusCounters.Failed', 'failedObjectiveCount');
  }

  /**
   * The best training job of this tuning job (`BestTrainingJob`).
   *
   * Reading its values requires that the tuning job waits for completion.
   */
  public get bestTrainingJob(): BestTrainingJob {
    return this.trainingJob('BestTrainingJob', 'bestTrainingJob');
  }

  /** The best training job of this tuning job and its parents (`OverallBestTrainingJob`). */
  public get overallBestTrainingJob(): BestTrainingJob {
    return this.trainingJob('OverallBestTrainingJob', 'overallBestTrainingJob');
  }

  private trainingJob(member: 'BestTrainingJob' | 'OverallBestTrainingJob', property: string): BestTrainingJob {
    return BestTrainingJob._of({
      described: (attribute, name) => this._described(`${member}.${attribute}`, `${property}.${name}`),
      modelArtifacts: (uri) => new JobOutputLocation('modelArtifacts', uri, (grantee) => this.grantReadOutput(grantee), this._modelCompressionTypes),
    });
  }

  /** @internal */
  protected override _described(attribute: JobAttribute<'hyperParameterTuningJob'>, property?: string): string {
    return super._described(attribute, property);
  }
}
