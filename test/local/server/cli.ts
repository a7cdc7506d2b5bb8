import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LocalServer } from './local-server';
import { runProcess } from '../../child-process';

const CDK = resolve(__dirname, '../../../node_modules/aws-cdk/bin/cdk');

/** The CDK's CLI, as it is on npm, in the environment that a local server has printed. */
export class Cli {
  /** Where assemblies can be written. */
  readonly directory = mkdtempSync(join(tmpdir(), 'cdk-cli-'));

  constructor(private readonly server: LocalServer) {}

  /** Runs a command; gives its exit code and all that it has printed. */
  async run(command: string, options: readonly string[],
    environment: NodeJS.ProcessEnv = {}): Promise<{ readonly code: number | null; readonly output: string }> {
    const { code, stdout, stderr } = await runProcess(process.execPath, [CDK, command, ...options, '--ci', '--no-notices', '--no-color'], {
      cwd: this.directory,
      env: { HOME: this.directory, ...this.server.environment, ...environment },
    });
    return { code, output: stdout + stderr };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
