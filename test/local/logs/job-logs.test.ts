import { FilterLogEventsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateCompilationJobCommand, CreateProcessingJobCommand, StopTrainingJobCommand } from '@aws-sdk/client-sagemaker';
import { logsClient, START } from './setup';
import { Clock } from '../../../local/clock';
import { Endpoint } from '../../../local/endpoint';
import { CloudWatchLogs } from '../../../local/logs';
import type { SageMakerOptions } from '../../../local/sagemaker';
import { testWithScripts } from '../../with-scripts';
import { Notebooks, script } from '../sagemaker/notebook-setup';
import { ACCOUNT, Fixture, REGION } from '../sagemaker/setup';

const TRAINING = '/aws/sagemaker/TrainingJobs';

let cloud: Fixture;
let logs: CloudWatchLogs;
let endpoint: Endpoint;
async function begin(options: Partial<SageMakerOptions> = {}): Promise<void> {
  const clock = new Clock({ startAt: new Date(START) });
  logs = new CloudWatchLogs({ clock, region: REGION, account: ACCOUNT });
  cloud = await Fixture.start({ clock, logs, ...options });
  endpoint = await Endpoint.start(clock, [logs]);
}
afterEach(async () => {
  await cloud.stop();
  await endpoint.stop();
});

/** The events of a group: the second at which they came, and what they say. */
async function events(logGroupName: string, logStreamNamePrefix?: string): Promise<[number, string, string][]> {
  const client = logsClient(endpoint.url);
  try {
    const { events: found } = await client.send(new FilterLogEventsCommand({ logGroupName, logStreamNamePrefix }));
    return found!.map(({ timestamp, message, logStreamName }) => [Math.floor((timestamp! - START) / 1000), message!, logStreamName!]);
  } finally {
    client.destroy();
  }
}

const messages = async (group: string) => (await events(group)).map(([, message]) => message);
interface Streams {
  readonly logStreams: readonly { readonly logStreamName: string }[];
}

const streams = () => logs.operations.DescribeLogStreams({ logGroupName: TRAINING }) as unknown as Streams;

describe("a training job's log", () => {
  test('has the lines of its algorithm over the time of its phase, in the stream of the first instance', async () => {
    await begin({ behavior: () => ({ logs: { Training: ['epoch 1', 'epoch 2', 'epoch 3'] } }) });
    await cloud.create('job', { ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 2, VolumeSizeInGB: 10 } });
    await cloud.seconds(240);
    const second = START / 1000 + 90;
    expect(await events(TRAINING)).toEqual([
      [90, 'epoch 1', `job/algo-1-${second}`], [130, 'epoch 2', `job/algo-1-${second}`], [170, 'epoch 3', `job/algo-1-${second}`],
    ]);
    expect(streams().logStreams.map(({ logStreamName }) => logStreamName)).toEqual([`job/algo-1-${second}`, `job/algo-2-${second}`]);
  });

  test('ends with the lines of its failure', async () => {
    await begin({ behavior: () => ({ failure: 'AlgorithmError: depth', logs: { Training: ['epoch 1'], Failed: ['Traceback', 'ValueError: depth'] } }) });
    await cloud.create('job');
    await cloud.seconds(240);
    expect((await cloud.describe('job')).TrainingJobStatus).toBe('Failed');
    expect((await events(TRAINING)).map(([second, message]) => `${second} ${message}`)).toEqual(['90 epoch 1', '210 Traceback', '210 ValueError: depth']);
  });

  test('ends with the lines after SIGTERM where it is stopped', async () => {
    await begin({ behavior: () => ({ logs: { Training: ['epoch 1', 'epoch 2'], Stopping: ['saving'] } }) });
    await cloud.create('job');
    await cloud.seconds(100);
    await cloud.client.send(new StopTrainingJobCommand({ TrainingJobName: 'job' }));
    await cloud.seconds(240);
    expect(await messages(TRAINING)).toEqual(['epoch 1', 'saving']);
  });

  test('is there before the algorithm prints, and not before it runs', async () => {
    await begin({ behavior: () => ({ failure: 'ClientError: no data', failsIn: 'Downloading', logs: { Failed: ['never'] } }) });
    await cloud.create('job');
    await cloud.seconds(240);
    expect(logs.has(TRAINING)).toBe(false);
    cloud.sagemaker.behavior = () => ({});
    await cloud.create('other');
    await cloud.seconds(95);
    expect(streams().logStreams).toHaveLength(1);
    const client = logsClient(endpoint.url);
    const { events: none } = await client.send(new GetLogEventsCommand({
      logGroupName: TRAINING,
      logStreamName: streams()
        .logStreams[0].logStreamName,
    }));
    client.destroy();
    expect(none).toEqual([]);
  });

  test.each([
    ['to write', 'logs:PutLogEvents', false],
    ['to create the group', 'logs:CreateLogGroup', false],
    ['to create the group, which is there', 'logs:CreateLogGroup', true],
  ])('needs a role that allows %s', async (_, denied, isThere) => {
    const refusal = (_role: string, { action }: { readonly action: string }) => action === denied ? 'no' : undefined;
    await begin({
      behavior: () => ({ logs: { Training: ['line'] } }),
      executionRoles: { canAssume: () => true, refusal, keyOfBucket: () => undefined },
    });
    if (isThere) logs.createGroup(TRAINING);
    await cloud.create('job');
    await cloud.seconds(240);
    expect((await cloud.describe('job')).TrainingJobStatus).toBe('Completed');
    if (isThere) expect(await messages(TRAINING)).toEqual(['line']);
    else expect(logs.has(TRAINING)).toBe(false);
  });
});

