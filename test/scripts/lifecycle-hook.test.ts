import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type Result, Sandbox } from './sandbox';
import { idleStopScript } from '../../src/notebook-instance/idle-stop';
import { composeHook } from '../../src/notebook-instance/lifecycle-hook';
import { NotebookInstanceLifecycleScript, type NotebookInstanceLifecycleScriptConfig } from '../../src/notebook-instance/lifecycle-script';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.stub('sudo', 'shift 3; exec "$@"');
});
afterEach(() => sandbox.remove());

/** Runs scripts as the service runs a hook. */
function runHook(scripts: NotebookInstanceLifecycleScriptConfig[], env: { [name: string]: string } = {}): Promise<Result> {
  return sandbox.run(sandbox.write('hook', composeHook('on-start', scripts)), {
    LIFECYCLE_DIR: sandbox.path('scripts'),
    LIFECYCLE_LOGS: sandbox.path('logs'),
    LIFECYCLE_RUNNING: sandbox.path('running'),
    LIFECYCLE_KEPT: sandbox.path('volume'),
    OUT: sandbox.path('out'),
    ...env,
  });
}

test('scripts run in order, each in a process of its own, with a log of its own', async () => {
  const { status, stdout, stderr } = await runHook([
    { name: 'first', content: 'word=secret; cd /; echo one; echo oops >&2; echo 1 >>"$OUT"' },
    { name: 'second', content: 'echo "two ${word:-unset}"; echo 2 >>"$OUT"\n' },
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(sandbox.read('out')).toBe('1\n2\n');
  expect(sandbox.read('logs/on-start-1-first.log')).toBe('one\noops\n');
  expect(sandbox.read('logs/on-start-2-second.log')).toBe('two unset\n');
  expect(stdout).toMatch(/^on-start script 1 of 2, 'first', runs, .*\none\noops\non-start script 1 of 2, 'first', took \d+ s\non-start script 2 of 2, 'second', runs/);
});

test('a script that fails ends the hook with its status, and is named', async () => {
  const { status, stdout, stderr } = await runHook([
    { name: 'good', content: 'true' },
    { name: 'bad', content: 'echo "no such package"; exit 7' },
    { name: 'never', content: 'echo 3 >>"$OUT"' },
  ]);
  expect(status).toBe(7);
  expect(stdout).toContain('no such package');
  expect(stderr).toMatch(/^on-start script 2 of 3, 'bad', failed with exit status 7 after \d s, its log is .*\/logs\/on-start-2-bad\.log\n$/);
  expect(sandbox.read('out')).toBe('');
});

test('the first line of a script names its interpreter', async () => {
  await runHook([{ name: 'awk', content: '#!/usr/bin/awk -f\nBEGIN { print 6 * 7 }' }]);
  expect(sandbox.read('logs/on-start-1-awk.log')).toBe('42\n');
});

test('a script is taken as it is, whatever it holds', async () => {
  const content = 'cat <<\'END\' >"$OUT"\n$HOME `date` \\\nEND_\n  EOF \'"\nEND\n\n';
  await runHook([{ name: 'text', content: content.replace(/\n/g, '\r\n') }]);
  expect(sandbox.read('out')).toBe('$HOME `date` \\\nEND_\n  EOF \'"\n');
});

test('a daemon that a script leaves behind does not keep the hook', async () => {
  const begin = Date.now();
  await runHook([{ name: 'daemon', content: 'sleep 20 &\necho $! >"$OUT"' }]);
  process.kill(Number(sandbox.read('out')));
  expect(Date.now() - begin).toBeLessThan(10_000);
});

test('a script in the background goes on after the hook, counts as running meanwhile, and leaves its outcome in its log', async () => {
  const wait = 'while ! [ -e "$OUT" ]; do sleep 0.05; done; echo done; exit 3';
  const { status, stdout } = await runHook([
    { name: 'long', content: wait, inBackground: true },
    { name: 'short', content: 'echo short' },
  ]);
  expect(status).toBe(0);
  expect(stdout).toContain(`on-start script 1 of 2, 'long', runs in the background, its log is ${sandbox.path('logs')}/on-start-1-long.log`);
  await until(() => sandbox.read('running/on-start-1-long') !== '');
  expect(() => process.kill(Number(sandbox.read('running/on-start-1-long')), 0)).not.toThrow();

  sandbox.write('out', '');
  await until(() => sandbox.read('logs/on-start-1-long.log').includes('ended'));
  expect(sandbox.read('logs/on-start-1-long.log')).toMatch(/^done\non-start script 1 of 2, 'long', ended with exit status 3 after \d+ s\n$/);
  expect(sandbox.read('running/on-start-1-long')).toBe('');
});

test('the log of a script in the background is on the volume as well while it is written, and so is that of the run before', async () => {
  const script = (word: string) => [{ name: 'long', content: `echo ${word}; while ! [ -e "$OUT" ]; do sleep 0.05; done; echo done`, inBackground: true }];
  await runHook(script('first'));
  await until(() => sandbox.read('volume/on-start-1-long.log') === 'first\n');
  sandbox.write('out', '');
  await until(() => sandbox.read('volume/on-start-1-long.log').includes('ended'));
  expect(sandbox.read('volume/on-start-1-long.log')).toBe(sandbox.read('logs/on-start-1-long.log'));

  await runHook(script('second'));
  await until(() => /second[^]*ended/.test(sandbox.read('volume/on-start-1-long.log')));
  expect(sandbox.read('volume/on-start-1-long.log')).toMatch(/^second\ndone\n/);
  expect(sandbox.read('volume/on-start-1-long.log.before')).toMatch(/^first\ndone\n/);
  expect(sandbox.calls('sudo').filter((call) => call.startsWith('-n -u ec2-user '))).toHaveLength(2);
});

test('a script in the background whose log cannot be kept runs nevertheless, and its own log is complete', async () => {
  sandbox.stub('sudo', 'echo "unknown user" >&2; exit 1');
  const { stderr } = await runHook([{ name: 'long', content: 'sleep 0.3; echo done', inBackground: true }]);
  await until(() => sandbox.read('logs/on-start-1-long.log').includes('ended'));
  expect([stderr, sandbox.read('logs/on-start-1-long.log')]).toEqual(['', expect.stringMatching(/^done\n/)]);
});

test('the idle-stop script installs the program with its settings, and a timer', async () => {
  sandbox.stub('systemctl');
  const content = idleStopScript({ after: Duration.minutes(90), countRequests: true, activityFiles: ['/tmp/it\'s', '/tmp/b'] });
  const { status, stderr } = await runHook([{ name: 'idle-stop', content }], { IDLE_STOP_ROOT: sandbox.path('root') });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(sandbox.calls('systemctl')).toEqual(['daemon-reload', 'enable idle-stop.timer', 'restart idle-stop.timer']);
  expect(sandbox.read('root/etc/systemd/system/idle-stop.service')).toContain(`ExecStart=${sandbox.path('root')}/usr/local/bin/idle-stop\n`);

  const program = sandbox.path('root/usr/local/bin/idle-stop');
  expect(fs.statSync(program).mode.toString(8)).toMatch(/755$/);
  const settings = fs.readFileSync(program, 'utf8').split('\n').slice(0, 6).join('\n');
  const shown = execFileSync('/bin/bash', ['-c', `${settings}\necho "$IDLE_STOP_AFTER|$IDLE_STOP_COUNT_REQUESTS|$IDLE_STOP_FILES"`], { encoding: 'utf8' });
  expect(shown).toBe('5400|1|/tmp/it\'s\n/tmp/b\n');
});

test.each([
  ['echo "fetched by bash"; exit 4', 'fetched by bash\n'],
  ['#!/usr/bin/awk -f\nBEGIN { print "fetched by awk"; exit 4 }', 'fetched by awk\n'],
])('a script in S3 is fetched and run: %s', async (script, output) => {
  const stack = new Stack(new App(), 'S');
  const config = NotebookInstanceLifecycleScript.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'scripts'), 'setup/it\'s.sh')._bind(stack);
  const parts: unknown[] = stack.resolve(config.content)['Fn::Join'][1];
  const content = parts.map((part) => (typeof part === 'string' ? part : 'eu-west-1')).join('');
  sandbox.stub('aws', `cp '${sandbox.write('object', script)}' "\${@: -1}"`);

  const { status } = await runHook([{ ...config, content }]);
  expect(sandbox.calls('aws')).toEqual(['s3 cp --only-show-errors --region eu-west-1 s3://scripts/setup/it\'s.sh script']);
  expect([status, sandbox.read('logs/on-start-1-it-s.sh.log')]).toEqual([4, output]);
});

