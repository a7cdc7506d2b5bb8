import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { CommandLine, MAIN } from './command-line';
import { differences, isJob, requestOf, requestsIn, roundTripOf } from './round-trip';
import { constructFor } from '../../cli/import/import-job';
import { constantOf } from '../../cli/import/property-expressions';
import * as library from '../../src';
import { JOB_KINDS, type JobKind } from '../../src/contract';
import { SHAPES } from '../../src/validation/model.generated';
import { OPEN_VALUES } from '../../src/validation/open-values';
import type { RequestKind } from '../../src/validation/shape-constraints';
import { outputOf, runProcess } from '../child-process';
import { World } from '../deploy/world';
import { REQUEST_FIXTURES } from '../fixtures/kinds';
import { fullNotebook, newNotebook } from '../fixtures/notebooks';
import { type Example, templateOf } from '../fixtures/synth';
import { EXAMPLE_STACKS } from '../security/stacks';
import {
  COMPILATION_JOBS, LIFECYCLE_CONFIGS, NOTEBOOK_INSTANCES, OPTIMIZATION_JOBS, PROCESSING_JOBS, TRAINING_JOBS, TRANSFORM_JOBS, TUNING_JOBS,
} from '../validation/arbitraries';

type Json = any;

/** The members that the source reports, with their positions in lists. */
function reportedIn(source: string): string[] {
  return [...source.matchAll(/^\/\/ (?:Added|Not contained): (.+?): /gm)].map(([, member]) => member);
}

const CASES = REQUEST_FIXTURES.flatMap(({ name, examples }) => Object.entries(examples).map(([id, example]) => ({ name, id, example })));
const NOTEBOOKS: ReadonlyArray<readonly [string, RequestKind, Example]> = [
  ['a notebook instance with all members', 'notebookInstance', fullNotebook],
  ['a notebook instance with few members', 'notebookInstance', newNotebook],
  ['a notebook instance with the defaults of SageMaker', 'notebookInstance', (stack) => newNotebook(stack, { useServiceDefaults: true })],
  ['a lifecycle configuration', 'notebookInstanceLifecycleConfig', fullNotebook],
];
const kindOf = (noun: string) => (Object.keys(JOB_KINDS) as JobKind[]).find((kind) => JOB_KINDS[kind].noun === noun)!;

/** The source for the request of an example, and the differences of the request that it renders. */
function roundTrip(kind: RequestKind, example: Example): { readonly source: string; readonly differences: string[] } {
  const [request] = requestsIn(templateOf(example).toJSON(), kind);
  return roundTripOf(kind, request);
}

const ROLE = 'arn:aws:iam::111122223333:role/train';
const IMAGE = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1';
/** The least that SageMaker accepts. */
const LEAST: { readonly [kind in JobKind]: Json } = {
  trainingJob: {
    TrainingJobName: 'churn-1',
    AlgorithmSpecification: { TrainingImage: IMAGE, TrainingInputMode: 'File' },
    RoleArn: ROLE,
    OutputDataConfig: { S3OutputPath: 's3://churn/models' },
    ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1 },
  },
  hyperParameterTuningJob: {
    HyperParameterTuningJobName: 'churn-1',
    HyperParameterTuningJobConfig: {
      Strategy: 'Bayesian',
      ResourceLimits: { MaxParallelTrainingJobs: 1, MaxNumberOfTrainingJobs: 2 },
      HyperParameterTuningJobObjective: { Type: 'Maximize', MetricName: 'auc' },
      ParameterRanges: { IntegerParameterRanges: [{ Name: 'depth', MinValue: '1', MaxValue: '9' }] },
    },
    TrainingJobDefinition: {
      AlgorithmSpecification: { TrainingImage: IMAGE, TrainingInputMode: 'File', MetricDefinitions: [{ Name: 'auc', Regex: 'auc: (.*)' }] },
      RoleArn: ROLE,
      OutputDataConfig: { S3OutputPath: 's3://churn/models' },
      ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1 },
      StoppingCondition: {},
    },
  },
  compilationJob: {
    CompilationJobName: 'churn-1',
    RoleArn: ROLE,
    InputConfig: { S3Uri: 's3://churn/model.tar.gz', Framework: 'XGBOOST' },
    OutputConfig: { S3OutputLocation: 's3://churn/compiled', TargetDevice: 'ml_c5' },
    StoppingCondition: {},
  },
  optimizationJob: {
    OptimizationJobName: 'churn-1',
    RoleArn: ROLE,
    ModelSource: { S3: { S3Uri: 's3://churn/llama' } },
    DeploymentInstanceType: 'ml.g5.12xlarge',
    OptimizationConfigs: [{ ModelShardingConfig: { Image: IMAGE } }],
    OutputConfig: { S3OutputLocation: 's3://churn/optimized' },
    StoppingCondition: {},
  },
  transformJob: {
    TransformJobName: 'churn-1',
    ModelName: 'churn',
    TransformInput: { DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://churn/customers' } } },
    TransformOutput: { S3OutputPath: 's3://churn/predictions' },
    TransformResources: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1 },
  },
  processingJob: {
    ProcessingJobName: 'churn-1',
    ProcessingInputs: [{ InputName: 'raw', S3Input: { S3Uri: 's3://churn/raw', S3DataType: 'S3Prefix' } }],
    ProcessingOutputConfig: { Outputs: [{ OutputName: 'out', S3Output: { S3Uri: 's3://churn/out', S3UploadMode: 'EndOfJob' } }] },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
    AppSpecification: { ImageUri: IMAGE },
    RoleArn: ROLE,
  },
};

