import { packageFile, printed } from './fresh-process';
import type { Comparison, Measured } from './measure';
import type { StackName } from './stacks';

const NAMES: { readonly [name in StackName]: string } = {
  ours: 'TrainingJob with a role of its own',
  shared: 'TrainingJob with a shared role',
  unchecked: 'the same without the checks',
  plain: 'plain resources',
  plainRoles: 'plain resources with the same roles and policies',
  bare: 'bare requests',
  framework: 'provider framework',
  tasks: 'SageMakerCreateTrainingJob',
  notebooks: 'NotebookInstance',
  plainNotebooks: 'CfnNotebookInstance',
};

/** CDK's template validation takes longer than all else. It is off, unless a measurement includes it. */
function run(call: 'wholeProcess' | 'time' | 'memory', name: StackName, count: number, isValidated = false): number {
  const module = JSON.stringify(packageFile('bench', 'synthesis-run.js'));
  const code = `console.log(JSON.stringify(require(${module}).${call}('${name}', ${count})))`;
  // With `--expose-gc`, Node.js loads more of its own modules, so times are measured without it.
  return printed(code, { env: { CDK_VALIDATION: String(isValidated) }, nodeOptions: call === 'memory' ? ['--expose-gc'] : [] });
}

const whole = (name: StackName, count: number, isValidated = false): Measured => (
  { name: NAMES[name], once: () => run('wholeProcess', name, count, isValidated) });
const time = (name: StackName, count: number): Measured => ({ name: NAMES[name], once: () => run('time', name, count) });
const perJob = (name: StackName, count: number): Measured => ({ name: `of ${count} jobs`, once: () => run('time', name, count) / count });
const memory = (name: StackName, count: number): Measured => ({ name: NAMES[name], once: () => run('memory', name, count) });
const kilobytesOfJob = (name: StackName): Measured => ({
  name: NAMES[name], once: () => (run('memory', name, 400) - run('memory', name, 100)) / 300 * 1024,
});

export const SYNTHESIS: Comparison[] = [
  { measure: 'app with one job, whole process (ms)', subject: whole('shared', 1), against: whole('framework', 1), goal: 0.95 },
  { measure: 'app with one default job, whole process (ms)', subject: whole('ours', 1), against: whole('framework', 1) },
  { measure: 'app with one job, whole process (ms)', subject: whole('shared', 1), against: whole('tasks', 1) },
  { measure: 'app with one job and template validation, whole process (ms)', subject: whole('shared', 1, true), against: whole('framework', 1, true), rounds: 3 },
  { measure: 'app with 400 default jobs, whole process (ms)', subject: whole('ours', 400), against: whole('plainRoles', 400), goal: 1.1 },
  { measure: 'app with 400 jobs, whole process (ms)', subject: whole('shared', 400), against: whole('framework', 400), goal: 1 },
  { measure: 'app with 400 notebook instances, whole process (ms)', subject: whole('notebooks', 400), against: whole('plainNotebooks', 400), goal: 1.4 },
  { measure: 'app with 400 jobs, whole process (ms)', subject: whole('shared', 400), against: whole('plain', 400) },
  { measure: 'app with 400 jobs, whole process (ms)', subject: whole('shared', 400), against: whole('tasks', 400) },
  { measure: 'synthesis alone of 400 default jobs (ms)', subject: time('ours', 400), against: time('plainRoles', 400) },
  { measure: 'synthesis alone of 400 jobs (ms)', subject: time('shared', 400), against: time('framework', 400) },
  { measure: 'synthesis alone of 400 jobs (ms)', subject: time('shared', 400), against: time('unchecked', 400), guard: 1.15 },
  { measure: 'synthesis alone of 400 notebook instances (ms)', subject: time('notebooks', 400), against: time('plainNotebooks', 400) },
  { measure: 'synthesis of one job among many (ms)', subject: perJob('shared', 2000), against: perJob('shared', 400), guard: 1, rounds: 3 },
  { measure: 'memory of one job (KB)', subject: kilobytesOfJob('shared'), guard: 10, rounds: 3 },
  { measure: 'memory of one default job (KB)', subject: kilobytesOfJob('ours'), rounds: 3 },
  { measure: 'memory of 400 jobs (MB)', subject: memory('shared', 400), against: memory('framework', 400), rounds: 3 },
];