test('a script that cannot be fetched fails', async () => {
  const stack = new Stack(new App(), 'S');
  const { content } = NotebookInstanceLifecycleScript.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'scripts'), 'x.sh')._bind(stack);
  // As the command does: it prints no errors when it is to be quiet.
  sandbox.stub('aws', '[[ " $* " == *" --quiet "* ]] || echo "fatal error: 403" >&2; exit 1');
  const { status, stderr } = await runHook([{ name: 'x', content: stack.resolve(content)['Fn::Join'][1].map((part: any) => part.Ref ?? part).join('') }]);
  expect(status).toBe(1);
  expect(stderr).toContain("on-start script 1 of 1, 'x', failed");
  expect(sandbox.read('logs/on-start-1-x.log')).toBe('fatal error: 403\n');
});

test('without systemd the idle-stop script fails, and is named', async () => {
  sandbox.stub('systemctl', 'exit 127');
  const { status, stderr } = await runHook([{ name: 'idle-stop', content: idleStopScript({ after: Duration.hours(1) }) }], {
    IDLE_STOP_ROOT: sandbox.path('root'),
  });
  expect(status).toBe(127);
  expect(stderr).toContain("'idle-stop', failed");
});

const shellcheck = (process.env.PATH ?? '').split(':').map((directory) => path.join(directory, 'shellcheck')).find((file) => fs.existsSync(file));

(shellcheck ? test : test.skip)('shellcheck has nothing to say about the programs, and about hooks that are composed of them', () => {
  const scripts = path.join(__dirname, '..', '..', 'scripts');
  sandbox.write('hook', composeHook('on-start', [
    { name: 'idle-stop', content: idleStopScript({ after: Duration.hours(1) }) }, { name: 'long', content: 'sleep 1', inBackground: true },
  ]));
  sandbox.write('install', idleStopScript({ after: Duration.hours(1) }));
  const files = [...fs.readdirSync(scripts).map((name) => path.join(scripts, name)), sandbox.path('hook'), sandbox.path('install')];
  expect(() => execFileSync(shellcheck!, ['--shell=bash', ...files], { encoding: 'utf8' })).not.toThrow();
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}
