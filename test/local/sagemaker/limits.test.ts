import {
  CreateCompilationJobCommand,
  CreateTrainingJobCommand,
  UpdateTrainingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { Notebooks, script } from './notebook-setup';
import { ACCOUNT, Fixture, request } from './setup';
import { definition, TuningJobs } from './tuning-setup';

const DAY = 86_400;

let cloud: Fixture;
let notebooks: Notebooks;
let tuning: TuningJobs;
beforeEach(async () => {
  cloud = await Fixture.start();
  notebooks = new Notebooks(cloud);
  tuning = new TuningJobs(cloud);
});
afterEach(async () => cloud.stop());

const compile = async (name: string) => cloud.client.send(new CreateCompilationJobCommand({
  CompilationJobName: name,
  RoleArn: `arn:aws:iam::${ACCOUNT}:role/compilation`,
  InputConfig: { S3Uri: 's3://bucket/model.tar.gz', DataInputConfig: '{"input0":[1]}', Framework: 'PYTORCH' },
  OutputConfig: { S3OutputLocation: 's3://bucket/compiled', TargetDevice: 'ml_c5' },
  StoppingCondition: { MaxRuntimeInSeconds: 900 },
}));

describe.each<[string, number, (name: string) => Promise<unknown>]>([
  ['a training job', 63, async (name) => cloud.create(name)],
  ['a tuning job', 32, async (name) => tuning.create(name)],
  ['a compilation job', 63, compile],
  ['a notebook instance', 63, async (name) => notebooks.create(name)],
  ['a lifecycle configuration', 63, async (name) => notebooks.createConfig(name, {})],
])('the name of %s', (_, longest, create) => {
  test(`has at most ${longest} characters`, async () => {
    await expect(create('x'.repeat(longest))).resolves.toBeDefined();
    await expect(create('x'.repeat(longest + 1))).rejects.toMatchObject({
      name: 'ValidationException', message: expect.stringContaining(`length less than or equal to ${longest}`),
    });
  });

  test.each(['-name', 'name-', 'my_name', 'my.name', 'my name'])('is not %p', async (name) => {
    await expect(create(name)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('regular expression pattern') });
  });

  test('may have hyphens inside', async () => {
    await expect(create('my--Name-1')).resolves.toBeDefined();
  });
});

describe('the volume of a notebook instance', () => {
  test('has 5 to 16384 GB', async () => {
    await expect(notebooks.create('small', { VolumeSizeInGB: 4 })).rejects.toMatchObject({ message: expect.stringContaining('greater than or equal to 5') });
    await expect(notebooks.create('large', { VolumeSizeInGB: 16_385 })).rejects.toMatchObject({ message: expect.stringContaining('less than or equal to 16384') });
    await expect(notebooks.create('book', { VolumeSizeInGB: 16_384 })).resolves.toBeDefined();
  });
});

test('a lifecycle configuration has one script for each hook', async () => {
  const scripts = [...script('one'), ...script('two')];
  await expect(notebooks.createConfig('config', { OnStart: scripts })).rejects.toMatchObject({ message: expect.stringContaining("at 'onStart' failed to satisfy constraint: Member must have length less than or equal to 1") });
});

test('a warm start has 1 to 5 parents', async () => {
  const from = (count: number) => ({
    WarmStartConfig: {
      WarmStartType: 'TransferLearning',
      ParentHyperParameterTuningJobs: Array.from({ length: count }, (_, index) => ({ HyperParameterTuningJobName: `parent-${index}` })),
    },
  });
  await expect(tuning.create('child', {}, from(0))).rejects.toMatchObject({ message: expect.stringContaining('length greater than or equal to 1') });
  await expect(tuning.create('child', {}, from(6))).rejects.toMatchObject({ message: expect.stringContaining('length less than or equal to 5') });
});

test('a tuning job that does not say otherwise runs for 30 days at most', async () => {
  cloud.sagemaker.behavior = () => ({ trainingSeconds: 27 * DAY });
  await tuning.create('tune', { ResourceLimits: { MaxNumberOfTrainingJobs: 2, MaxParallelTrainingJobs: 1 } }, {
    TrainingJobDefinition: { ...definition, StoppingCondition: { MaxRuntimeInSeconds: 28 * DAY } },
  });
  await cloud.seconds(29.9 * DAY);
  const { HyperParameterTuningJobStatus: before } = await tuning.describe('tune');
  await cloud.seconds(0.2 * DAY);
  expect([before, (await tuning.describe('tune')).HyperParameterTuningJobStatus]).toEqual(['InProgress', 'Stopped']);
});

test('an update of a training job changes nothing but what UpdateTrainingJob takes', async () => {
  await cloud.client.send(new CreateTrainingJobCommand(request('job')));
  const before = await cloud.describe('job');
  await cloud.client.send(new UpdateTrainingJobCommand({
    TrainingJobName: 'job',
    RemoteDebugConfig: { EnableRemoteDebug: true },
    ProfilerRuleConfigurations: [{ RuleConfigurationName: 'rule', RuleEvaluatorImage: 'image' }],
  }));
  const response = await fetch(cloud.endpoint.url, {
    method: 'POST',
    body: JSON.stringify({ TrainingJobName: 'job', StoppingCondition: { MaxRuntimeInSeconds: 1 }, HyperParameters: { epochs: '9' } }),
    headers: {
      'X-Amz-Target': 'SageMaker.UpdateTrainingJob',
      'Content-Type': 'application/x-amz-json-1.1',
      'Authorization': 'AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/eu-central-1/sagemaker/aws4_request',
    },
  });
  expect(response.status).toBe(200);
  const { RemoteDebugConfig, ProfilerRuleConfigurations, LastModifiedTime: _, $metadata: __, ...rest } = await cloud.describe('job');
  expect({ RemoteDebugConfig, ProfilerRuleConfigurations }).toMatchObject({ RemoteDebugConfig: { EnableRemoteDebug: true }, ProfilerRuleConfigurations: [{ RuleConfigurationName: 'rule' }] });
  expect(before).toMatchObject(rest);
});
