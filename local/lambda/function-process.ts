import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../clock';
import type { FunctionConfiguration, Json } from '../services';
import { InvocationError } from './invocation-error';
import type { Invocation, Outcome } from './protocol';

const RUNTIME = join(__dirname, 'runtime.ts');
/** What a synchronous invocation takes and gives at most. */
export const MAX_PAYLOAD = 6 * 1024 * 1024;

/** An execution environment: a process that serves one invocation at a time. */
export class FunctionProcess {
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  /** Settled when the handler is loaded or the process has ended. */
  private readonly ready: Promise<unknown>;

  constructor(readonly configuration: FunctionConfiguration, environment: NodeJS.ProcessEnv, log: (line: string) => void) {
    this.child = fork(RUNTIME, {
      cwd: configuration.codeDirectory,
      env: environment,
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
        `--max-old-space-size=${configuration.memoryMb}`,
      ],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.closed = once(this.child, 'close');
    this.ready = Promise.race([new Promise((resolve) => this.child.once('message', resolve)), this.closed]);
    for (const stream of [this.child.stdout!, this.child.stderr!]) createInterface(stream).on('line', log);
  }

  /** Whether it can serve another invocation. */
  get alive(): boolean {
    return this.child.connected && this.child.exitCode === null && this.child.signalCode === null;
  }

  async invoke(clock: Clock, event: Json): Promise<Json> {
    const { functionArn, timeoutSeconds } = this.configuration;
    await this.ready;
    const requestId = randomUUID();
    const now = clock.now();
    const invocation: Invocation = { requestId, functionArn, event, now, deadline: now + timeoutSeconds * 1000 };
    const outcome = await this.send(invocation, timeoutSeconds);
    if ('error' in outcome) {
      const { errorType, errorMessage, trace } = outcome.error;
      throw new InvocationError(errorType, errorMessage, trace);
    }
    if (Buffer.byteLength(outcome.result) > MAX_PAYLOAD) {
      throw new InvocationError('Function.ResponseSizeTooLarge', `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD} bytes).`);
    }
    return JSON.parse(outcome.result) as Json;
  }

  /** Ends the process, whatever it does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed;
  }

  private async send(invocation: Invocation, timeoutSeconds: number): Promise<Outcome> {
    const ended = new AbortController();
    let timedOut = false;
    // A function's timeout is real time: virtual time stands still while the function works.
    const timeout = setTimeout(() => {
      timedOut = true;
      this.child.kill('SIGKILL');
    }, timeoutSeconds * 1000);
    try {
      const answered = once(this.child, 'message', { signal: ended.signal }).then(([outcome]) => outcome as Outcome);
      answered.catch(() => undefined);
      const exited = this.closed.then(() => failure(invocation.requestId, timedOut
        ? ['Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`]
        : ['Runtime.ExitError', `Runtime exited with error: ${this.child.signalCode ? `signal: ${this.child.signalCode}` : `exit status ${this.child.exitCode}`}`]));
      this.child.send(invocation, () => undefined);
      const outcome = await Promise.race([answered, exited]);
      // What the function has printed is in the pipes already and is read in this turn.
      await turn();
      return outcome;
    } finally {
      clearTimeout(timeout);
      ended.abort();
    }
  }
}

function failure(requestId: string, [errorType, message]: string[]): Outcome {
  return { error: { errorType, errorMessage: `RequestId: ${requestId} Error: ${message}`, trace: [] } };
}
