import { IObservableJob } from './job-interface';

/** A hyperparameter tuning job, of this app or not. */
export interface IHyperParameterTuningJob extends IObservableJob {
  /**
   * The name of the job (`HyperParameterTuningJobName`).
   *
   * @attribute
   */
  readonly hyperParameterTuningJobName: string;

  /**
   * The ARN of the job (`HyperParameterTuningJobArn`).
   *
   * @attribute
   */
  readonly hyperParameterTuningJobArn: string;
}
