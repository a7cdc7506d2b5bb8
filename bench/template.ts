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
    subject: ofStack('TrainingJob', () => resources('ours', 1) - 1),
    against: ofStack('provider framework', () => resources('peer', 1) - 1),
  },
  { measure: 'resources of a stack in addition to its jobs', subject: ofStack('TrainingJob', () => resources('ours', 1) - 1), reach: 8 },
  { measure: 'resources of one more job', subject: ofStack('TrainingJob', () => resources('ours', 2) - resources('ours', 1)), reach: 1 },
  {
    measure: 'template bytes of a stack with one job',
    subject: ofStack('TrainingJob', () => bytes('ours', 1)),
    against: ofStack('provider framework', () => bytes('peer', 1)),
  },
  ...([['bare', 'its bare request in a resource', 1.2], ['plain', 'a plain resource with the same properties']] as const).map(([name, title, reach]) => ({
    measure: 'template bytes of one more job',
    subject: ofStack('TrainingJob', () => bytesOfJob('ours')),
    against: ofStack(title, () => bytesOfJob(name)),
    reach,
  })),
].map((comparison) => ({ ...comparison, exact: true }));
