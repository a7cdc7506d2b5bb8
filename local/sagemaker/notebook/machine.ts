import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hook } from './notebook-types';

/** A completed run of a script. */
export interface ScriptRun {
  readonly hook: Hook;
  /** The output of the script, as in the log stream of the hook. */
  readonly output: string;
  /** Undefined if the script was killed after its timeout. */
  readonly exitCode?: number;
}

/** The directories of this machine that a script does not see. They are replaced by empty ones in a temporary directory. */
const DIRECTORIES = ['etc', 'home', 'opt', 'root', 'run', 'srv', 'tmp', 'usr/local', 'var'];
/** Files that even a shell needs. */
const KEPT = ['alternatives', 'group', 'ld.so.cache', 'nsswitch.conf', 'os-release', 'passwd'];
/** Commands of a notebook instance that only record their calls. */
const STUBS = [
  'aws', 'chkconfig', 'chown', 'conda', 'crontab', 'curl', 'dnf', 'docker', 'git', 'initctl', 'jupyter', 'pip', 'pip3', 'service', 'shutdown',
  'systemctl', 'wget', 'yum',
];
const STUB = '#!/bin/bash\necho "${0##*/} $*" >>/mnt/commands\n';
/** Everything belongs to root on the machine. A command runs as root for any user, and a user without a command gets a shell. */
const SUDO = `#!/bin/bash
while [[ $\{1-} == -* ]]; do
  case $1 in -u | -g | -h | -p | -C) shift 2 ;; --) shift; break ;; *) shift ;; esac
done
while [[ $\{1-} == [A-Za-z_]*=* ]]; do export "$1"; shift; done
exec "$\{@:-/bin/bash}"
`;
const NAMESPACE = ['--user', '--map-root-user', '--mount'];
/** Runs in its own mount namespace, so that a script can do anything. */
const BOOT = `set -e
mount --bind "$1" /mnt
for directory in ${DIRECTORIES.join(' ')}; do mount --bind "/mnt/root/$directory" "/$directory"; done
mkdir -p /home/ec2-user/SageMaker
mount --bind /mnt/volume /home/ec2-user/SageMaker
cd /
set +e
/mnt/script
`;

/** Whether scripts can run: Linux supports mount namespaces, but not every container permits them. */
export function canRunScripts(): boolean {
  return spawnSync('unshare', [...NAMESPACE, 'true']).status === 0;
}

/** The machine of a notebook instance for shell scripts. Only its volume persists. */
export class Machine {
  readonly runs: ScriptRun[] = [];
  private readonly processes = new Set<ChildProcess>();
  private directory?: string;

  /** The calls of stub commands, such as `systemctl daemon-reload`. */
  get commands(): string[] {
    return readFileSync(join(this.base, 'commands'), 'utf8').split('\n').filter((line) => line !== '');
  }

  /** The path on this machine for an absolute path on the notebook instance. */
  path(file: string): string {
    const volume = '/home/ec2-user/SageMaker/';
    return file.startsWith(volume) ? join(this.base, 'volume', file.slice(volume.length)) : join(this.base, 'root', file);
  }

  /** Starts with only the volume. */
  boot(): void {
    const root = join(this.base, 'root');
    rmSync(root, { recursive: true, force: true });
    for (const directory of [...DIRECTORIES, 'opt/stubs', 'home/ec2-user']) mkdirSync(join(root, directory), { recursive: true });
    for (const file of KEPT) {
      if (existsSync(`/etc/${file}`)) cpSync(`/etc/${file}`, join(root, 'etc', file), { recursive: true, verbatimSymlinks: true });
    }
    for (const stub of STUBS) writeFileSync(join(root, 'opt/stubs', stub), STUB, { mode: 0o755 });
    writeFileSync(join(root, 'opt/stubs/sudo'), SUDO, { mode: 0o755 });
  }

  /** Runs the script of a hook. Its background processes run until the machine halts. */
  async run(hook: Hook, script: string, limitMs: number): Promise<ScriptRun> {
    writeFileSync(join(this.base, 'script'), script, { mode: 0o755 });
    // A background process would keep a pipe open, so the output goes to a file.
    const log = join(this.base, `${hook}-${this.runs.length}.log`);
    const output = openSync(log, 'w');
    const child = spawn('unshare', [...NAMESPACE, '/bin/bash', '-c', BOOT, 'boot', this.base], {
      detached: true, stdio: ['ignore', output, output], env: { PATH: '/opt/stubs:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', USER: 'root', LANG: 'C.UTF-8' },
    });
    this.processes.add(child);
    const limit = setTimeout(() => kill(child), limitMs);
    try {
      const [code] = await once(child, 'exit') as [number | null];
      const run = { hook, output: readFileSync(log, 'utf8'), ...code !== null && { exitCode: code } };
      this.runs.push(run);
      return run;
    } finally {
      clearTimeout(limit);
      closeSync(output);
    }
  }

  halt(): void {
    this.processes.forEach(kill);
    this.processes.clear();
  }

  remove(): void {
    this.halt();
    if (this.directory !== undefined) rmSync(this.directory, { recursive: true, force: true });
    this.directory = undefined;
  }

  private get base(): string {
    if (this.directory !== undefined) return this.directory;
    this.directory = mkdtempSync(join(tmpdir(), 'notebook-'));
    mkdirSync(join(this.directory, 'volume'));
    writeFileSync(join(this.directory, 'commands'), '');
    return this.directory;
  }
}

/** Kills a process and all its descendants. */
function kill({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The process group has ended.
  }
}
