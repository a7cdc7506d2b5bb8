import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsiiKernel, type KernelValue, struct } from './jsii-kernel';
import { outputOf } from '../child-process';
import { blocksOf } from '../fixtures/docs';
import { pack, ROOT } from '../package/packed';

const JSII_RUNTIME = '1.140.0';
/** The package and its dependencies, in the order in which the package of a language loads them. */
const DEPENDENCIES = ['constructs', '@aws-cdk/asset-awscli-v1', '@aws-cdk/asset-node-proxy-agent-v6', '@aws-cdk/cloud-assembly-schema', 'aws-cdk-lib'];
const NAME = 'cdk-sagemaker-jobs';

const { types, version } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
const ours = (type: string) => `${NAME}.${type}`;
const versionOf = (name: string) => JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;

let directory: string;
let kernel: JsiiKernel;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'other-languages-'));
  const packages = DEPENDENCIES.map((name) => ({ name, version: versionOf(name) }));
  const packed = JSON.parse(outputOf('npm', [
    'pack', '--json', '--prefer-offline', '--pack-destination', directory,
    `@jsii/runtime@${JSII_RUNTIME}`, ...packages.map((each) => `${each.name}@${each.version}`),
  ], { cwd: directory })) as ReadonlyArray<{ readonly name: string; readonly filename: string }>;
  const tarball = (name: string) => join(directory, packed.find((each) => each.name === name)!.filename);

  mkdirSync(join(directory, 'runtime'));
  outputOf('tar', ['-xzf', tarball('@jsii/runtime'), '-C', join(directory, 'runtime')]);
  kernel = await JsiiKernel.start(join(directory, 'runtime/package/webpack/bin/jsii-runtime.js'));
  for (const each of packages) await kernel.load(each.name, each.version, tarball(each.name));
  await kernel.load(NAME, version, join(directory, pack(directory).filename));
}, 180_000);

afterAll(async () => {
  await kernel?.stop();
  rmSync(directory, { recursive: true });
});

const location = (uri: string) => kernel.invokeStatic(ours('S3Location'), 'fromUri', uri);

async function xgboost(): Promise<KernelValue> {
  const algorithm = await kernel.getStatic(ours('BuiltInAlgorithm'), 'XGBOOST');
  return kernel.invokeStatic(ours('ContainerImage'), 'fromBuiltInAlgorithm', algorithm, struct(ours('BuiltInAlgorithmImageOptions'), { version: '1.7-1' }));
}

async function trainingOptions(): Promise<object> {
  const channel = async (name: string) => kernel.invokeStatic(
    ours('InputChannel'), 'fromS3', name, await location(`s3://churn/${name}/`), struct(ours('S3ChannelOptions'), { contentType: 'text/csv' }));
  return {
    trainingImage: await xgboost(),
    hyperParameters: { '$jsii.map': { objective: 'binary:logistic', num_round: '20' } },
    inputDataConfig: [await channel('train'), await channel('validation')],
    outputLocation: await location('s3://churn/models/'),
  };
}

/** The props of each construct, as another language passes them. */
const PROPS: { readonly [construct: string]: () => Promise<object> } = {
  TrainingJob: trainingOptions,
  HyperParameterTuningJob: async () => ({
    hyperParameterTuningJobObjective: await kernel.getStatic(ours('AlgorithmMetric'), 'VALIDATION_AUC'),
    parameterRanges: [await kernel.invokeStatic(ours('ParameterRange'), 'integer', 'max_depth', 2, 8)],
    maxNumberOfTrainingJobs: 4,
    trainingJobDefinition: struct(ours('HyperParameterTrainingJobDefinition'), await trainingOptions()),
  }),
  CompilationJob: async () => ({
    model: await kernel.invokeStatic(ours('CompilationModel'), 'fromS3', await location('s3://churn/model.tar.gz'), struct(ours('CompilationModelOptions'), {
      framework: await kernel.getStatic(ours('CompilationFramework'), 'PYTORCH'),
      frameworkVersion: '1.13',
      dataInputConfig: await kernel.invokeStatic(ours('CompilationDataInput'), 'fromShapes', { '$jsii.map': { input0: [1, 3, 224, 224] } }),
    })),
    outputLocation: await location('s3://churn/compiled/'),
    target: await kernel.invokeStatic(ours('CompilationTarget'), 'fromDevice', await kernel.getStatic(ours('TargetDevice'), 'ML_C5')),
  }),
  ProcessingJob: async () => ({ image: await xgboost(), containerArguments: ['prepare'] }),
  OptimizationJob: async () => ({
    modelSource: await kernel.invokeStatic(ours('OptimizationModelSource'), 'fromS3', await location('s3://churn/llama/')),
    deploymentInstanceType: await kernel.getStatic(ours('MlInstanceType'), 'ML_G5_12XLARGE'),
    optimizationConfigs: [await kernel.invokeStatic(ours('OptimizationTechnique'), 'quantization', struct(ours('OptimizationTechniqueOptions'), {
      overrideEnvironment: { '$jsii.map': { OPTION_QUANTIZE: 'awq' } },
    }))],
    outputLocation: await location('s3://churn/optimized'),
  }),
  TransformJob: async () => ({
    model: await kernel.invokeStatic(ours('TransformModel'), 'fromModelName', 'churn'),
    transformInput: await kernel.invokeStatic(ours('TransformInput'), 'fromS3', await location('s3://churn/customers/'), struct(ours('TransformInputOptions'), { contentType: 'text/csv' })),
    outputLocation: await location('s3://churn/predictions'),
  }),
  NotebookInstance: async () => ({ instanceType: await kernel.getStatic(ours('MlInstanceType'), 'ML_T3_MEDIUM') }),
  NotebookInstanceLifecycleConfig: async () => ({
    onStart: [await kernel.invokeStatic(ours('NotebookInstanceLifecycleScript'), 'fromInline', 'echo ready')],
  }),
};