test("a compilation job's log is a stream with its name", async () => {
  await begin({ compilation: () => ({ failure: 'ClientError: unsupported operator', logs: { INPROGRESS: ['compiling'], FAILED: ['unsupported'] } }) });
  await cloud.client.send(new CreateCompilationJobCommand({
    CompilationJobName: 'compilation',
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/compilation`,
    InputConfig: { S3Uri: 's3://bucket/model.tar.gz', Framework: 'PYTORCH', FrameworkVersion: '1.13', DataInputConfig: '[[1,3,224,224]]' },
    OutputConfig: { S3OutputLocation: 's3://bucket/compiled/', TargetDevice: 'ml_c5' },
    StoppingCondition: { MaxRuntimeInSeconds: 900 },
  }));
  await cloud.seconds(200);
  expect(await events('/aws/sagemaker/CompilationJobs')).toEqual([[30, 'compiling', 'compilation'], [150, 'unsupported', 'compilation']]);
});

test("a processing job's log has a stream for each instance, with the second of the start", async () => {
  await begin({ processing: () => ({ failure: 'AlgorithmError', logs: { InProgress: ['reading'], Failed: ['no data'] } }) });
  await cloud.client.send(new CreateProcessingJobCommand({
    ProcessingJobName: 'processing',
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/processing`,
    AppSpecification: { ImageUri: 'image' },
    ProcessingResources: { ClusterConfig: { InstanceType: 'ml.m5.large', InstanceCount: 2, VolumeSizeInGB: 30 } },
  }));
  await cloud.seconds(200);
  const stream = expect.stringMatching(/^processing\/algo-1-\d{10}$/);
  expect(await events('/aws/sagemaker/ProcessingJobs')).toEqual([[30, 'reading', stream], [150, 'no data', stream]]);
});

testWithScripts("a notebook instance's log has what its lifecycle scripts print, in a stream for each hook", async () => {
  await begin();
  const notebooks = new Notebooks(cloud);
  await notebooks.createConfig('config', { OnCreate: script('echo made'), OnStart: script('echo one; echo two >&2') });
  await notebooks.inService('book', { LifecycleConfigName: 'config' });
  const group = '/aws/sagemaker/NotebookInstances';
  expect(await events(group, 'book/LifecycleConfigOnCreate')).toEqual([[120, 'made', 'book/LifecycleConfigOnCreate']]);
  expect(await events(group, 'book/LifecycleConfigOnStart')).toEqual([
    [120, 'one', 'book/LifecycleConfigOnStart'], [120, 'two', 'book/LifecycleConfigOnStart'],
  ]);
});
