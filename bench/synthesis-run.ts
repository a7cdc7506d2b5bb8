import { App, Stack } from 'aws-cdk-lib';
import { type StackName, STACKS } from './stacks';

/** What one synthesis costs. */
export interface SynthesisCost {
  /** Of a processor: what other processes do meanwhile does not count. */
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Synthesizes a stack once. A small one before it loads what is loaded on demand: that is not what is measured here. */
export function run(name: StackName, jobs: number): SynthesisCost {
  synthesize(name, 1);
  gc!();
  const before = process.memoryUsage().heapUsed;
  const began = process.cpuUsage();
  const app = synthesize(name, jobs);
  const { system, user } = process.cpuUsage(began);
  gc!();
  const megabytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  // The app is still in use here, and so in memory.
  return { milliseconds: (system + user) / 1000, megabytes: app.node.children.length > 0 ? megabytes : 0 };
}

function synthesize(name: StackName, jobs: number): App {
  const app = new App({ analyticsReporting: false });
  STACKS[name](new Stack(app, 'Stack'), jobs);
  app.synth();
  return app;
}