interface Class {
  readonly name: string;
  readonly kind: string;
  readonly abstract?: boolean;
  readonly initializer?: { readonly parameters?: ReadonlyArray<{ readonly name: string }> };
}

/** An example in the tablet of jsii-rosetta, by language. `$` is the original. */
interface Snippet {
  readonly translations: { readonly [language: string]: { readonly source: string } };
}

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly Request: { readonly [member: string]: object } };
}

/** The constructs of the package: the classes that a scope and an id create. */
const constructs = Object.values<Class>(types)
  .filter(({ kind, abstract, initializer }) => kind === 'class' && !abstract && initializer?.parameters?.[0]?.name === 'scope')
  .map(({ name }) => name);

test('the props of each construct are in the list', () => {
  expect(Object.keys(PROPS).sort()).toEqual(constructs.sort());
});

test('the kernel of the other languages creates each construct with the packed package, and synthesizes the stack', async () => {
  const app = await kernel.create('aws-cdk-lib.App', struct('aws-cdk-lib.AppProps', { outdir: join(directory, 'cdk.out') }));
  const stack = await kernel.create('aws-cdk-lib.Stack', app, 'Churn');
  for (const name of constructs) await kernel.create(ours(name), stack, name, struct(ours(`${name}Props`), await PROPS[name]()));
  const assembly = await kernel.invoke(app, 'synth');
  const template = JSON.parse(readFileSync(join(await kernel.get(assembly, 'directory') as string, 'Churn.template.json'), 'utf8'));

  const resources = Object.values<Resource>(template.Resources);
  expect(resources.map(({ Type }) => Type)).toEqual(expect.arrayContaining(
    constructs.map((name) => `${name.endsWith('Job') ? 'Custom::SageMaker' : 'AWS::SageMaker::'}${name}`)));
  const training = resources.find(({ Type }) => Type === 'Custom::SageMakerTrainingJob')!;
  expect(training.Properties.Request.HyperParameters).toEqual({ objective: 'binary:logistic', num_round: '20' });
}, 120_000);

test('another language sees values of a job as strings, and the message of a rejected request', async () => {
  const other = await kernel.create('aws-cdk-lib.App', struct('aws-cdk-lib.AppProps', { outdir: join(directory, 'rejected') }));
  const job = await kernel.create(ours('TrainingJob'), await kernel.create('aws-cdk-lib.Stack', other, 'Churn'), 'Training',
    struct(ours('TrainingJobProps'), { ...await trainingOptions(), maxRuntime: await kernel.invokeStatic('aws-cdk-lib.Duration', 'days', 40) }));

  expect(await kernel.get(job, 's3ModelArtifacts')).toEqual(expect.stringMatching(/^\$\{Token\[/));
  await expect(kernel.invoke(other, 'synth')).rejects.toThrow('[Churn/Training] maxRuntime: must be at most 28 days (2419200 seconds); got 3456000 seconds');
});

test('the package contains the translation of each example in its README', () => {
  expect(pack().files.map(({ path }) => path)).toContain('.jsii.tabl.json');
  const { snippets } = JSON.parse(readFileSync(join(ROOT, '.jsii.tabl.json'), 'utf8'));
  const translated = Object.values<Snippet>(snippets);
  for (const { text } of blocksOf('README.md').filter(({ language }) => language === 'ts')) {
    const [{ translations }] = translated.filter(({ translations: { $: original } }) => original.source.trim() === text.trim());
    expect(Object.keys(translations).sort()).toEqual(['$', 'csharp', 'go', 'java', 'python']);
  }
});

test.each([
  ['python', 'python/README.md', 'training = TrainingJob(stack, "Training",'],
  ['go', 'go/cdksagemakerjobs/README.md', 'training := cdksagemakerjobs.NewTrainingJob(stack, jsii.String("Training"),'],
])('the README of the package for %s has examples in its language', (_language, file, line) => {
  const readme = readFileSync(join(ROOT, 'dist/languages', file), 'utf8');
  expect(readme).toContain(line);
  expect(readme).not.toContain('```ts');
});
