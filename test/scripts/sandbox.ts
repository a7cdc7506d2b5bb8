import { execFile } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory with stubs of commands, in which shell programs run. */
export class Sandbox {
  readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-'));

  /** A command that notes how it was called, and then does what the text says. */
  stub(command: string, text = ''): void {
    this.write(`bin/${command}`, `#!/bin/bash\necho "$*" >>'${this.path(`${command}.calls`)}'\n${text}\n`, 0o755);
  }

  calls(command: string): string[] {
    return this.read(`${command}.calls`).split('\n').filter((line) => line !== '');
  }

  path(name: string): string {
    return path.join(this.directory, name);
  }

  write(name: string, text: string, mode = 0o644): string {
    fs.mkdirSync(path.dirname(this.path(name)), { recursive: true });
    fs.writeFileSync(this.path(name), text, { mode });
    return this.path(name);
  }

  read(name: string): string {
    return fs.existsSync(this.path(name)) ? fs.readFileSync(this.path(name), 'utf8') : '';
  }

  run(file: string, env: { [name: string]: string } = {}): Promise<Result> {
    const PATH = `${this.path('bin')}:${process.env.PATH}`;
    return new Promise((resolve) => {
      execFile('/bin/bash', [file], { env: { PATH, ...env }, cwd: this.directory }, (error, stdout, stderr) => {
        resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
      });
    });
  }

  remove(): void {
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}
