import type { JobAttribute } from '../contract';
import { ObservableJobBase } from '../job/job';

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
  protected abstract _described(attribute: BestTrainingJobAttribute, name: string): string;
}

type BestTrainingJobAttribute = AttributeBelow<'BestTrainingJob'> & AttributeBelow<'OverallBestTrainingJob'>;

type AttributeBelow<Member extends string, A = JobAttribute<'hyperParameterTuningJob'>> = A extends `${Member}.${infer Rest}` ? Rest : never;

/**
 * What a job is described with: strings, because that is what CloudFormation makes of all attributes.
 *
 * They are read on demand, because a value that is known only in the end cannot be read from a job that is not waited for.
 *
 * @internal
 */
export abstract class HyperParameterTuningJobDescription extends ObservableJobBase<'hyperParameterTuningJob'> {
  /** When the job was created (`CreationTime`), an ISO 8601 date. */
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

  /** When the job ended (`HyperParameterTuningEndTime`), an ISO 8601 date. */
  public get hyperParameterTuningEndTime(): string {
    return this._described('HyperParameterTuningEndTime', 'hyperParameterTuningEndTime');
  }

  /** When the status of the job changed for the last time (`LastModifiedTime`), an ISO 8601 date. */
  public get lastModifiedTime(): string {
    return this._described('LastModifiedTime', 'lastModifiedTime');
  }

  /** How long the job ran (`ConsumedResources.RuntimeInSeconds`), in seconds. */
  public get consumedRuntimeInSeconds(): string {
    return this._described('ConsumedResources.RuntimeInSeconds', 'consumedRuntimeInSeconds');
  }

  /**
   * How many training jobs brought no improvement
   * (`TuningJobCompletionDetails.NumberOfTrainingJobsObjectiveNotImproving`).
   */
  public get numberOfTrainingJobsObjectiveNotImproving(): string {
    return this._described('TuningJobCompletionDetails.NumberOfTrainingJobsObjectiveNotImproving', 'numberOfTrainingJobsObjectiveNotImproving');
  }

  /**
   * When the service found that the objective had converged (`TuningJobCompletionDetails.ConvergenceDetectedTime`), an
   * ISO 8601 date.
   */
  public get convergenceDetectedTime(): string {
    return this._described('TuningJobCompletionDetails.ConvergenceDetectedTime', 'convergenceDetectedTime');
  }

  /** How many training jobs were completed (`TrainingJobStatusCounters.Completed`). */
  public get completedTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.Completed', 'completedTrainingJobs');
  }

  /** How many training jobs were under way in the end (`TrainingJobStatusCounters.InProgress`). */
  public get inProgressTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.InProgress', 'inProgressTrainingJobs');
  }

  /** How many training jobs failed by an internal error of the service (`TrainingJobStatusCounters.RetryableError`). */
  public get retryableErrorTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.RetryableError', 'retryableErrorTrainingJobs');
  }

  /** How many training jobs failed for good (`TrainingJobStatusCounters.NonRetryableError`). */
  public get nonRetryableErrorTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.NonRetryableError', 'nonRetryableErrorTrainingJobs');
  }

  /** How many training jobs were stopped (`TrainingJobStatusCounters.Stopped`). */
  public get stoppedTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.Stopped', 'stoppedTrainingJobs');
  }

  /** For how many training jobs the objective was found (`ObjectiveStatusCounters.Succeeded`). */
  public get succeededObjectives(): string {
    return this._described('ObjectiveStatusCounters.Succeeded', 'succeededObjectives');
  }

  /** For how many training jobs the objective was still to be found in the end (`ObjectiveStatusCounters.Pending`). */
  public get pendingObjectives(): string {
    return this._described('ObjectiveStatusCounters.Pending', 'pendingObjectives');
  }

  /** For how many training jobs the objective was not found (`ObjectiveStatusCounters.Failed`). */
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

  private trainingJob(member: 'BestTrainingJob' | 'OverallBestTrainingJob', property: string): BestTrainingJob {
    const described = (attribute: BestTrainingJobAttribute, name: string) => this._described(`${member}.${attribute}`, `${property}.${name}`);
    return new class extends BestTrainingJob {
      /** @internal */
      protected _described(attribute: BestTrainingJobAttribute, name: string): string {
        return described(attribute, name);
      }
    }();
  }
}
