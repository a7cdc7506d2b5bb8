import { App, Stack } from 'aws-cdk-lib';
import { type StackName, STACKS } from './stacks';

/** The cost of one synthesis. */
export interface SynthesisCost {
  /** Processor time, which does not count other processes. */
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Synthesizes a stack once. A small one before it loads the modules that are loaded on demand, which are not measured here. */
export function run(name: StackName, jobs: number): SynthesisCost {
  synthesize(name, 1);
  gc!();
  const before = process.memoryUsage().heapUsed;
  const began = process.cpuUsage();
  const app = synthesize(name, jobs);
  const { system, user } = process.cpuUsage(began);
  gc!();
  const megabytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  // This use of the app keeps it in memory until here.
  return { milliseconds: (system + user) / 1000, megabytes: app.node.children.length > 0 ? megabytes : 0 };
}

function synthesize(name: StackName, jobs: number): App {
  const app = new App({ analyticsReporting: false });
  STACKS[name](new Stack(app, 'Stack'), jobs);
  app.synth();
  return app;
}
