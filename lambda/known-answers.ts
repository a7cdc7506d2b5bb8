import { fitting } from './attributes';
import type { KnownAnswer, Memo } from './events';
import type { Api } from './handler-services';
import { isAccessDenied, isThrottled, isTransient } from './service-errors';
import { digest } from '../src/identity';

/**
 * SageMaker for one step. No call is repeated, unless the step has changed its object. If a call fails transiently, such as by
 * throttling, the next step resumes at this call.
 */
export class KnownAnswers implements Api {
  /** Whether the step resumes an interrupted one, so that its failure may have an earlier cause. */
  isResumed: boolean;
  /** Whether the last call failed transiently. */
  isInterrupted = false;
  private readonly answers: Map<string, KnownAnswer>;

  constructor(private readonly sageMaker: Api, private readonly memo: Memo) {
    this.isResumed = memo.answers !== undefined;
    this.answers = new Map(Object.entries(memo.answers ?? {}));
  }

  async call(operation: string, input: Record<string, unknown>): Promise<Record<string, any>> {
    const call = `${operation}-${digest(input, 10)}`;
    const { error, output } = this.answers.get(call) ?? {};
    if (error) throw Object.assign(new Error(error.message), { name: error.name });
    if (output) return output;
    const about = (input.ResourceArn ?? input[operation.replace(/^[A-Z][a-z]+(.*)$/, '$1Name')]) as string | undefined;
    this.isInterrupted = false;
    // The response to a create request is current.
    if (operation.startsWith('Create')) this.isResumed = false;
    try {
      const answer = await this.sageMaker.call(operation, input);
      if (this.isResumed) delete this.memo.consecutiveFailures;
      this.note(call, { about, output: answer });
      return answer;
    } catch (failure) {
      this.isInterrupted = isTransient(failure);
      const { name, message } = failure as Error;
      // A throttled call has changed nothing. A call with a lost response may have changed something.
      if (!isThrottled(failure)) this.note(call, { about, error: { name, message } }, this.isInterrupted || isAccessDenied(failure));
      throw failure;
    }
  }

  /** Returns the answers for the next step, in the order of the calls, as many as fit. */
  kept(maxBytes: number): Memo['answers'] {
    return fitting(Object.fromEntries(this.answers), [], maxBytes);
  }

  private note(call: string, answer: KnownAnswer, mayPass = false): void {
    if (!READS.test(call)) {
      for (const [other, { about }] of this.answers) if (READS.test(other) && about === answer.about) this.answers.delete(other);
    }
    if (!mayPass) this.answers.set(call, answer);
  }
}

const READS = /^(Describe|List)/;
