import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf } from '../child-process';
import { install } from '../npm';
import { pack, ROOT } from '../package/packed';

const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const TSC = join(ROOT, 'node_modules/typescript-native/bin/tsc');
const JSII = join(ROOT, 'node_modules/jsii/bin/jsii');

const LIBRARY = {
  name: 'acme-training',
  version: '1.0.0',
  description: 'Constructs of a company',
  license: 'Apache-2.0',
  author: { name: 'Acme' },
  repository: { type: 'git', url: 'https://github.com/acme/acme-training.git' },
  main: 'lib/index.js',
  types: 'lib/index.d.ts',
  peerDependencies: { 'aws-cdk-lib': '*', 'constructs': '*', 'cdk-sagemaker-jobs': '*' },
  jsii: { outdir: 'dist', tsc: { outDir: 'lib', rootDir: 'src' } },
};

/** A construct of a library, which extends a construct of the package, and mentions its types. */
const CONSTRUCT = `
import { ContainerImage, InputChannel, ITrainingJob, S3Location, TrainingJob, TrainingJobProps } from 'cdk-sagemaker-jobs';
import { Construct } from 'constructs';

export interface ChurnTrainingProps {
  readonly data: S3Location;
  readonly image: ContainerImage;
  readonly outputLocation: S3Location;
}

export class ChurnTraining extends TrainingJob {
  public readonly previous?: ITrainingJob;

  constructor(scope: Construct, id: string, props: ChurnTrainingProps) {
    const job: TrainingJobProps = {
      trainingImage: props.image,
      inputDataConfig: [InputChannel.fromS3('train', props.data)],
      outputLocation: props.outputLocation,
    };
    super(scope, id, job);
  }
}
`;

let directory: string;
let library: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dependents-'));
  library = join(directory, 'library');
  mkdirSync(join(library, 'src'), { recursive: true });
  writeFileSync(join(library, 'package.json'), JSON.stringify(LIBRARY));
  writeFileSync(join(library, 'README.md'), '# Constructs of a company\n');
  writeFileSync(join(library, 'src/index.ts'), CONSTRUCT);
  const peers = ['aws-cdk-lib', 'constructs', '@types/node'].map((name) => `${name}@${devDependencies[name]}`);
  await install(['--no-save', join(directory, pack(directory).filename), ...peers], { cwd: library });
}, 180_000);
afterAll(() => rmSync(directory, { recursive: true }));

test.each([
  ['node16', 'node16'],
  ['esnext', 'bundler'],
])('the compiler accepts an import with the module format %s and the module resolution %s', (module, moduleResolution) => {
  const options = ['--strict', '--noEmit', '--target', 'es2022', '--types', 'node', '--module', module, '--moduleResolution', moduleResolution];
  expect(outputOf(process.execPath, [TSC, ...options, 'src/index.ts'], { cwd: library })).toBe('');
}, 120_000);

test('jsii compiles a library whose construct extends one of the package', () => {
  outputOf(process.execPath, [JSII, '--silence-warnings=reserved-word'], { cwd: library });
  const { types } = JSON.parse(readFileSync(join(library, '.jsii'), 'utf8'));
  expect(types['acme-training.ChurnTraining'].base).toBe('cdk-sagemaker-jobs.TrainingJob');
}, 120_000);
