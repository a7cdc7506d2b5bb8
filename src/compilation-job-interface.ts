import { IJob } from './job-interface';

/**
 * A compilation job, of this app or not.
 *
 * It has no rules for its changes of status, because the list of the events that the service sends has none for compilation
 * jobs: a rule for one might never match.
 */
export interface ICompilationJob extends IJob {
  /**
   * The name of the job (`CompilationJobName`).
   *
   * @attribute
   */
  readonly compilationJobName: string;

  /**
   * The ARN of the job (`CompilationJobArn`).
   *
   * @attribute
   */
  readonly compilationJobArn: string;
}
