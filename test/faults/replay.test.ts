import * as fc from 'fast-check';
import { play, type Schedule, schedules } from './schedule';

/** All that the outside saw: the calls with what came of them, the events with their answers, and the log. */
async function trace(schedule: Schedule): Promise<string> {
  const { cloud, broken } = await play(schedule);
  return JSON.stringify([cloud.calls, cloud.history.events, cloud.log, cloud.faults.injected, broken], undefined, 1);
}

test('a schedule that is played again does the same, to the last call', async () => {
  const samples = fc.sample(schedules, { numRuns: 5, seed: 1 });
  for (const schedule of samples) expect(await trace(schedule)).toBe(await trace(schedule));
});

test('chance depends on the seed of a schedule', async () => {
  const [schedule] = fc.sample(schedules, { numRuns: 1, seed: 1 });
  expect(await trace(schedule)).not.toBe(await trace({ ...schedule, seed: schedule.seed + 1 }));
});
