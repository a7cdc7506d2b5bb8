import type { KnownAnswer, Memo } from './events';
import type { SageMakerApi } from './handler-services';
import { isAccessDenied, isThrottled, isTransient } from './service-errors';
import { digest } from '../src/identity';

/**
 * SageMaker for one step. No call is made twice, unless the step has changed what it is about. Where a call fails for a
 * reason that may pass, such as throttling, the next step resumes at that call.
 */
export class KnownAnswers implements SageMakerApi {
  /** The step resumes one that was interrupted, so that its failure may have a cause of then. */
  isResumed: boolean;
  /** The last call failed for a reason that may pass. */
  isInterrupted = false;
  private readonly known: Map<string, KnownAnswer>;

  constructor(private readonly sageMaker: SageMakerApi, private readonly memo: Memo) {
    this.isResumed = memo.answers !== undefined;
    this.known = new Map(Object.entries(memo.answers ?? {}));
  }

  async call(operation: string, input: Record<string, unknown>): Promise<Record<string, any>> {
    const call = `${operation}-${digest(input, 10)}`;
    const { error, output } = this.known.get(call) ?? {};
    if (error) throw Object.assign(new Error(error.message), { name: error.name });
    if (output) return output;
    const about = (input.ResourceArn ?? input[operation.replace(/^[A-Z][a-z]+(.*)$/, '$1Name')]) as string | undefined;
    this.isInterrupted = false;
    // What SageMaker answers to a create request is true now.
    if (operation.startsWith('Create')) this.isResumed = false;
    try {
      const answer = await this.sageMaker.call(operation, input);
      if (this.isResumed) delete this.memo.consecutiveFailures;
      this.note(call, { about, output: answer });
      return answer;
    } catch (failure) {
      this.isInterrupted = isTransient(failure);
      const { name, message } = failure as Error;
      // A call that was throttled has changed nothing; one whose answer is lost may have.
      if (!isThrottled(failure)) this.note(call, { about, error: { name, message } }, this.isInterrupted || isAccessDenied(failure));
      throw failure;
    }
  }

  /** The answers for the next step, in the order of the calls, as many as fit. */
  kept(maxBytes: number): Memo['answers'] {
    let bytes = 0;
    return Object.fromEntries([...this.known].filter((entry) => {
      const size = Buffer.byteLength(JSON.stringify(entry)) + 1;
      const fits = bytes + size <= maxBytes;
      if (fits) bytes += size;
      return fits;
    }));
  }

  private note(call: string, answer: KnownAnswer, mayPass = false): void {
    if (!READS.test(call)) {
      for (const [other, { about }] of this.known) if (READS.test(other) && about === answer.about) this.known.delete(other);
    }
    if (!mayPass) this.known.set(call, answer);
  }
}

const READS = /^(Describe|List)/;
