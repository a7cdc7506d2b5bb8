import * as fc from 'fast-check';
import { play, schedules } from './schedule';

/** The same schedules each time, so that a failure is of the change at hand; `npx projen test:faults` looks for new ones. */
const SEED = 2091369447;
/** On a busy machine, as many as there is time for; `npx projen test:faults` runs ten thousand. */
const MOST = 300;
const TIME = 15_000;

test('whatever users do and whatever goes wrong, the invariants hold', async () => {
  const seed = Number(process.env.FC_SEED ?? SEED);
  const end = performance.now() + TIME;
  let [ran, faults, jobs] = [0, 0, 0];
  await fc.assert(fc.asyncProperty(schedules, async (schedule) => {
    // Those that are left when the time is up are skipped: one that was broken off would go on after the test.
    if (performance.now() > end) return;
    const outcome = await play(schedule);
    ran++;
    faults += outcome.faults;
    jobs += outcome.jobs;
    expect(outcome.broken).toEqual([]);
  }), { numRuns: MOST, seed, path: process.env.FC_PATH });
  process.stderr.write(`${ran} schedules, ${jobs} jobs, ${faults} faults (FC_SEED=${seed})\n`);
  expect(faults).toBeGreaterThan(0);
});
