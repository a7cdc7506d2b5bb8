import type { JobAttribute } from '../contract';
import { S3Location } from '../data/s3-location';

/**
 * The best training job of a tuning job (`HyperParameterTrainingJobSummary`). All values are strings, because CloudFormation
 * converts all attributes to strings. Reading them requires that the tuning job waits for completion.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTrainingJobSummary.html
 */
export class BestTrainingJob {
  /** @internal */
  public static _of(description: BestTrainingJobDescription): BestTrainingJob {
    return new BestTrainingJob(description);
  }

  private constructor(private readonly description: BestTrainingJobDescription) {}

  /** The name of the training job (`TrainingJobName`). */
  public get trainingJobName(): string {
    return this.described('TrainingJobName', 'trainingJobName');
  }

  /** The ARN of the training job (`TrainingJobArn`). */
  public get trainingJobArn(): string {
    return this.described('TrainingJobArn', 'trainingJobArn');
  }

  /**
   * The S3 URI of its model (`ModelArtifacts.S3ModelArtifacts` in the description of the training job). The deployment fails if
   * the training job belongs to a parent tuning job and can no longer be described.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeTrainingJob.html
   */
  public get s3ModelArtifacts(): string {
    return this.described('ModelArtifacts.S3ModelArtifacts', 's3ModelArtifacts');
  }

  /**
   * Its model, as an input of another construct, such as `InputChannel.fromS3()`. The construct is granted permission to read the
   * output of the tuning job.
   */
  public get modelArtifacts(): S3Location {
    return this.description.modelArtifacts(() => this.s3ModelArtifacts);
  }

  /**
   * The value of its objective metric (`FinalHyperParameterTuningJobObjectiveMetric.Value`).
   *
   * A string. Where a number is required, use `Token.asNumber()`.
   */
  public get objectiveValue(): string {
    return this.described('FinalHyperParameterTuningJobObjectiveMetric.Value', 'objectiveValue');
  }

  /** The name of its objective metric (`FinalHyperParameterTuningJobObjectiveMetric.MetricName`). */
  public get objectiveMetricName(): string {
    return this.described('FinalHyperParameterTuningJobObjectiveMetric.MetricName', 'objectiveMetricName');
  }

  /** The name of its definition (`TrainingJobDefinitionName`), if the definition has one. */
  public get trainingJobDefinitionName(): string {
    return this.described('TrainingJobDefinitionName', 'trainingJobDefinitionName');
  }

  /** The final status of the training job (`TrainingJobStatus`). */
  public get trainingJobStatus(): string {
    return this.described('TrainingJobStatus', 'trainingJobStatus');
  }

  /** The status of its objective metric (`ObjectiveStatus`): `Succeeded`, `Pending` or `Failed`. */
  public get objectiveStatus(): string {
    return this.described('ObjectiveStatus', 'objectiveStatus');
  }

  /** The name of the tuning job that launched it (`TuningJobName`), if that is a parent tuning job. */
  public get tuningJobName(): string {
    return this.described('TuningJobName', 'tuningJobName');
  }

  /** The time when it was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this.described('CreationTime', 'creationTime');
  }

  /** The time when the training started (`TrainingStartTime`), an ISO 8601 date. */
  public get trainingStartTime(): string {
    return this.described('TrainingStartTime', 'trainingStartTime');
  }

  /** The time when the training ended (`TrainingEndTime`), an ISO 8601 date. */
  public get trainingEndTime(): string {
    return this.described('TrainingEndTime', 'trainingEndTime');
  }

  /**
   * Returns the value of a tuned hyperparameter (`TunedHyperParameters`). The deployment fails if the hyperparameter was not
   * tuned.
   *
   * @param parameterName the name of the hyperparameter
   */
  public hyperParameter(parameterName: string): string {
    return this.described(`TunedHyperParameters.${parameterName}`, `hyperParameter('${parameterName}')`);
  }

  private described(attribute: BestTrainingJobAttribute, name: string): string {
    return this.description.described(attribute, name);
  }
}

/** The description of a best training job by its tuning job. */
export interface BestTrainingJobDescription {
  readonly described: (attribute: BestTrainingJobAttribute, name: string) => string;
  readonly modelArtifacts: (uri: () => string) => S3Location;
}

/** The described values of a best training job. */
export type BestTrainingJobAttribute = AttributeBelow<'BestTrainingJob'> & AttributeBelow<'OverallBestTrainingJob'>;

type AttributeBelow<Member extends string, A = JobAttribute<'hyperParameterTuningJob'>> = A extends `${Member}.${infer Rest}` ? Rest : never;
