import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembly } from './assembly';
import type { Orders, Report } from './killed-process';
import { type ProcessResult, runProcess } from '../../child-process';

const root = mkdtempSync(join(tmpdir(), 'kill-'));
afterAll(() => rmSync(root, { recursive: true }));

async function run(orders: Orders): Promise<ProcessResult> {
  return runProcess(process.execPath, ['--import', 'tsx', join(__dirname, 'killed-process.ts'), JSON.stringify(orders)]);
}

async function start(orders: Orders): Promise<Report> {
  const { code, stdout, stderr } = await run(orders);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

/** Starts a process that does not live to its end. */
async function kill(orders: Orders): Promise<void> {
  expect(await run(orders)).toMatchObject({ signal: 'SIGKILL' });
}

const count = (all: readonly string[], one: string) => all.filter((other) => other === one).length;

test('a creation goes on from wherever its processes are killed, and trains once', async () => {
  // given
  const directory = mkdtempSync(join(root, 'state-'));
  await kill({ directory, deploy: assembly(root, '1'), killAt: 'Training CREATE_IN_PROGRESS' });
  await kill({ directory, killAt: 'StartExecution' });
  await kill({ directory, killAt: 'CreateTrainingJob' });
  await kill({ directory, killAt: 'DescribeTrainingJob', times: 3 });
  await kill({ directory, killAt: 'Completed' });
  // when
  const created = await start({ directory });
  // then
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(Object.values(created.jobs)).toEqual(['Completed']);
  expect(count(created.events, 'Training CREATE_IN_PROGRESS')).toBe(1);
  expect(created.calls).not.toContain('CreateTrainingJob');
  expect(created.time).toBeGreaterThan(Date.parse('2026-01-01T00:20:00Z'));

  // given
  await kill({ directory, destroy: true, killAt: 'Training DELETE_IN_PROGRESS' });
  await kill({ directory, destroy: true, killAt: 'DeleteTrainingJob' });
  // when
  const deleted = await start({ directory });
  // then
  expect(deleted).toMatchObject({ status: 'DELETE_COMPLETE', jobs: {}, running: [] });
}, 180_000);

test('an update that fails is rolled back from wherever its processes are killed', async () => {
  // given
  const directory = mkdtempSync(join(root, 'state-'));
  const before = await start({ directory, deploy: assembly(root, '1') });
  const failure = 'AlgorithmError: no data';
  await kill({ directory, deploy: assembly(root, '1', '2'), failure, killAt: 'CreateTrainingJob' });
  await kill({ directory, killAt: 'Failed' });
  await kill({ directory, killAt: 'Training UPDATE_ROLLBACK_IN_PROGRESS' });
  await kill({ directory, killAt: 'DescribeTrainingJob' });
  // when
  const after = await start({ directory });
  // then
  expect(after).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', jobs: before.jobs, running: [] });
  expect(Object.values(after.jobs).sort()).toEqual(['Completed', 'Failed']);
  expect(after.events).toEqual(expect.arrayContaining(before.events));
  expect(count(after.events, 'Training UPDATE_ROLLBACK_IN_PROGRESS')).toBe(1);
}, 180_000);

test('a running job that a cancelled creation leaves is stopped from wherever its processes are killed', async () => {
  // given
  const directory = mkdtempSync(join(root, 'state-'));
  await kill({ directory, deploy: assembly(root, '1'), killAt: 'DescribeTrainingJob', times: 2 });
  await kill({ directory, destroyAtOnce: true, killAt: 'StopTrainingJob' });
  await kill({ directory, killAt: 'Stopped' });
  // when
  const { status, jobs, running } = await start({ directory });
  // then
  expect({ status, jobs, running }).toEqual({ status: 'DELETE_COMPLETE', jobs: {}, running: [] });
}, 180_000);
