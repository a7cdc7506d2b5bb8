import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appOf, type StackName } from './stacks';

/** Synthesizes an app, and returns the processor time of the process so far in milliseconds: of the start, the loading and the synthesis. */
export function wholeProcess(name: StackName, jobs: number): number {
  synthesize(name, jobs);
  return milliseconds(process.cpuUsage());
}

/**
 * Returns the processor time of a synthesis in milliseconds, which does not count other processes. A synthesis before it has loaded
 * the modules that are loaded on demand.
 */
export function time(name: StackName, jobs: number): number {
  synthesize(name, 1);
  const began = process.cpuUsage();
  synthesize(name, jobs);
  return milliseconds(process.cpuUsage(began));
}

/** Returns the memory that an app occupies after its synthesis, in MB. Needs `--expose-gc`. */
export function memory(name: StackName, jobs: number): number {
  synthesize(name, 1);
  gc!();
  const before = process.memoryUsage().heapUsed;
  const app = synthesize(name, jobs);
  gc!();
  const megabytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  // This use of the app keeps it in memory until here.
  return app.node.children.length > 0 ? megabytes : 0;
}

function synthesize(name: StackName, jobs: number) {
  const directory = mkdtempSync(join(tmpdir(), 'synthesis-'));
  try {
    const app = appOf(name, jobs, directory);
    app.synth();
    return app;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function milliseconds({ system, user }: NodeJS.CpuUsage): number {
  return (system + user) / 1000;
}
