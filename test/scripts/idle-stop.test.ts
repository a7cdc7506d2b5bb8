import * as fs from 'fs';
import * as path from 'path';
import { Jupyter } from './jupyter';
import { type Result, Sandbox } from './sandbox';

const PROGRAM = path.join(__dirname, '..', '..', 'scripts', 'idle-stop.sh');
const LIMIT = 600;
const STOPPED = ['sagemaker stop-notebook-instance --region eu-central-1 --notebook-instance-name Lab-1'];

let sandbox: Sandbox;
let jupyter: Jupyter;
let url: string;

beforeEach(async () => {
  sandbox = new Sandbox();
  sandbox.stub('aws');
  sandbox.stub('ps');
  sandbox.stub('sudo', 'shift 3; exec "$@"');
  fs.mkdirSync(sandbox.path('volume'));
  sandbox.write('metadata.json', JSON.stringify({
    ResourceArn: 'arn:aws:sagemaker:eu-central-1:111122223333:notebook-instance/lab-1', ResourceName: 'Lab-1',
  }));
  sandbox.write('boot', 'boot-1\n');
  jupyter = new Jupyter();
  url = await jupyter.listen();
});

afterEach(() => {
  jupyter.close();
  sandbox.remove();
});

/** Lets the program look once, so many seconds after the instance was booted. */
async function look(uptime: number, env: { [name: string]: string } = {}): Promise<Result> {
  sandbox.write('uptime', `${uptime}.42 1.00\n`);
  return sandbox.run(PROGRAM, {
    IDLE_STOP_AFTER: String(LIMIT),
    IDLE_STOP_JUPYTER: url,
    IDLE_STOP_STATE: sandbox.path('state/state'),
    IDLE_STOP_LOG: sandbox.path('log'),
    IDLE_STOP_KEPT: sandbox.path('volume/.idle-stop.log'),
    IDLE_STOP_METADATA: sandbox.path('metadata.json'),
    IDLE_STOP_UPTIME: sandbox.path('uptime'),
    IDLE_STOP_BOOT: sandbox.path('boot'),
    LIFECYCLE_RUNNING: sandbox.path('running'),
    ...env,
  });
}

async function isStoppedAfter(uptime: number, env?: { [name: string]: string }): Promise<boolean> {
  await look(uptime, env);
  const calls = sandbox.calls('aws');
  fs.rmSync(sandbox.path('aws.calls'), { force: true });
  return calls.length > 0;
}

test('an instance on which nothing happens is stopped when its time is up, and not before', async () => {
  expect(await isStoppedAfter(100)).toBe(false);
  expect(await isStoppedAfter(100 + LIMIT - 1)).toBe(false);
  await look(100 + LIMIT);
  expect(sandbox.calls('aws')).toEqual(STOPPED);
  expect(sandbox.read('log')).toMatch(/idle for 600 s, the limit is 600 s\n.*stopping Lab-1\n$/);
});

test('looking around is no activity', async () => {
  await look(100);
  expect(jupyter.asked).toEqual(['/api/kernels?no_track_activity=1', '/api/terminals?no_track_activity=1']);
});

describe('kernels', () => {
  test('a busy kernel keeps the instance, however long it has been busy', async () => {
    jupyter.kernels = [{ state: 'idle', age: 5000 }, { state: 'busy', age: 5000 }];
    await look(100);
    expect(await isStoppedAfter(9000)).toBe(false);
    expect(sandbox.read('log')).toContain('last seen: 1 busy kernel(s) 0 s ago');
  });

  test('an idle kernel counts from when it was last busy, the newest of several', async () => {
    await look(100);
    jupyter.kernels = [{ state: 'idle', age: 3000 }, { state: 'idle', age: 200 }];
    expect(await isStoppedAfter(1000)).toBe(false);
    jupyter.kernels = [{ state: 'idle', age: LIMIT + 5 }];
    expect(await isStoppedAfter(1000 + LIMIT - 200)).toBe(true);
  });

  test('a kernel that never got beyond starting does not keep the instance', async () => {
    await look(100);
    jupyter.kernels = [{ state: 'starting', age: 5000 }];
    expect(await isStoppedAfter(100 + LIMIT)).toBe(true);
  });
});

