import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Clock } from '../clock';
import type { CallingFunction, FunctionConfiguration, Json } from '../services';
import { Timer } from '../timer';
import type { FunctionLog } from './function-log';
import { InvocationError } from './invocation-error';
import { linesOf } from './lines-of';
import type { Invocation, Outcome, TimeUpdate } from './process-messages';

const RUNTIME = join(__dirname, 'runtime.cjs');
/** The maximum payload and response of a synchronous invocation, in bytes. */
export const MAX_PAYLOAD = 6 * 1024 * 1024;
/** Signals as Lambda names them. */
const SIGNALS: { readonly [signal: string]: string } = { SIGKILL: 'killed', SIGTERM: 'terminated', SIGABRT: 'aborted', SIGSEGV: 'segmentation fault' };

/** An execution environment: a process that serves one invocation at a time. */
export class FunctionProcess implements CallingFunction {
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  /** Settles when the handler is loaded or the process has ended. */
  private readonly ready: Promise<unknown>;
  /** The number of calls that currently take virtual time. */
  private pauses = 0;
  private resume?: () => void;
  private invoked = false;
  /** Called when all output of an invocation is complete. */
  private onPrinted?: (requestId: string) => void;
  private readonly forkedAt = performance.now();
  /** The duration of loading the handler, until it is reported. */
  private initMilliseconds?: number;

  constructor(
    readonly configuration: FunctionConfiguration,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly clock: Clock,
    private readonly log: FunctionLog,
  ) {
    this.child = fork(RUNTIME, {
      cwd: configuration.codeDirectory,
      env: environment,
      execArgv: [`--max-old-space-size=${configuration.memoryMb}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.closed = once(this.child, 'close');
    const loaded = new Promise((resolve) => this.child.once('message', resolve)).then(() => { this.initMilliseconds = performance.now() - this.forkedAt; });
    this.ready = Promise.race([loaded, this.closed]);
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      linesOf(stream, (line) => {
        const ended = log.append(line);
        if (ended !== undefined) this.onPrinted?.(ended);
      });
    }
  }

  /** Whether the process can serve another invocation. */
  get alive(): boolean {
    return this.child.connected && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The session token of the credentials that sign its calls. */
  get sessionToken(): string {
    return this.environment.AWS_SESSION_TOKEN!;
  }

  /** @param kill Whether to kill the process before it receives the event, or before its result arrives */
  async invoke(event: Json, kill?: 'before' | 'after'): Promise<Json> {
    const { functionArn, timeoutSeconds } = this.configuration;
    await this.ready;
    if (kill === 'before') await this.kill();
    const requestId = randomUUID();
    const now = this.clock.now();
    const invocation: Invocation = { requestId, functionArn, event, now, deadline: now + timeoutSeconds * 1000 };
    const init = this.initMilliseconds;
    this.initMilliseconds = undefined;
    this.log.started(requestId);
    const since = performance.now();
    const outcome = await this.send(invocation, timeoutSeconds, kill === 'after');
    this.log.ended(requestId, new Date(this.clock.now()), outcome, { duration: performance.now() - since, ...init !== undefined && { init } });
    if ('error' in outcome) {
      const { errorType, errorMessage, trace } = outcome.error;
      throw new InvocationError(errorType, errorMessage, trace);
    }
    if (Buffer.byteLength(outcome.result) > MAX_PAYLOAD) {
      throw new InvocationError('Function.ResponseSizeTooLarge', `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD} bytes).`);
    }
    return JSON.parse(outcome.result) as Json;
  }

  /** Kills the process. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed;
  }

  pause(): () => void {
    this.pauses++;
    if (this.invoked) this.resume ??= this.clock.pause();
    return () => {
      // The process follows the clock.
      if (this.child.connected) this.child.send({ now: this.clock.now() } satisfies TimeUpdate, () => undefined);
      if (--this.pauses === 0) this.goOn();
    };
  }

  private goOn(): void {
    this.resume?.();
    this.resume = undefined;
  }

  private async send(invocation: Invocation, timeoutSeconds: number, killAfterwards: boolean): Promise<Outcome> {
    const ended = new AbortController();
    let timedOut = false;
    const timeOut = () => {
      timedOut = true;
      this.child.kill('SIGKILL');
    };
    // The timeout of a function is real time: virtual time stands still while the function works, unless a call is delayed.
    const timeout = setTimeout(timeOut, timeoutSeconds * 1000);
    const virtualTimeout = new Timer(this.clock, timeoutSeconds * 1000, () => void this.clock.work(async () => {
      timeOut();
      await this.closed;
    }));
    this.invoked = true;
    try {
      const exited = this.closed.then(() => failure(invocation.requestId, timedOut
        ? ['Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`]
        : ['Runtime.ExitError', `Runtime exited with error: ${this.exit}`]));
      const printed = new Promise<void>((resolve) => {
        this.onPrinted = (requestId) => { if (requestId === invocation.requestId) resolve(); };
      });
      const answered = once(this.child, 'message', { signal: ended.signal }).then(async ([outcome]) => {
        await Promise.race([printed, this.closed]);
        if (!killAfterwards) return outcome as Outcome;
        await this.kill();
        return exited;
      });
      answered.catch(() => undefined);
      this.child.send(invocation, () => undefined);
      return await Promise.race([answered, exited]);
    } finally {
      clearTimeout(timeout);
      virtualTimeout.cancel();
      this.invoked = false;
      this.goOn();
      ended.abort();
    }
  }

  private get exit(): string {
    const { signalCode: signal, exitCode } = this.child;
    return signal ? `signal: ${SIGNALS[signal] ?? signal}` : `exit status ${exitCode}`;
  }
}

function failure(requestId: string, [errorType, message]: string[]): Outcome {
  return { error: { errorType, errorMessage: `RequestId: ${requestId} Error: ${message}`, trace: [] } };
}
