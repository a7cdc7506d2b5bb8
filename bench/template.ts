import type { Comparison, Measured } from './measure';
import { type StackName, synthesized } from './stacks';

const resources = (name: StackName, jobs: number) => Object.keys(synthesized(name, jobs).Resources).length;
const bytes = (name: StackName, jobs: number) => JSON.stringify(synthesized(name, jobs)).length;
/** Of jobs whose names have the same length. */
const bytesOfJob = (name: StackName) => (bytes(name, 400) - bytes(name, 300)) / 100;

/** The resources of a stack in addition to its jobs, and the resources of one more job. */
const ofStack = (name: string, count: () => number): Measured => ({ name, once: count });

export const TEMPLATE: Comparison[] = [
  {
    measure: 'resources of a stack in addition to its jobs',
    subject: ofStack('TrainingJob', () => resources('shared', 1) - 1),
    against: ofStack('provider framework', () => resources('framework', 1) - 1),
  },
  { measure: 'resources of a stack in addition to its jobs', subject: ofStack('TrainingJob', () => resources('shared', 1) - 1), guard: 9 },
  { measure: 'resources of one more job', subject: ofStack('TrainingJob', () => resources('shared', 2) - resources('shared', 1)), guard: 1 },
  {
    measure: 'template bytes of a stack with one job',
    subject: ofStack('TrainingJob', () => bytes('shared', 1)),
    against: ofStack('provider framework', () => bytes('framework', 1)),
  },
  {
    measure: 'resources of one more default job',
    subject: ofStack('TrainingJob', () => resources('ours', 2) - resources('ours', 1)),
    guard: 4,
  },
  { measure: 'template bytes of one more default job', subject: ofStack('TrainingJob', () => (bytes('ours', 90) - bytes('ours', 80)) / 10) },
  ...([['bare', 'its bare request in a resource', 1.26], ['plain', 'a plain resource with the same properties']] as const).map(([name, title, guard]) => ({
    measure: 'template bytes of one more job',
    subject: ofStack('TrainingJob', () => bytesOfJob('shared')),
    against: ofStack(title, () => bytesOfJob(name)),
    guard,
  })),
].map((comparison) => ({ ...comparison, rounds: 1 }));