describe('terminals', () => {
  test('what was typed or printed in a terminal counts', async () => {
    await look(100);
    jupyter.terminals = [30];
    expect(await isStoppedAfter(5000)).toBe(false);
    expect(sandbox.read('log')).toMatch(/idle for 3\d of 600 s, last seen: a terminal 3\d s ago/);
  });

  test('an open terminal alone does not keep the instance', async () => {
    await look(100);
    jupyter.terminals = [5000];
    expect(await isStoppedAfter(100 + LIMIT)).toBe(true);
  });

  test.each([['without terminals', undefined], ['that does not tell of their activity', [null]]])('a server %s is no trouble', async (_what, terminals) => {
    jupyter.terminals = terminals;
    await look(100);
    expect(sandbox.read('log')).not.toContain('did not answer');
    expect(await isStoppedAfter(100 + LIMIT)).toBe(true);
  });

  test('a program that computes in a terminal without a word keeps the instance, one that waits does not', async () => {
    await look(100);
    sandbox.stub('ps', 'echo "?  Rs"; echo "pts/0 Ss"; echo "pts/0 Rl+"');
    expect(await isStoppedAfter(5000)).toBe(false);
    sandbox.stub('ps', 'echo "?  Rs"; echo "pts/0 Ss"; echo "pts/0 Sl+"');
    expect(await isStoppedAfter(5000 + LIMIT)).toBe(true);
  });
});

describe('apps', () => {
  test('requests count if they are to', async () => {
    jupyter.requestAge = 10;
    await look(100);
    expect(await isStoppedAfter(5000, { IDLE_STOP_COUNT_REQUESTS: '1' })).toBe(false);
    expect(await isStoppedAfter(5000 + LIMIT)).toBe(true);
  });

  test('an app that touches its file keeps the instance', async () => {
    await look(100);
    const files = { IDLE_STOP_FILES: `${sandbox.path('none')}\n${sandbox.write('heart beat', '')}` };
    expect(await isStoppedAfter(5000, files)).toBe(false);
    fs.utimesSync(sandbox.path('heart beat'), 0, 0);
    expect(await isStoppedAfter(5000 + LIMIT, files)).toBe(true);
  });

  test('a script in the background keeps the instance as long as it runs', async () => {
    await look(100);
    sandbox.write('running/on-start-1-load', `${process.pid}\n`);
    expect(await isStoppedAfter(5000)).toBe(false);
    sandbox.write('running/on-start-1-load', '4194303\n');
    expect(await isStoppedAfter(5000 + LIMIT)).toBe(true);
  });
});

describe('an unreachable server', () => {
  test('is no activity and no reason to stop: time goes on from what was seen last', async () => {
    jupyter.kernels = [{ state: 'busy', age: 0 }];
    await look(1000);
    jupyter.close();
    expect(await isStoppedAfter(1000 + LIMIT - 1)).toBe(false);
    expect(sandbox.read('log')).toContain('/api/kernels did not answer (status 000)');
    expect(await isStoppedAfter(1000 + LIMIT)).toBe(true);
  });

  test('counts again when it is back', async () => {
    await look(1000);
    jupyter.status = 503;
    expect(await isStoppedAfter(1000 + LIMIT - 1)).toBe(false);
    jupyter.status = 200;
    jupyter.kernels = [{ state: 'busy', age: 0 }];
    expect(await isStoppedAfter(1000 + LIMIT + 60)).toBe(false);
  });

  test('a page to log in on is no answer', async () => {
    jupyter.status = 403;
    await look(1000);
    expect(sandbox.read('log')).toContain('did not answer (status 403)');
  });
});

