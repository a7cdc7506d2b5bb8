import { BestTrainingJob } from '../best-training-job';
import { HyperParameterTuningJobBase } from './hyper-parameter-tuning-job-base';

/**
 * What a job is described with: strings, because that is what CloudFormation makes of all attributes.
 *
 * They are read on demand, because a value that is known only in the end cannot be read from a job that is not waited for.
 *
 * @internal
 */
export abstract class HyperParameterTuningJobAttributes extends HyperParameterTuningJobBase {
  public get hyperParameterTuningJobName(): string {
    return this._name;
  }

  public get hyperParameterTuningJobArn(): string {
    return this._arn;
  }

  /**
   * When the job was created (`CreationTime`), an ISO 8601 date.
   *
   * @attribute
   */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /**
   * The status that the job ended with (`HyperParameterTuningJobStatus`): `Completed`, or `Stopped` with `acceptStopped`.
   *
   * @attribute
   */
  public get hyperParameterTuningJobStatus(): string {
    return this._described('HyperParameterTuningJobStatus', 'hyperParameterTuningJobStatus');
  }

  /**
   * When the job ended (`HyperParameterTuningEndTime`), an ISO 8601 date.
   *
   * @attribute
   */
  public get hyperParameterTuningEndTime(): string {
    return this._described('HyperParameterTuningEndTime', 'hyperParameterTuningEndTime');
  }

  /**
   * When the status of the job changed for the last time (`LastModifiedTime`), an ISO 8601 date.
   *
   * @attribute
   */
  public get lastModifiedTime(): string {
    return this._described('LastModifiedTime', 'lastModifiedTime');
  }

  /**
   * How long the job ran (`ConsumedResources.RuntimeInSeconds`), in seconds.
   *
   * @attribute
   */
  public get consumedRuntimeInSeconds(): string {
    return this._described('ConsumedResources.RuntimeInSeconds', 'consumedRuntimeInSeconds');
  }

  /**
   * How many training jobs brought no improvement
   * (`TuningJobCompletionDetails.NumberOfTrainingJobsObjectiveNotImproving`).
   *
   * @attribute
   */
  public get numberOfTrainingJobsObjectiveNotImproving(): string {
    return this._described('TuningJobCompletionDetails.NumberOfTrainingJobsObjectiveNotImproving', 'numberOfTrainingJobsObjectiveNotImproving');
  }

  /**
   * When the service found that the objective had converged (`TuningJobCompletionDetails.ConvergenceDetectedTime`), an
   * ISO 8601 date.
   *
   * @attribute
   */
  public get convergenceDetectedTime(): string {
    return this._described('TuningJobCompletionDetails.ConvergenceDetectedTime', 'convergenceDetectedTime');
  }

  /**
   * How many training jobs were completed (`TrainingJobStatusCounters.Completed`).
   *
   * @attribute
   */
  public get completedTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.Completed', 'completedTrainingJobs');
  }

  /**
   * How many training jobs were under way in the end (`TrainingJobStatusCounters.InProgress`).
   *
   * @attribute
   */
  public get inProgressTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.InProgress', 'inProgressTrainingJobs');
  }

  /**
   * How many training jobs failed by an internal error of the service (`TrainingJobStatusCounters.RetryableError`).
   *
   * @attribute
   */
  public get retryableErrorTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.RetryableError', 'retryableErrorTrainingJobs');
  }

  /**
   * How many training jobs failed for good (`TrainingJobStatusCounters.NonRetryableError`).
   *
   * @attribute
   */
  public get nonRetryableErrorTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.NonRetryableError', 'nonRetryableErrorTrainingJobs');
  }

  /**
   * How many training jobs were stopped (`TrainingJobStatusCounters.Stopped`).
   *
   * @attribute
   */
  public get stoppedTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.Stopped', 'stoppedTrainingJobs');
  }

  /**
   * For how many training jobs the objective was found (`ObjectiveStatusCounters.Succeeded`).
   *
   * @attribute
   */
  public get succeededObjectives(): string {
    return this._described('ObjectiveStatusCounters.Succeeded', 'succeededObjectives');
  }

  /**
   * For how many training jobs the objective was still to be found in the end (`ObjectiveStatusCounters.Pending`).
   *
   * @attribute
   */
  public get pendingObjectives(): string {
    return this._described('ObjectiveStatusCounters.Pending', 'pendingObjectives');
  }

  /**
   * For how many training jobs the objective was not found (`ObjectiveStatusCounters.Failed`).
   *
   * @attribute
   */
  public get failedObjectives(): string {
    return this._described('ObjectiveStatusCounters.Failed', 'failedObjectives');
  }

  /** The best training job of this tuning job (`BestTrainingJob`). */
  public get bestTrainingJob(): BestTrainingJob {
    return this.trainingJob('BestTrainingJob', 'bestTrainingJob');
  }

  /** The best training job of this tuning job and of those that it learns from (`OverallBestTrainingJob`). */
  public get overallBestTrainingJob(): BestTrainingJob {
    return this.trainingJob('OverallBestTrainingJob', 'overallBestTrainingJob');
  }

  private trainingJob(member: string, property: string): BestTrainingJob {
    const described = (attribute: string, name: string) => this._described(`${member}.${attribute}`, `${property}.${name}`);
    return new class extends BestTrainingJob {
      /** @internal */
      protected _described(attribute: string, name: string): string {
        return described(attribute, name);
      }
    }();
  }
}