interface RandomResource {
  readonly props: fc.Arbitrary<any>;
  readonly construct: new (stack: Stack, id: string, props: any) => unknown;
}

const RANDOM: { readonly [kind in RequestKind]: RandomResource } = {
  trainingJob: { props: TRAINING_JOBS, construct: library.TrainingJob },
  hyperParameterTuningJob: { props: TUNING_JOBS, construct: library.HyperParameterTuningJob },
  compilationJob: { props: COMPILATION_JOBS, construct: library.CompilationJob },
  optimizationJob: { props: OPTIMIZATION_JOBS, construct: library.OptimizationJob },
  transformJob: { props: TRANSFORM_JOBS, construct: library.TransformJob },
  processingJob: { props: PROCESSING_JOBS, construct: library.ProcessingJob },
  notebookInstance: { props: NOTEBOOK_INSTANCES, construct: library.NotebookInstance },
  notebookInstanceLifecycleConfig: { props: LIFECYCLE_CONFIGS, construct: library.NotebookInstanceLifecycleConfig },
};

const WITHOUT_ROLE: readonly RequestKind[] = ['transformJob', 'notebookInstanceLifecycleConfig'];

/** More than a hundred requests, the same each time. Set `FC_SEED` and `FC_RUNS` for others, and for more of each kind. */
const RUN = { seed: Number(process.env.FC_SEED ?? 20261129), numRuns: Number(process.env.FC_RUNS ?? 13) };

/** The sources of all tests, which must compile. */
const sources: string[] = [];

