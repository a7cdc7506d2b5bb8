import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembly } from './assembly';
import { LocalCloud, type LocalCloudOptions } from '../../../local/cloud';
import { GIVEN_RESOURCES } from '../../fixtures/given-resources';

const directory = mkdtempSync(join(tmpdir(), 'persistence-'));
const state = () => mkdtempSync(join(directory, 'state-'));
const start = async (options: LocalCloudOptions) => LocalCloud.start({ given: GIVEN_RESOURCES, startAt: new Date('2026-01-01T00:00:00Z'), ...options });
afterAll(() => rmSync(directory, { recursive: true }));

test('a deployment is followed by others from new processes', async () => {
  // given
  const options = { directory: state() };
  const first = await start(options);
  const created = await first.deploy(assembly(directory, '1'), 'Training');
  const time = first.clock.now();
  await first.stop();
  // when
  const second = await start(options);
  const restart = second.clock.now();
  const described = second.sagemaker.call('DescribeTrainingJob', { TrainingJobName: created.outputs.Output1 });
  const updated = await second.deploy(assembly(directory, '1', '2'), 'Training');
  await second.stop();
  const third = await start(options);
  const deleted = await third.destroy('Training');
  await third.stop();
  // then
  expect(restart).toBe(time);
  expect(described).toMatchObject({ TrainingJobStatus: 'Completed' });
  expect([created, updated, deleted].map((result) => result?.status)).toEqual(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_COMPLETE']);
  expect(updated.outputs.Output1).toBe(created.outputs.Output1);
  expect([first, second, third].map(({ endpoint }) => endpoint.calls.filter(({ operation }) => operation === 'CreateTrainingJob').length)).toEqual([1, 1, 0]);
  expect(third.sagemaker.call('ListTrainingJobs', {})).toEqual({ TrainingJobSummaries: [] });
}, 60_000);

test('two processes cannot have the same directory', async () => {
  // given
  const options = { directory: state() };
  const first = await start(options);
  // then
  await expect(start(options)).rejects.toThrow('EADDRINUSE');
  await first.stop();
});

/** Lets processes end in the midst of things, one after another, until what the first one began is done. */
async function withManyEnds(options: LocalCloudOptions, begin: (cloud: LocalCloud) => Promise<unknown>, momentsBetween: number) {
  const seen: string[] = [];
  const accepted: string[] = [];
  for (let processes = 1; ; processes++) {
    const cloud = await start(options);
    const [resumed] = cloud.restoration.resumed;
    const isDone = await new Promise<boolean>((resolve) => {
      let moments = 0;
      const moment = () => {
        if (++moments === momentsBetween) void cloud.stop().then(() => resolve(false));
      };
      cloud.endpoint.on('call', ({ operation, outcome }) => {
        // What is still answered after the end reaches nobody.
        if (moments < momentsBetween && 'output' in outcome && operation.startsWith('Create')) accepted.push(operation);
        moment();
      });
      cloud.cloudFormation.on('event', ({ eventId }) => {
        if (moments < momentsBetween - 1) seen.push(eventId);
        moment();
      });
      void (resumed ? cloud.clock.run(resumed.done) : begin(cloud)).then(() => {
        if (moments < momentsBetween) resolve(cloud.stop().then(() => true));
      });
    });
    const [stack] = cloud.cloudFormation.list();
    if (isDone) return { cloud, stack, events: stack.events.map(({ eventId }) => eventId), processes, seen, accepted };
  }
}

describe.each([8, 13])('a process that ends after every %i calls and events', (moments) => {
  const behavior = () => ({ trainingSeconds: 300 });

  test('creates a stack in which nothing is lost or done twice, and deletes it', async () => {
    // given
    const options = { directory: state(), behavior };
    const stack = assembly(directory, '1');
    // when
    const created = await withManyEnds(options, (cloud) => cloud.deploy(stack, 'Training'), moments);
    const deleted = await withManyEnds(options, (cloud) => cloud.destroy('Training'), moments);
    // then
    expect(created.processes).toBeGreaterThan(2);
    expect(created.stack.status).toBe('CREATE_COMPLETE');
    expect(created.accepted).toEqual(['CreateTrainingJob']);
    expect(created.events).toEqual(expect.arrayContaining(created.seen));
    expect(deleted.stack.status).toBe('DELETE_COMPLETE');
    expect(deleted.events).toEqual(expect.arrayContaining([...created.seen, ...deleted.seen]));
    expect(deleted.cloud.sagemaker.call('ListTrainingJobs', {})).toEqual({ TrainingJobSummaries: [] });
  }, 120_000);

  test('rolls a creation back that has failed', async () => {
    // given
    const options = { directory: state(), behavior: () => ({ ...behavior(), failure: 'AlgorithmError: no data' }) };
    const stack = assembly(directory, '1');
    // when
    const { stack: failed, accepted } = await withManyEnds(options, (running) => running.deploy(stack, 'Training'), moments);
    // then
    expect(failed.status).toBe('ROLLBACK_COMPLETE');
    expect(accepted).toEqual(['CreateTrainingJob']);
    expect(JSON.stringify(failed.events)).toContain('AlgorithmError: no data');
  }, 120_000);
});
