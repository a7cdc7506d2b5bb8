import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { delimiter, resolve, sep } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** Variables of the caller that would change what a test does, and those that Jest and npm set for their own children. */
const REMOVED = /^(AWS_(?!CA_BUNDLE$).*|CDK_(?!VALIDATION$).*|JSII_.*|JEST_.*|NODE_ENV|FORCE_COLOR|npm_(command|execpath|node_execpath|lifecycle_.*|package_.*)|npm_config_(call|local_prefix))$/i;
const PROXY = /^(npm_config_)?((http|https|all)_)?proxy$/i;
const LOOPBACK = 'localhost,127.0.0.1,::1';

/** Where a process runs, and what it finds in its environment beside the caller's variables. */
export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether a test writes to its standard input, which is empty otherwise. */
  readonly hasInput?: boolean;
}

/** The result of a process. */
export interface ProcessResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The environment of a process that a test starts: the caller's, with proxies, certificate authorities and the configuration
 * of npm, but without variables that would make the test depend on the caller. `npm`, `npx` and `node` are those of the user
 * and not the Node.js in node_modules/.bin: npm reads the machine's configuration from beside the `node` that runs it.
 */
export function childEnvironment(added: NodeJS.ProcessEnv = {}, caller: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const inherited = Object.entries(caller).filter(([name, value]) => !REMOVED.test(name) && !isOfOurNode(name, value));
  return {
    ...Object.fromEntries(inherited),
    ...loopbackWithoutProxy(caller),
    PATH: pathOfUser(caller.PATH),
    // Profiles of the caller.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    ...added,
  };
}

/** Starts a process. */
export function startProcess(command: string, args: readonly string[], { cwd, env, hasInput }: ProcessOptions = {}): ChildProcess {
  return spawn(command, args, { cwd, env: childEnvironment(env), stdio: [hasInput ? 'pipe' : 'ignore', 'pipe', 'pipe'] });
}

/** Runs a process to its end, whatever that is. */
export async function runProcess(command: string, args: readonly string[], options?: ProcessOptions): Promise<ProcessResult> {
  return resultOf(startProcess(command, args, options));
}

/** Waits until a process ends. */
export async function resultOf(child: ChildProcess): Promise<ProcessResult> {
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) child[stream]!.on('data', (text) => { printed[stream] += text; });
  return new Promise((settle, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => settle({ code, signal, ...printed }));
  });
}

/** Returns what a process prints that must succeed. */
export function outputOf(command: string, args: readonly string[], { cwd, env }: ProcessOptions = {}): string {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    cwd, env: childEnvironment(env), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${signal ?? status}:\n${stdout}${stderr}`);
  return stdout;
}

/** npm tells its children where it looked for the machine's configuration: run by our Node.js, that is the wrong place. */
function isOfOurNode(name: string, value: string = ''): boolean {
  return /^npm_config_/i.test(name) && value.startsWith(resolve(ROOT, 'node_modules') + sep);
}

function pathOfUser(path: string = ''): string {
  return path.split(delimiter).filter((directory) => !/[\\/](node_modules[\\/]\.bin|node-gyp-bin)[\\/]?$/.test(directory)).join(delimiter);
}

/** The local cloud is on this machine, where no proxy finds it. */
function loopbackWithoutProxy(caller: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!Object.keys(caller).some((name) => PROXY.test(name))) return {};
  const excluded = [caller.no_proxy || caller.NO_PROXY, LOOPBACK].filter(Boolean).join(',');
  return { no_proxy: excluded, NO_PROXY: excluded };
}
