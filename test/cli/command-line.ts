import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { LocalCloud } from '../../local/cloud';
import { environment } from '../../local/server/shell-environment';
import { type ProcessResult, resultOf, startProcess } from '../child-process';

/** The compiled CLI. */
export const MAIN = resolve(__dirname, '../../cli/lib/sagemaker-jobs.js');

/** A key that is pressed once the program has printed a text. */
export interface Key {
  readonly after: RegExp;
  readonly key: string;
}

/** The compiled CLI, in processes of its own that talk to a local cloud. */
export class CommandLine {
  constructor(private readonly cloud: LocalCloud) {}

  /** Runs a command with its output in a pipe. */
  async run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ProcessResult> {
    return resultOf(this.start(process.execPath, [MAIN, ...args], env));
  }

  /** Runs a command with its output in a pipe, and sends it a signal once it has printed a text. */
  async interrupt(args: readonly string[], after: RegExp): Promise<{ readonly code: number | null; readonly stdout: string }> {
    const child = this.start(process.execPath, [MAIN, ...args]);
    let stdout = '';
    child.stdout!.on('data', (text) => {
      stdout += text;
      if (!child.killed && after.test(stdout)) child.kill('SIGINT');
    });
    const [code] = await once(child, 'close');
    return { code, stdout };
  }

  /** Runs a command in a pseudo-terminal of 100 columns. Gives everything that it has drawn, without colors. */
  async runInTerminal(args: readonly string[], ...keys: readonly Key[]): Promise<{ readonly code: number; readonly drawn: string }> {
    const command = `stty cols 100 rows 30; ${[process.execPath, MAIN, ...args].join(' ')}; echo "status $?"`;
    const child = this.start('script', ['--quiet', '--command', command, '/dev/null']);
    const waiting = [...keys];
    let output = '';
    child.stdout!.on('data', (text) => {
      output += text;
      if (waiting[0]?.after.test(output)) child.stdin!.write(waiting.shift()!.key);
    });
    await once(child, 'close');
    const [drawn, status] = output.replace(/\r\n/g, '\n').replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').split('status ');
    return { code: Number(status), drawn };
  }

  /** Starts a process. The clock of the cloud stands still until its first output: on a slow machine, it sees the same. */
  private start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const { endpoint, region, clock } = this.cloud;
    const child = startProcess(command, args, { env: { ...environment(endpoint.url, region), ...env }, hasInput: command === 'script' });
    void clock.work(async () => Promise.race([once(child.stdout!, 'data'), once(child, 'close')]));
    return child;
  }
}