describe('restarts and clocks', () => {
  test('kernels that went with a restart of the server are remembered', async () => {
    jupyter.kernels = [{ state: 'busy', age: 0 }];
    await look(5000);
    jupyter.kernels = [];
    expect(await isStoppedAfter(5000 + LIMIT - 1)).toBe(false);
    expect(await isStoppedAfter(5000 + LIMIT)).toBe(true);
  });

  test('counting begins anew when the instance was booted', async () => {
    await look(100);
    sandbox.write('boot', 'boot-2\n');
    expect(await isStoppedAfter(2000)).toBe(false);
    expect(await isStoppedAfter(2000 + LIMIT)).toBe(true);
  });

  test.each(['', 'boot-1', 'boot-1 soon', 'boot-1 99999'])('counting begins anew when what is remembered cannot be: %p', async (state) => {
    sandbox.write('state/state', `${state}\n`);
    expect(await isStoppedAfter(2000)).toBe(false);
    expect(sandbox.read('state/state')).toBe('boot-1 2000\n');
  });

  test('a clock that is put forward makes nothing idle that was active', async () => {
    jupyter.kernels = [{ state: 'idle', age: 0 }];
    await look(1000);
    jupyter.kernels = [{ state: 'idle', age: 86400 }];
    expect(await isStoppedAfter(1060)).toBe(false);
    expect(sandbox.read('log')).toContain('idle for 60 of 600 s');
  });

  test('an activity in the future is one of now', async () => {
    await look(1000);
    jupyter.kernels = [{ state: 'idle', age: -86400 }];
    await look(5000);
    expect(sandbox.read('state/state')).toBe('boot-1 5000\n');
  });
});

describe('the log on the volume, which is all that the stop leaves', () => {
  const kept = () => sandbox.read('volume/.idle-stop.log').split('\n').slice(0, -1).map((line) => line.replace(/^\S+Z /, ''));

  test('tells what was decided whenever that changes, and the stop', async () => {
    jupyter.kernels = [{ state: 'busy', age: 0 }];
    await look(100);
    await look(160);
    jupyter.kernels = [];
    for (const uptime of [220, 300, 360]) await look(uptime);
    sandbox.stub('aws', 'echo "AccessDeniedException" >&2; exit 254');
    await look(160 + LIMIT);
    await look(220 + LIMIT);
    sandbox.stub('aws');
    await look(280 + LIMIT);
    expect(kept()).toEqual([
      'in use: 1 busy kernel(s) 0 s ago',
      `idle: for 60 of ${LIMIT} s`,
      'stop refused: AccessDeniedException',
      `stop: Lab-1 was idle for ${LIMIT + 120} s, the limit is ${LIMIT} s`,
    ]);
  });

  test('begins anew after a start', async () => {
    sandbox.write('volume/.idle-stop.log', '2026-01-01T00:00:00Z stop: stopping Lab-1\n');
    await look(100);
    expect(kept()).toEqual(['stop: stopping Lab-1', `idle: for 0 of ${LIMIT} s`]);
  });

  test('stays small', async () => {
    sandbox.write('volume/.idle-stop.log', Array.from({ length: 1000 }, (_, line) => `2026-01-01T00:00:00Z stop: ${line}\n`).join(''));
    await look(100);
    expect(kept().length).toBeLessThanOrEqual(500);
    expect(kept().slice(-2)).toEqual(['stop: 999', `idle: for 0 of ${LIMIT} s`]);
  });

  test('is written by its owner, so that a link there leads root nowhere', async () => {
    await look(100);
    expect(sandbox.calls('sudo')).toEqual([expect.stringMatching(/^-n -u ec2-user bash -c .*\.idle-stop\.log /)]);
  });

  test('that cannot be written keeps nothing from working', async () => {
    fs.rmSync(sandbox.path('volume'), { recursive: true });
    expect(await isStoppedAfter(100)).toBe(false);
    const { stderr } = await look(100 + LIMIT);
    expect([stderr, sandbox.calls('aws')]).toEqual(['', STOPPED]);
  });
});

test('a stop that is refused is told, and tried again', async () => {
  sandbox.stub('aws', 'echo "AccessDeniedException: not authorized" >&2; exit 254');
  await look(100);
  const { status } = await look(100 + LIMIT);
  expect(status).toBe(1);
  expect(sandbox.read('log')).toContain('Lab-1 could not be stopped, will try again: AccessDeniedException: not authorized');
  sandbox.stub('aws');
  expect(await isStoppedAfter(100 + LIMIT + 60)).toBe(true);
});
