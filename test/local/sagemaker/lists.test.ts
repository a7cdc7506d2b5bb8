import {
  paginateListCodeRepositories, paginateListCompilationJobs, paginateListEndpointConfigs, paginateListEndpoints, paginateListHyperParameterTuningJobs,
  paginateListModels, paginateListNotebookInstanceLifecycleConfigs, paginateListNotebookInstances, paginateListOptimizationJobs,
  paginateListProcessingJobs, paginateListTrainingJobs, paginateListTrainingJobsForHyperParameterTuningJob, paginateListTransformJobs,
  type SageMakerClient, waitUntilProcessingJobCompletedOrStopped, waitUntilTransformJobCompletedOrStopped,
} from '@aws-sdk/client-sagemaker';
import { ACCOUNT, Fixture, REGION, request } from './setup';
import { tuningRequest } from './tuning-setup';
import { Clock } from '../../../local/clock';
import type { JsonObject } from '../../../local/json';

const RoleArn = `arn:aws:iam::${ACCOUNT}:role/all`;
const Image = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/image:1`;
const StoppingCondition = { MaxRuntimeInSeconds: 3600 };
const processing = (ProcessingJobName: string) => ({
  ProcessingJobName, RoleArn, AppSpecification: { ImageUri: Image }, ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 10 } },
});
const transform = (TransformJobName: string) => ({
  TransformJobName,
  ModelName: 'model',
  TransformInput: { DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://bucket/in' } } },
  TransformOutput: { S3OutputPath: 's3://bucket/out' },
  TransformResources: { InstanceType: 'ml.m5.large', InstanceCount: 1 },
});
const model = (ModelName: string) => ({ ModelName, ExecutionRoleArn: RoleArn, PrimaryContainer: { Image } });
const variants = [{ VariantName: 'all', ModelName: 'model', InstanceType: 'ml.m5.large', InitialInstanceCount: 1 }];

type Paginate = (config: { client: SageMakerClient; pageSize?: number }, input: any) => AsyncIterable<object>;

interface Kind {
  readonly paginate: Paginate;
  readonly name: string;
  readonly create: (name: string) => [operation: string, input: object];
  /** The status of a new resource. Default: the list shows none. */
  readonly status?: string;
}

const KINDS: { readonly [list: string]: Kind } = {
  TrainingJobs: { paginate: paginateListTrainingJobs, name: 'TrainingJobName', create: (name) => ['CreateTrainingJob', request(name)], status: 'InProgress' },
  HyperParameterTuningJobs: {
    paginate: paginateListHyperParameterTuningJobs, name: 'HyperParameterTuningJobName', create: (name) => ['CreateHyperParameterTuningJob', tuningRequest(name)], status: 'InProgress',
  },
  CompilationJobs: {
    paginate: paginateListCompilationJobs,
    name: 'CompilationJobName',
    create: (CompilationJobName) => ['CreateCompilationJob', {
      CompilationJobName,
      RoleArn,
      InputConfig: { S3Uri: 's3://bucket/model.tar.gz', DataInputConfig: '{"input0": [1, 3, 224, 224]}', Framework: 'PYTORCH', FrameworkVersion: '1.12' },
      OutputConfig: { S3OutputLocation: 's3://bucket/compiled', TargetDevice: 'ml_c5' },
      StoppingCondition: { MaxRuntimeInSeconds: 900 },
    }],
    status: 'STARTING',
  },
  ProcessingJobs: { paginate: paginateListProcessingJobs, name: 'ProcessingJobName', create: (name) => ['CreateProcessingJob', processing(name)], status: 'InProgress' },
  TransformJobs: { paginate: paginateListTransformJobs, name: 'TransformJobName', create: (name) => ['CreateTransformJob', transform(name)], status: 'InProgress' },
  OptimizationJobs: {
    paginate: paginateListOptimizationJobs,
    name: 'OptimizationJobName',
    create: (OptimizationJobName) => ['CreateOptimizationJob', {
      OptimizationJobName,
      RoleArn,
      ModelSource: { S3: { S3Uri: 's3://bucket/model/' } },
      DeploymentInstanceType: 'ml.g5.12xlarge',
      OptimizationConfigs: [{ ModelQuantizationConfig: {} }],
      OutputConfig: { S3OutputLocation: 's3://bucket/optimized/' },
      StoppingCondition,
    }],
    status: 'STARTING',
  },
  Models: { paginate: paginateListModels, name: 'ModelName', create: (name) => ['CreateModel', model(name)] },
  EndpointConfigs: {
    paginate: paginateListEndpointConfigs, name: 'EndpointConfigName', create: (EndpointConfigName) => ['CreateEndpointConfig', { EndpointConfigName, ProductionVariants: variants }],
  },
  Endpoints: {
    paginate: paginateListEndpoints, name: 'EndpointName', create: (EndpointName) => ['CreateEndpoint', { EndpointName, EndpointConfigName: 'config' }], status: 'Creating',
  },
  NotebookInstances: {
    paginate: paginateListNotebookInstances,
    name: 'NotebookInstanceName',
    create: (NotebookInstanceName) => ['CreateNotebookInstance', { NotebookInstanceName, InstanceType: 'ml.t3.medium', RoleArn }],
    status: 'Pending',
  },
  NotebookInstanceLifecycleConfigs: {
    paginate: paginateListNotebookInstanceLifecycleConfigs,
    name: 'NotebookInstanceLifecycleConfigName',
    create: (NotebookInstanceLifecycleConfigName) => ['CreateNotebookInstanceLifecycleConfig', { NotebookInstanceLifecycleConfigName }],
  },
  CodeRepositories: {
    paginate: paginateListCodeRepositories,
    name: 'CodeRepositoryName',
    create: (CodeRepositoryName) => ['CreateCodeRepository', { CodeRepositoryName, GitConfig: { RepositoryUrl: 'https://git.example/r.git' } }],
  },
};

let cloud: Fixture;
beforeEach(async () => { cloud = await Fixture.start(); });
afterEach(() => cloud.stop());

/** The names on the pages of a list, which have one resource each. */
async function names({ name, paginate }: Kind, input: object = {}): Promise<string[]> {
  const found = [];
  for await (const page of paginate({ client: cloud.client, pageSize: 1 }, input)) {
    const [items] = Object.values(page).filter(Array.isArray) as Array<Array<{ [member: string]: string }>>;
    expect(items.length).toBeLessThanOrEqual(1);
    found.push(...items.map((item) => item[name]));
  }
  return found;
}

test.each(Object.entries(KINDS))('the paginator of the SDK lists %s by name, time and status, in both orders', async (_, kind) => {
  // given
  cloud.sagemaker.call('CreateModel', model('model'));
  cloud.sagemaker.call('CreateEndpointConfig', { EndpointConfigName: 'config', ProductionVariants: variants } as unknown as JsonObject);
  for (const name of ['list-b', 'list-c', 'list-a']) {
    const [operation, input] = kind.create(name);
    cloud.sagemaker.call(operation, input as JsonObject);
    await cloud.clock.advance(1000);
  }
  const listed = { NameContains: 'list-' };
  // then
  expect(await names(kind, { ...listed, SortBy: 'Name', SortOrder: 'Ascending' })).toEqual(['list-a', 'list-b', 'list-c']);
  expect(await names(kind, { ...listed, SortBy: 'Name', SortOrder: 'Descending' })).toEqual(['list-c', 'list-b', 'list-a']);
  expect(await names(kind, { ...listed, SortBy: 'CreationTime', SortOrder: 'Descending' })).toEqual(['list-a', 'list-c', 'list-b']);
  expect(await names(kind, { NameContains: 't-c' })).toEqual(['list-c']);
  expect(await names(kind, { ...listed, CreationTimeAfter: new Date('2026-01-01T00:00:01.5Z') })).toEqual(['list-a']);
  expect(await names(kind, { ...listed, CreationTimeBefore: new Date('2026-01-01T00:00:00.5Z') })).toEqual(['list-b']);
  if (kind.status === undefined) return;
  expect(await names(kind, { ...listed, StatusEquals: kind.status })).toHaveLength(3);
  expect(await names(kind, { ...listed, StatusEquals: kind.status === 'STARTING' ? 'FAILED' : 'Failed' })).toEqual([]);
});

test('the paginator of the SDK lists the training jobs of a tuning job', async () => {
  cloud.sagemaker.call('CreateHyperParameterTuningJob', tuningRequest('tuning') as unknown as JsonObject);
  await cloud.clock.advance(3_600_000);
  const found = [];
  const input = { HyperParameterTuningJobName: 'tuning', SortBy: 'Name' } as const;
  for await (const { TrainingJobSummaries } of paginateListTrainingJobsForHyperParameterTuningJob({ client: cloud.client, pageSize: 1 }, input)) {
    found.push(...TrainingJobSummaries!.map(({ TrainingJobName }) => TrainingJobName!));
  }
  expect(found.length).toBeGreaterThan(1);
  expect(found).toEqual([...new Set(found)].sort());
});

test('the waiters of the SDK see processing and transform jobs complete', async () => {
  await cloud.stop();
  cloud = await Fixture.start({ clock: new Clock({ startAt: new Date('2026-01-01T00:00:00Z'), speed: 900 }) });
  cloud.clock.start();
  cloud.sagemaker.call('CreateModel', model('model'));
  cloud.sagemaker.call('CreateProcessingJob', processing('processing'));
  cloud.sagemaker.call('CreateTransformJob', transform('transform'));
  const waiter = { client: cloud.client, minDelay: 0.02, maxDelay: 0.05, maxWaitTime: 20 };
  expect((await waitUntilProcessingJobCompletedOrStopped(waiter, { ProcessingJobName: 'processing' })).state).toBe('SUCCESS');
  expect((await waitUntilTransformJobCompletedOrStopped(waiter, { TransformJobName: 'transform' })).state).toBe('SUCCESS');
  await cloud.clock.stop();
});
