/* eslint-disable no-console */
import * as fc from 'fast-check';
import { crashEverywhere, PATHS } from './crash-points';
import { throttleMany } from './many';
import { play, schedules } from './schedule';
import { JOB_SCENARIOS } from '../deploy/kinds';

/** How much is to be run. */
interface Extent {
  readonly crashPoints: boolean;
  readonly many?: boolean;
  readonly schedules?: number;
  readonly seconds?: number;
}

const USAGE = 'run.ts [crash-points | many | <count> | <count>s | <count>m | <count>h]';
const UNITS: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600 };

/**
 * Kills the function at every crash point, and runs random schedules: as many as are asked for, or for as long; by default
 * all crash points, 400 throttled jobs, and ten thousand schedules. `FC_SEED` and `FC_PATH` repeat what a run has printed.
 */
async function main(argument?: string): Promise<void> {
  const extent = extentOf(argument);
  if (!extent) {
    console.error(`Usage: ${USAGE}`);
    process.exitCode = 2;
    return;
  }
  // CDK's validation of every template takes most of the time.
  process.env.CDK_VALIDATION = 'false';
  if (extent.crashPoints) await runCrashPoints();
  if (extent.many) await runMany();
  if (extent.schedules !== undefined || extent.seconds !== undefined) await runSchedules(extent);
}

function extentOf(argument?: string): Extent | undefined {
  if (argument === undefined) return { crashPoints: true, many: true, schedules: 10_000 };
  if (argument === 'crash-points') return { crashPoints: true };
  if (argument === 'many') return { crashPoints: false, many: true };
  const [, count, unit] = /^([1-9]\d*)([smh])?$/.exec(argument) ?? [];
  if (count === undefined) return undefined;
  return unit === undefined ? { crashPoints: false, schedules: Number(count) } : { crashPoints: false, seconds: Number(count) * UNITS[unit] };
}

async function runCrashPoints(): Promise<void> {
  let points = 0;
  for (const [index, { name }] of JOB_SCENARIOS.entries()) {
    for (const path of PATHS) {
      const { count, failures } = await crashEverywhere(path, index);
      points += count;
      if (failures.length === 0) continue;
      process.exitCode = 1;
      console.log(`${name}, ${path.name}:\n${failures.join('\n')}`);
    }
  }
  console.log(`${points} crash points: before the first call of each invocation and after each call that changes something, on each of ${PATHS.length} paths of ${JOB_SCENARIOS.length} kinds`);
}

/** So few calls do not do for so many jobs: what cannot be started or stopped in time is told, and nothing is left running. */
async function runMany(): Promise<void> {
  const { broken, minutes, refused, started, status } = await throttleMany(400, 2);
  console.log(`400 jobs at two calls a second: ${status} after ${minutes} minutes, ${started} started, ${refused} calls refused, ${broken.length} invariants broken`);
  if (broken.length === 0) return;
  process.exitCode = 1;
  console.log(broken.join('\n'));
}

async function runSchedules({ schedules: count, seconds }: Extent): Promise<void> {
  const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
  const path = process.env.FC_PATH;
  let [ran, shrinking, faults, jobs, broken] = [0, 0, 0, 0, 0];
  const { log } = console;
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  const details = await fc.check(fc.asyncProperty(schedules, async (schedule) => {
    const outcome = await play(schedule);
    if (broken > 0) shrinking++;
    else ran++;
    faults += outcome.faults;
    jobs += outcome.jobs;
    if (ran % 500 === 0 && broken === 0) log(`${ran} schedules in ${Math.round(elapsed())} seconds`);
    if (outcome.broken.length === 0) return;
    if (broken === 0) broken = outcome.broken.length;
    throw new Error(outcome.broken.join('\n'));
  }), {
    seed,
    path,
    numRuns: count ?? Number.MAX_SAFE_INTEGER,
    endOnFailure: path !== undefined,
    ...seconds !== undefined && { interruptAfterTimeLimit: seconds * 1000 },
  });
  log(`${ran} schedules run in ${Math.round(elapsed())} seconds (${(ran / elapsed()).toFixed(1)} each second), ${jobs} jobs started, `
    + `${faults} faults injected, ${broken} invariants broken (FC_SEED=${seed})`);
  if (count !== undefined && !details.failed && path === undefined && ran < count) throw new Error(`${count} schedules were asked for`);
  if (details.counterexample) {
    process.exitCode = 1;
    log(`To repeat: FC_SEED=${details.seed} FC_PATH=${details.counterexamplePath} (shrunk in ${shrinking} runs)`);
    log(JSON.stringify(details.counterexample, undefined, 1));
    log(String(details.errorInstance));
  }
}

void main(process.argv[2]);
