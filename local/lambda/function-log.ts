import { randomBytes } from 'node:crypto';
import type { LogSink, LogWriting } from '../logs';
import type { FunctionConfiguration } from '../services';
import { logGroupOf } from './function-environment';
import { FRAME, type Outcome, type Printed } from './process-messages';

/** Options of a function's log. */
export interface FunctionLogOptions {
  readonly sink: LogSink;
  /** The start time of the process. */
  readonly time: Date;
  /** Whether the role allows writing logs. If not, they are discarded. */
  readonly isWritten: boolean;
  readonly writing: LogWriting;
  /** Receives each line that the function prints. */
  readonly onLine: (line: string) => void;
}

/** The log stream of a function's process: the output of the function, and Lambda's records of its invocations. */
export class FunctionLog {
  readonly streamName: string;
  private readonly group: string;

  constructor(private readonly configuration: FunctionConfiguration, private readonly options: FunctionLogOptions) {
    const { functionName, logGroup } = configuration;
    this.group = logGroupOf(configuration);
    const date = options.time.toISOString().slice(0, 10).replaceAll('-', '/');
    // Functions can share a log group other than the one that Lambda creates.
    this.streamName = `${date}/${logGroup === undefined ? '' : functionName}[$LATEST]${randomBytes(16).toString('hex')}`;
  }

  /**
   * Appends a line of the process.
   *
   * @returns the ID of the invocation if the line is the last one of it
   */
  append(line: string): string | undefined {
    // Output without a line feed precedes the frame.
    const [text, frame] = line.split(FRAME);
    if (text !== '' || frame === undefined) this.print(text, text);
    if (frame === undefined) return undefined;
    const printed = JSON.parse(frame) as Printed;
    if ('ended' in printed) return printed.ended;
    const { level, requestId = 'undefined', time, message } = printed;
    this.print(`${new Date(time).toISOString()}\t${requestId}\t${level}\t${message}`, message);
    return undefined;
  }

  started(requestId: string): void {
    this.write(`START RequestId: ${requestId} Version: $LATEST`);
  }

  /** @param milliseconds The duration of the invocation, and of the initialization if this invocation started the process */
  ended(requestId: string, time: Date, outcome: Outcome, milliseconds: { readonly duration: number; readonly init?: number }): void {
    const { timeoutSeconds, memoryMb } = this.configuration;
    const { errorType = undefined, errorMessage = '', trace = [] } = 'error' in outcome ? outcome.error : {};
    const timedOut = errorType === 'Sandbox.Timedout';
    const exited = errorType === 'Runtime.ExitError';
    if (timedOut) {this.write(`${time.toISOString()} ${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`);} else if (exited) {this.write(`${errorMessage}\n${errorType}`);} else if (errorType !== undefined) {
      this.write(`${time.toISOString()}\t${requestId}\tERROR\tInvoke Error \t${JSON.stringify({ errorType, errorMessage, stack: trace })}`);
    }
    const { duration, init } = milliseconds;
    this.write(`END RequestId: ${requestId}`, [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${duration.toFixed(2)} ms`,
      `Billed Duration: ${Math.ceil(duration + (init ?? 0))} ms`,
      `Memory Size: ${memoryMb} MB`,
      // The memory use of a local process does not represent Lambda.
      `Max Memory Used: ${memoryMb} MB`,
      ...init === undefined ? [] : [`Init Duration: ${init.toFixed(2)} ms`],
      ...timedOut ? ['Status: timeout'] : exited ? ['Status: error', `Error Type: ${errorType}`] : [],
    ].join('\t'));
  }

  private print(event: string, message: string): void {
    if (this.options.isWritten) message.split('\n').forEach((line) => this.options.onLine(line));
    this.write(event);
  }

  private write(...messages: string[]): void {
    if (this.options.isWritten) this.options.sink.write(this.group, this.streamName, messages, this.options.writing);
  }
}
