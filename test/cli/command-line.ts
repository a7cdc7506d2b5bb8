import { once } from 'node:events';
import { resolve } from 'node:path';
import type { LocalCloud } from '../../local/cloud';
import { environment } from '../../local/server/shell-environment';
import { type ProcessResult, runProcess, startProcess } from '../child-process';

const MAIN = resolve(__dirname, '../../cli/lib/sagemaker-jobs.mjs');

/** A key that is pressed once the program has printed a text. */
export interface Key {
  readonly after: RegExp;
  readonly key: string;
}

/** The compiled CLI, in processes of its own that talk to a local cloud. */
export class CommandLine {
  constructor(private readonly cloud?: LocalCloud) {}

  /** Runs a command with its output in a pipe. */
  async run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ProcessResult> {
    return runProcess(process.execPath, [MAIN, ...args], { env: { ...this.environment, ...env } });
  }

  /** Runs a command with its output in a pipe, and sends it a signal once it has printed a text. */
  async interrupt(args: readonly string[], after: RegExp): Promise<{ readonly code: number | null; readonly stdout: string }> {
    const child = startProcess(process.execPath, [MAIN, ...args], { env: this.environment });
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
    const child = startProcess('script', ['--quiet', '--command', command, '/dev/null'], { env: this.environment, hasInput: true });
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

  private get environment(): NodeJS.ProcessEnv {
    return this.cloud ? environment(this.cloud.endpoint.url, this.cloud.region) : {};
  }
}
