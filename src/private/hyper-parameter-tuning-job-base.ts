import type { IHyperParameterTuningJob } from '../hyper-parameter-tuning-job-interface';
import { ObservableJobBase } from './job-base';

/**
 * What can be done with a tuning job, whether it is of this app or not.
 *
 * @internal
 */
export abstract class HyperParameterTuningJobBase extends ObservableJobBase implements IHyperParameterTuningJob {
  /** The name of the job (`HyperParameterTuningJobName`). */
  public abstract readonly hyperParameterTuningJobName: string;
  /** The ARN of the job (`HyperParameterTuningJobArn`). */
  public abstract readonly hyperParameterTuningJobArn: string;
  /** @internal */
  protected readonly _kind = 'hyperParameterTuningJob';
}