describe('sagemaker-jobs import', () => {
  test.each(CASES)('writes the construct for the request of $name $id, which renders it again', ({ name, example }) => {
    const trip = roundTrip(kindOf(name), example);
    sources.push(trip.source);
    expect(trip).toEqual({ source: expect.not.stringContaining('Not contained'), differences: [] });
  });

  test.each(NOTEBOOKS)('writes the construct for the request of %s, which renders it again', (_name, kind, example) => {
    const trip = roundTrip(kind, example);
    sources.push(trip.source);
    expect(trip).toEqual({ source: expect.not.stringContaining('Not contained'), differences: [] });
  });

  test.each(Object.keys(EXAMPLE_STACKS))('writes the constructs for the requests of the example %s, which render them again', (name) => {
    const template = Template.fromStack(EXAMPLE_STACKS[name](new App())).toJSON();
    const trips = (Object.keys(RANDOM) as RequestKind[]).flatMap((kind) => requestsIn(template, kind).map((request) => roundTripOf(kind, request)));
    expect(trips.length).toBeGreaterThan(0);
    for (const trip of trips) {
      sources.push(trip.source);
      expect(trip).toEqual({ source: expect.not.stringContaining('Not contained'), differences: [] });
    }
  });

  test.each(Object.keys(LEAST) as JobKind[])('names what the construct adds to the least request of a %s', (kind) => {
    const { [`${JOB_KINDS[kind].noun}Name`]: _name, ...request } = LEAST[kind];
    const source = constructFor(kind, LEAST[kind]);
    sources.push(source);
    expect(differences(request, requestOf(source, kind)).sort()).toEqual(reportedIn(source).sort());
  });

  test.each(Object.keys(RANDOM) as RequestKind[])('writes the constructs for random requests of a %s', (kind) => {
    const { construct: Construct, props } = RANDOM[kind];
    for (const each of fc.sample(props, RUN)) {
      const trip = roundTrip(kind, (stack) => new Construct(stack, 'Job', {
        ...!WITHOUT_ROLE.includes(kind) && { role: iam.Role.fromRoleArn(stack, 'Role', ROLE) }, ...isJob(kind) && { waitForCompletion: false }, ...each,
      }));
      sources.push(trip.source);
      expect({ differences: trip.differences, source: trip.source }).toMatchObject({ differences: [] });
    }
  });

  test('every known value of an enumeration has the constant that is written', () => {
    const missing = Object.entries(OPEN_VALUES).flatMap(([shape, type]) => (SHAPES[shape]?.enum ?? [])
      .filter((value) => type !== 'HyperParameterTuningJobObjective' && (library as Json)[type][constantOf(value)]?.value !== value)
      .map((value) => `${type}.${constantOf(value)}`));
    expect(missing).toEqual([]);
  });

  test('copies no secret, omits reserved tags, and reports members that no property has', () => {
    const source = constructFor('trainingJob', {
      ...LEAST.trainingJob,
      Environment: { API_TOKEN: 'hunter2hunter2', MODE: 'fast' },
      OutputDataConfig: { S3OutputPath: 's3://churn/models', KmsKeyId: 'alias/churn' },
      Tags: [{ Key: 'team', Value: 'growth' }, { Key: 'cdk-sagemaker-jobs:waits', Value: 'true' }],
      NewMember: { Value: 1 },
    });
    expect(source).not.toContain('hunter2');
    expect(source).toContain('environment: { API_TOKEN: \'\', MODE: \'fast\' }');
    expect(source).toContain('Tags.of(job).add(\'team\', \'growth\');');
    expect(source).not.toContain('cdk-sagemaker-jobs:waits');
    expect(reportedIn(source)).toEqual(expect.arrayContaining(['Environment.API_TOKEN', 'OutputDataConfig.KmsKeyId', 'NewMember']));
  });

  test('reads a resource that exists, without what its description adds, and a request in a file', async () => {
    const world = await World.start({ quotas: false, roles: [{ roleArn: ROLE }] });
    const directory = mkdtempSync(join(tmpdir(), 'import-'));
    try {
      const cli = new CommandLine(world.cloud);
      const { ResourceConfig, ...rest } = LEAST.trainingJob;
      const request = { ...rest, ResourceConfig: { ...ResourceConfig, VolumeSizeInGB: 50 }, StoppingCondition: { MaxRuntimeInSeconds: 7200 } };
      await world.call('CreateTrainingJob', request);
      const file = join(directory, 'request.json');
      writeFileSync(file, JSON.stringify(request));
      const script = '#!/bin/sh\necho \'started\'\n';
      await world.call('CreateNotebookInstanceLifecycleConfig', {
        NotebookInstanceLifecycleConfigName: 'setup', OnStart: [{ Content: Buffer.from(script).toString('base64') }],
      });
      await world.call('CreateNotebookInstance', {
        NotebookInstanceName: 'lab', InstanceType: 'ml.t3.medium', RoleArn: ROLE, LifecycleConfigName: 'setup', SubnetId: 'subnet-1', SecurityGroupIds: ['sg-1'],
      });
      const [notebook, config, job, written, missing, kind] = await Promise.all([
        cli.run(['import', 'notebook-instance', 'lab']),
        cli.run(['import', 'lifecycle-config', 'setup']),
        cli.run(['import', 'training-job', 'churn-1']),
        cli.run(['import', 'training-job', '--request', file]),
        cli.run(['import', 'training-job', 'churn-2']),
        cli.run(['import', 'model', 'churn-1']),
      ]);
      expect(notebook).toMatchObject({ code: 0, stderr: '' });
      expect(requestOf(notebook.stdout, 'notebookInstance')).toEqual({
        InstanceType: 'ml.t3.medium',
        RoleArn: ROLE,
        LifecycleConfigName: 'setup',
        SubnetId: 'subnet-1',
        SecurityGroupIds: ['sg-1'],
        DirectInternetAccess: 'Enabled',
        RootAccess: 'Enabled',
        VolumeSizeInGB: 5,
        PlatformIdentifier: 'notebook-al2023-v1',
        InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '1' },
      });
      expect(config).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Check that they contain no secrets.') });
      expect(requestOf(config.stdout, 'notebookInstanceLifecycleConfig')).toEqual({ OnStart: [{ Content: Buffer.from(script).toString('base64') }] });
      expect(job).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('maxRuntime: Duration.hours(2),') });
      expect(written.stdout.split('\n').sort()).toEqual(job.stdout.split('\n').sort());
      expect(missing).toMatchObject({ code: 2, stderr: 'The training job churn-2 does not exist in eu-west-1. Check its name, the Region and the account.\n' });
      expect(kind).toMatchObject({ code: 2, stderr: expect.stringMatching(/^unknown kind 'model'; available: training-job, /) });
    } finally {
      await world.stop();
      rmSync(directory, { recursive: true });
    }
  });

  test('says which packages a translation needs, and which languages there are', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'import-'));
    try {
      const file = join(directory, 'request.json');
      writeFileSync(file, JSON.stringify(LEAST.trainingJob));
      const importIn = async (language: string) => runProcess(
        process.execPath, [MAIN, 'import', 'training-job', '--request', file, '--language', language], { cwd: directory });
      expect(await importIn('python')).toMatchObject({
        code: 2,
        stdout: '',
        stderr: 'A translation needs more packages. Install them in the current directory: npm install jsii-rosetta cdk-sagemaker-jobs aws-cdk-lib constructs\n',
      });
      expect(await importIn('perl')).toMatchObject({ code: 1, stderr: expect.stringContaining('Allowed choices are typescript, python, java, csharp, go.') });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test('writes files that compile', () => {
    const directory = mkdtempSync(join(__dirname, '../../examples/imported-'));
    try {
      sources.forEach((source, index) => writeFileSync(join(directory, `app${index}.ts`), source));
      writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({
        extends: '../../test/tsconfig.json', compilerOptions: { rootDir: '../..', noUnusedLocals: false }, include: ['*.ts'], exclude: [],
      }));
      expect(outputOf(process.execPath, [join(__dirname, '../../node_modules/typescript-native/bin/tsc'), '-p', directory])).toBe('');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
