import { packageFile, printed } from './fresh-process';
import type { Comparison, Measured } from './measure';
import type { StackName } from './stacks';
import type { SynthesisCost } from './synthesis-run';

const NAMES: { readonly [name in StackName]: string } = {
  ours: 'TrainingJob',
  unchecked: 'without the checks',
  plain: 'plain resources',
  bare: 'bare requests',
  nested: 'CustomResource',
  peer: 'provider framework',
};

function costOf(name: StackName, jobs: number): SynthesisCost {
  const module = JSON.stringify(packageFile('bench', 'synthesis-run.js'));
  return printed(`console.log(JSON.stringify(require(${module}).run('${name}', ${jobs})))`);
}

const time = (name: StackName, jobs: number): Measured => ({ name: NAMES[name], once: () => costOf(name, jobs).milliseconds });
const memory = (name: StackName, jobs: number): Measured => ({ name: NAMES[name], once: () => costOf(name, jobs).megabytes });
const timePerJob = (jobs: number): Measured => ({ name: `${jobs} jobs`, once: () => costOf('ours', jobs).milliseconds / jobs });

export const SYNTHESIS: Comparison[] = [
  ...[1, 50, 400].flatMap((jobs): Comparison[] => [
    { measure: `synthesis of ${jobs} jobs (ms)`, subject: time('ours', jobs), against: time('plain', jobs), reach: jobs === 400 ? 1.3 : undefined },
    { measure: `synthesis of ${jobs} jobs (ms)`, subject: time('ours', jobs), against: time('peer', jobs), reach: jobs === 400 ? 1 : undefined },
  ]),
  { measure: 'a construct with a resource in it, 400 times (ms)', subject: time('nested', 400), against: time('plain', 400) },
  { measure: 'synthesis of 400 jobs (ms)', subject: time('ours', 400), against: time('unchecked', 400), reach: 1.1 },
  { measure: 'synthesis of one job among many (ms)', subject: timePerJob(400), against: timePerJob(50), reach: 1 },
  ...[1, 50, 400].map((jobs): Comparison => (
    { measure: `memory after the synthesis of ${jobs} jobs (MB)`, subject: memory('ours', jobs), against: memory('peer', jobs) }
  )),
];
