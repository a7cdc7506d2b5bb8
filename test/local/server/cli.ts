import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LocalServer } from './local-server';

const NODE = resolve(__dirname, '../../../node_modules/.bin/node');
const CDK = resolve(__dirname, '../../../node_modules/aws-cdk/bin/cdk');

/** The CDK's CLI, as it is on npm, in the environment that a local server has printed. */
export class Cli {
  /** Where assemblies can be written. */
  readonly directory = mkdtempSync(join(tmpdir(), 'cdk-cli-'));

  constructor(private readonly server: LocalServer) {}

  /** Runs a command; gives its exit code and all that it has printed. */
  async run(command: string, options: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
    const child = spawn(NODE, [CDK, command, ...options, '--ci', '--no-notices', '--no-color'], {
      cwd: this.directory,
      env: { PATH: process.env.PATH, HOME: this.directory, CDK_DISABLE_CLI_TELEMETRY: 'true', ...this.server.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { output += text; });
    const code = await new Promise<number | null>((settle) => child.on('close', settle));
    return { code, output };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
