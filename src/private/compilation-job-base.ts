import type { ICompilationJob } from '../compilation-job-interface';
import { JobBase } from './job-base';

/**
 * What can be done with a compilation job, whether it is of this app or not.
 *
 * @internal
 */
export abstract class CompilationJobBase extends JobBase implements ICompilationJob {
  /** The name of the job (`CompilationJobName`). */
  public abstract readonly compilationJobName: string;
  /** The ARN of the job (`CompilationJobArn`). */
  public abstract readonly compilationJobArn: string;
  /** @internal */
  protected readonly _kind = 'compilationJob';
}
