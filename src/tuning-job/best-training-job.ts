import type { JobAttribute } from '../contract';
import { ObservableJobBase } from '../job/job';

/**
 * The best training job of a tuning job (`HyperParameterTrainingJobSummary`). All values are strings, because CloudFormation
 * converts all attributes to strings. Reading them requires that the tuning job waits for completion.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTrainingJobSummary.html
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
   * The S3 URI of its model (`ModelArtifacts.S3ModelArtifacts` in the description of the training job). The deployment fails if
   * the training job belongs to a parent tuning job and can no longer be described.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeTrainingJob.html
   */
  public get s3ModelArtifacts(): string {
    return this._described('ModelArtifacts.S3ModelArtifacts', 's3ModelArtifacts');
  }

  /** The value of its objective metric (`FinalHyperParameterTuningJobObjectiveMetric.Value`). */
  public get objectiveValue(): string {
    return this._described('FinalHyperParameterTuningJobObjectiveMetric.Value', 'objectiveValue');
  }

  /** The name of its objective metric (`FinalHyperParameterTuningJobObjectiveMetric.MetricName`). */
  public get objectiveMetricName(): string {
    return this._described('FinalHyperParameterTuningJobObjectiveMetric.MetricName', 'objectiveMetricName');
  }

  /** The name of its definition (`TrainingJobDefinitionName`), if the definition has one. */
  public get trainingJobDefinitionName(): string {
    return this._described('TrainingJobDefinitionName', 'trainingJobDefinitionName');
  }

  /** The final status of the training job (`TrainingJobStatus`). */
  public get trainingJobStatus(): string {
    return this._described('TrainingJobStatus', 'trainingJobStatus');
  }

  /** The status of its objective metric (`ObjectiveStatus`): `Succeeded`, `Pending` or `Failed`. */
  public get objectiveStatus(): string {
    return this._described('ObjectiveStatus', 'objectiveStatus');
  }

  /** The name of the tuning job that launched it (`TuningJobName`), if that is a parent tuning job. */
  public get tuningJobName(): string {
    return this._described('TuningJobName', 'tuningJobName');
  }

  /** The time when it was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime', 'creationTime');
  }

  /** The time when the training started (`TrainingStartTime`), an ISO 8601 date. */
  public get trainingStartTime(): string {
    return this._described('TrainingStartTime', 'trainingStartTime');
  }

  /** The time when the training ended (`TrainingEndTime`), an ISO 8601 date. */
  public get trainingEndTime(): string {
    return this._described('TrainingEndTime', 'trainingEndTime');
  }

  /**
   * Returns the value of a tuned hyperparameter (`TunedHyperParameters`). The deployment fails if the hyperparameter was not
   * tuned.
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
 * The description of a job. All values are strings, because CloudFormation converts all attributes to strings.
 *
 * They are read on demand, because values that are known only at the end require that the job waits for completion.
 *
 * @internal
 */
export abstract class HyperParameterTuningJobDescription extends ObservableJobBase {
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

  /** The runtime of the job in seconds (`ConsumedResources.RuntimeInSeconds`). */
  public get consumedRuntimeInSeconds(): string {
    return this._described('ConsumedResources.RuntimeInSeconds', 'consumedRuntimeInSeconds');
  }

  /**
   * The number of training jobs without an improvement (`TuningJobCompletionDetails.NumberOfTrainingJobsObjectiveNotImproving`).
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

  /** The number of completed training jobs (`TrainingJobStatusCounters.Completed`). */
  public get completedTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.Completed', 'completedTrainingJobs');
  }

  /** The number of training jobs in progress when the tuning job ended (`TrainingJobStatusCounters.InProgress`). */
  public get inProgressTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.InProgress', 'inProgressTrainingJobs');
  }

  /** The number of training jobs that failed with a retryable error (`TrainingJobStatusCounters.RetryableError`). */
  public get retryableErrorTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.RetryableError', 'retryableErrorTrainingJobs');
  }

  /**
   * The number of training jobs that failed with an error that is not retryable (`TrainingJobStatusCounters.NonRetryableError`).
   */
  public get nonRetryableErrorTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.NonRetryableError', 'nonRetryableErrorTrainingJobs');
  }

  /** The number of stopped training jobs (`TrainingJobStatusCounters.Stopped`). */
  public get stoppedTrainingJobs(): string {
    return this._described('TrainingJobStatusCounters.Stopped', 'stoppedTrainingJobs');
  }

  /** The number of training jobs with a known objective metric (`ObjectiveStatusCounters.Succeeded`). */
  public get succeededObjectives(): string {
    return this._described('ObjectiveStatusCounters.Succeeded', 'succeededObjectives');
  }

  /**
   * The number of training jobs whose objective metric was pending when the tuning job ended (`ObjectiveStatusCounters.Pending`).
   */
  public get pendingObjectives(): string {
    return this._described('ObjectiveStatusCounters.Pending', 'pendingObjectives');
  }

  /** The number of training jobs without an objective metric (`ObjectiveStatusCounters.Failed`). */
  public get failedObjectives(): string {
    return this._described('ObjectiveStatusCounters.Failed', 'failedObjectives');
  }

  /** The best training job of this tuning job (`BestTrainingJob`). */
  public get bestTrainingJob(): BestTrainingJob {
    return this.trainingJob('BestTrainingJob', 'bestTrainingJob');
  }

  /** The best training job of this tuning job and its parents (`OverallBestTrainingJob`). */
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

  /** @internal */
  protected override _described(attribute: JobAttribute<'hyperParameterTuningJob'>, property?: string): string {
    return super._described(attribute, property);
  }
}
