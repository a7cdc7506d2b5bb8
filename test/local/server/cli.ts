import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LocalServer } from './local-server';
import { runProcess, startProcess } from '../../child-process';

const CDK = resolve(__dirname, '../../../node_modules/aws-cdk/bin/cdk');

/** The CDK's CLI, as it is on npm, in the environment that a local server has printed. */
export class Cli {
  /** Where assemblies can be written. */
  readonly directory = mkdtempSync(join(tmpdir(), 'cdk-cli-'));

  constructor(private readonly server: LocalServer) {}

  /** Runs a command; gives its exit code and all that it has printed. */
  async run(command: string, options: readonly string[],
    environment: NodeJS.ProcessEnv = {}): Promise<{ readonly code: number | null; readonly output: string }> {
    const { code, stdout, stderr } = await runProcess(...this.process(command, options, environment));
    return { code, output: stdout + stderr };
  }

  /** Starts a command that runs until it is ended. `printed` settles when it has printed a text after the one before. */
  start(command: string, options: readonly string[]): { printed(pattern: RegExp): Promise<void>; end(): Promise<void> } {
    const child = startProcess(...this.process(command, options));
    const closed = once(child, 'close');
    const news = new EventEmitter();
    let text = '';
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (more) => { news.emit('any', text += more); });
    void closed.then(() => news.emit('any'));
    return {
      printed: async (pattern) => {
        for (let found = pattern.exec(text); ; found = pattern.exec(text)) {
          if (found) {
            text = text.slice(found.index + found[0].length);
            return;
          }
          if (child.exitCode !== null) throw new Error(text);
          await once(news, 'any');
        }
      },
      end: async () => {
        child.kill('SIGINT');
        await closed;
      },
    };
  }

  private process(command: string, options: readonly string[], environment: NodeJS.ProcessEnv = {}): Parameters<typeof runProcess> {
    return [process.execPath, [CDK, command, ...options, '--ci', '--no-notices', '--no-color'], {
      cwd: this.directory,
      env: { HOME: this.directory, ...this.server.environment, ...environment },
    }];
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
