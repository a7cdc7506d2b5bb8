import { packageFile, printed } from './fresh-process';
import type { Comparison } from './measure';

/** The names that an app uses to create a training job. The package loads the module of a name on first use. */
const NAMES = ['ContainerImage', 'S3Location', 'TrainingJob'];

/** The files of aws-cdk-lib that are loaded to synthesize a stack with a job. */
function neededFiles(): string[] {
  return printed(`
    require(${JSON.stringify(packageFile('bench', 'synthesis-run.js'))}).wholeProcess('shared', 1);
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.includes('/aws-cdk-lib/'))));
  `);
}

/** The processor time that a new process takes to load names of the package and files, in milliseconds. */
function loading(names: readonly string[], files: readonly string[]): number {
  const file = JSON.stringify(packageFile('lib', 'index.js'));
  return printed(`
    const began = process.cpuUsage();
    for (const name of ${JSON.stringify(names)}) require(${file})[name];
    for (const file of ${JSON.stringify(files)}) require(file);
    const { system, user } = process.cpuUsage(began);
    console.log((system + user) / 1000);
  `);
}

let needed: string[] | undefined;
const cdk = () => needed ??= neededFiles();

export const LOADING: Comparison[] = [
  {
    measure: 'loading for a stack with a job (ms)',
    subject: { name: 'this package, and the files of aws-cdk-lib that it needs', once: () => loading(NAMES, cdk()) },
    against: { name: 'only these files of aws-cdk-lib', once: () => loading([], cdk()) },
    goal: 1.1,
  },
  { measure: 'loading the package (ms)', subject: { name: 'before the first construct', once: () => loading(NAMES, []) } },
];
