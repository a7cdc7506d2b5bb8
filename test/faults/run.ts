/* eslint-disable no-console */
import * as fc from 'fast-check';
import { crashEverywhere, PATHS } from './crash-points';
import { play, schedules } from './schedule';
import { KINDS } from '../deploy/kinds';

/**
 * Kills the function at every crash point, and runs random schedules: `run.ts [crash-points | count]`, by default the crash
 * points and ten thousand schedules. `FC_SEED` and `FC_PATH` repeat what a run has printed.
 */
async function main(what: string = ''): Promise<void> {
  if (what === '' || what === 'crash-points') await runCrashPoints();
  if (what !== 'crash-points') await runSchedules(Number(what || 10_000));
}

async function runCrashPoints(): Promise<void> {
  let points = 0;
  for (const [index, { name }] of KINDS.entries()) {
    for (const path of PATHS) {
      const { count, failures } = await crashEverywhere(path, index);
      points += count;
      if (failures.length === 0) continue;
      process.exitCode = 1;
      console.log(`${name}, ${path.name}:\n${failures.join('\n')}`);
    }
  }
  console.log(`${points} crash points: before and after each call on each of ${PATHS.length} paths of ${KINDS.length} kinds`);
}

async function runSchedules(count: number): Promise<void> {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
  let [ran, faults, jobs, broken] = [0, 0, 0, 0];
  const { log } = console;
  const begun = performance.now();
  const details = await fc.check(fc.asyncProperty(schedules, async (schedule) => {
    const outcome = await play(schedule);
    ran++;
    faults += outcome.faults;
    jobs += outcome.jobs;
    if (ran % 500 === 0) log(`${ran} schedules in ${Math.round((performance.now() - begun) / 1000)} seconds`);
    if (outcome.broken.length === 0) return;
    broken++;
    throw new Error(outcome.broken.join('\n'));
  }), { numRuns: count, seed, path: process.env.FC_PATH, endOnFailure: process.env.FC_PATH !== undefined });
  log(`${ran} schedules run, ${jobs} jobs started, ${faults} faults injected, ${broken} invariants broken (FC_SEED=${seed})`);
  if (details.failed) {
    log(`To repeat: FC_SEED=${details.seed} FC_PATH=${details.counterexamplePath}`);
    log(JSON.stringify(details.counterexample, undefined, 1));
    log(String(details.errorInstance));
    process.exitCode = 1;
  }
}

void main(process.argv[2]);
