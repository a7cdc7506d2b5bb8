import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Call } from '../../../local/api/service';
import { startProcess } from '../../child-process';
import { GIVEN_RESOURCES } from '../../fixtures/given-resources';

const ROOT = resolve(__dirname, '../../..');

/** The local cloud as `npx projen local` serves it, in a process of its own. */
export class LocalServer {
  /** @param files What it finds in files, by the options that name them */
  static async start(files: { readonly behavior?: string } = {}, ...options: string[]): Promise<LocalServer> {
    return LocalServer.serve([process.execPath, '--import', 'tsx', 'local/main.ts'], ROOT, files, options);
  }

  /** Starts the server of the CLI that is installed in a directory, on the Node.js that is installed there. */
  static async startInstalled(directory: string, ...options: string[]): Promise<LocalServer> {
    const programs = join(directory, 'node_modules/.bin');
    return LocalServer.serve([join(programs, 'node'), join(programs, 'sagemaker-jobs'), 'local'], directory, {}, options);
  }

  private static async serve(
    [command, ...args]: readonly string[], cwd: string, files: { readonly behavior?: string }, options: readonly string[],
  ): Promise<LocalServer> {
    const directory = mkdtempSync(join(tmpdir(), 'local-server-'));
    const given = `exports.given = ${JSON.stringify(GIVEN_RESOURCES)};\n`;
    const named = Object.entries({ behavior: given + (files.behavior ?? '') }).flatMap(([option, content]) => {
      const file = join(directory, `${option}.cjs`);
      writeFileSync(file, content);
      return [`--${option}`, file];
    });
    const log = join(directory, 'calls.jsonl');
    writeFileSync(log, '');
    const child = startProcess(command, [...args, '--port', '0', '--log', log, ...named, ...options], { cwd });
    const server = new LocalServer(child, directory, log);
    await server.ready();
    return server;
  }

  /** What it has printed. */
  printed = '';

  private constructor(private readonly child: ChildProcess, private readonly directory: string, private readonly log: string) {
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => { this.printed += text; });
  }

  /** What it asks the shell to export. */
  get environment(): { readonly [name: string]: string } {
    return Object.fromEntries([...this.printed.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  }

  /** The calls of an operation that it has received. */
  calls(service: string, operation: string): Array<Omit<Call, 'input'> & { readonly input: { readonly [member: string]: any } }> {
    return readFileSync(this.log, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
      .filter((call) => call.service === service && call.operation === operation);
  }

  /** Ends it as Ctrl-C does; gives its exit code. */
  async stop(): Promise<number | null> {
    const exit = this.child.exitCode === null ? once(this.child, 'exit') : [this.child.exitCode];
    this.child.kill('SIGINT');
    const [code] = await exit;
    rmSync(this.directory, { recursive: true });
    return code;
  }

  private async ready(): Promise<void> {
    while (!/^unset AWS_PROFILE/m.test(this.printed)) {
      if (this.child.exitCode !== null) throw new Error(this.printed);
      await Promise.race([once(this.child.stdout!, 'data'), once(this.child, 'exit')]);
    }
  }
}
