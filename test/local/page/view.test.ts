import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCloud, type LocalCloudOptions } from '../../../local/cloud';
import { PageServer } from '../../../local/page';
import type { CloudView, JobDetails } from '../../../local/page/view-model';
import { GIVEN_RESOURCES } from '../../fixtures/given-resources';
import { json } from '../query/requests';

const ROLE = 'arn:aws:iam::111122223333:role/training';
const ARN = 'arn:aws:sagemaker:us-east-1:111122223333:training-job/job';
const JOB = {
  TrainingJobName: 'job',
  RoleArn: ROLE,
  AlgorithmSpecification: {
    TrainingImage: '111122223333.dkr.ecr.us-east-1.amazonaws.com/algorithm:1', TrainingInputMode: 'File', MetricDefinitions: [{ Name: 'auc', Regex: 'auc: (.*)' }],
  },
  OutputDataConfig: { S3OutputPath: 's3://bucket/models' },
  ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10 },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  HyperParameters: { password: 'secret' },
  Environment: { TOKEN: 'secret' },
};
const HTML = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };

let cloud: LocalCloud;
let page: PageServer;

async function start(options: LocalCloudOptions = {}): Promise<void> {
  cloud = await LocalCloud.start({
    given: GIVEN_RESOURCES, startAt: new Date('2026-01-01T00:00:00Z'), roles: [{ roleArn: ROLE }], ...options,
  });
  page = new PageServer(cloud);
}

async function stop(): Promise<void> {
  page.close();
  await cloud.stop();
}

beforeEach(() => start());
afterEach(() => stop());

const get = (path: string, headers: Record<string, string> = {}) => fetch(cloud.endpoint.url + path, { headers });
const view = async () => await (await get('/_page/view')).json() as CloudView;
const details = async (arn = ARN) => await (await get(`/_page/job?arn=${encodeURIComponent(arn)}`)).json() as JobDetails;
const at = (seconds: number) => Date.parse('2026-01-01T00:00:00Z') + seconds * 1000;
const createJob = async (input: object = {}) => json(cloud, 'sagemaker', 'SageMaker.CreateTrainingJob', { ...JOB, ...input });

/** The status of a GET request with headers that `fetch` sets itself. */
const statusOf = async (path: string, headers: Record<string, string>, method = 'GET') => new Promise<number>((resolve, reject) => {
  request(cloud.endpoint.url + path, { headers, method }, (response) => resolve(response.resume().statusCode!)).on('error', reject).end();
});

describe('the view', () => {
  test('contains the clock of the local cloud, which does not move for it', async () => {
    await cloud.clock.advance(90_000);
    expect(await view()).toMatchObject({ account: '111122223333', region: 'us-east-1', now: at(90), stacks: [], jobs: [], calls: [], faults: [] });
    expect((await view()).now).toBe(at(90));
  });

  test('contains the phases of a job on that clock, its calls and its end', async () => {
    cloud.sagemaker.behavior = () => ({ startingSeconds: 60, trainingSeconds: 120, uploadingSeconds: 30 });
    await createJob();
    await cloud.clock.advance(100_000);
    expect((await view()).jobs).toEqual([expect.objectContaining({
      arn: ARN,
      name: 'job',
      kind: 'TrainingJob',
      environment: 'aws://111122223333/us-east-1',
      status: 'InProgress',
      isRunning: true,
      phases: [{ name: 'Starting', from: at(0), to: at(60), message: expect.any(String) }, { name: 'Training', from: at(60), message: expect.any(String) }],
    })]);
    await cloud.clock.advance(200_000);
    const { jobs: [job], calls } = await view();
    expect(job).toMatchObject({ status: 'Completed', isRunning: false });
    expect(job.phases.at(-1)).toMatchObject({ name: 'Completed', from: at(210), to: at(210) });
    expect(calls).toEqual([expect.objectContaining({ operation: 'CreateTrainingJob', caller: 'client', resource: 'job', jobArn: ARN, isFaulty: false })]);
  });

  test('contains a stack with its events, and the resources of its template that have no state yet', async () => {
    const template = { Resources: { First: { Type: 'AWS::SNS::Topic' }, Second: { Type: 'AWS::SNS::Topic', DependsOn: 'First' } } };
    const { done } = cloud.cloudFormation.beginCreate({ stackName: 'Stack', template });
    const { stacks: [begun] } = await view();
    expect(begun).toMatchObject({ name: 'Stack', status: 'CREATE_IN_PROGRESS', isInProgress: true });
    expect(begun.resources).toContainEqual({ logicalId: 'Second', name: 'Second', type: 'AWS::SNS::Topic' });
    await cloud.clock.run(done);
    const { stacks: [stack] } = await view();
    expect(stack).toMatchObject({ status: 'CREATE_COMPLETE', isInProgress: false });
    expect(stack.resources.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual(['First CREATE_COMPLETE', 'Second CREATE_COMPLETE']);
    expect(stack.events.at(-1)).toMatchObject({ logicalId: 'Stack', status: 'CREATE_COMPLETE', isOfStack: true });
    expect(stack.failure).toBeUndefined();
  });

  test('contains the first reason of a failure', async () => {
    const template = { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 901 } } } };
    await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template }));
    expect((await view()).stacks[0].failure).toMatch(/^Queue: .*901 is not less or equal to 900/s);
  });

  test('contains a deleted stack and a deleted job', async () => {
    await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template: { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } }));
    await cloud.destroy('Stack');
    await createJob();
    await cloud.clock.advance(600_000);
    await json(cloud, 'sagemaker', 'SageMaker.DeleteTrainingJob', { TrainingJobName: 'job' });
    await cloud.clock.advance(600_000);
    const { stacks, jobs, calls } = await view();
    expect(stacks.map(({ name, status }) => `${name} ${status}`)).toEqual(['Stack DELETE_COMPLETE']);
    expect(jobs.map(({ name, status }) => `${name} ${status}`)).toEqual(['job Completed']);
    expect(calls.map(({ operation }) => operation)).toContain('DeleteTrainingJob');
  });

  test('contains injected faults, and calls that fail, but neither polls nor searches', async () => {
    await stop();
    await start({ faults: [{ fault: 'throttle', match: { operation: 'ListTags' } }] });
    await json(cloud, 'sagemaker', 'SageMaker.DescribeTrainingJob', { TrainingJobName: 'missing' });
    await json(cloud, 'sagemaker', 'SageMaker.ListTrainingJobs', {});
    await json(cloud, 'sagemaker', 'SageMaker.ListTags', { ResourceArn: ARN });
    await createJob({ RoleArn: 'none' });
    expect((await view()).calls.map(({ operation, error = '', isFaulty }) => [operation, error.split(':')[0], isFaulty])).toEqual([
      ['ListTags', 'ThrottlingException', true], ['CreateTrainingJob', 'ValidationException', false],
    ]);
  });

  test('contains the stacks and jobs of an earlier process', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'page-'));
    await stop();
    await start({ directory });
    await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template: { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } }));
    await createJob();
    await cloud.clock.advance(600_000);
    const before = await view();
    await stop();
    await start({ directory });
    const { stacks, jobs } = await view();
    expect({ stacks, jobs }).toEqual({ stacks: before.stacks, jobs: before.jobs });
    await stop();
    rmSync(directory, { recursive: true });
    await start();
  });
});

describe('the details of a job', () => {
  test('contain its description, its metrics and the lines of its log with their virtual times', async () => {
    cloud.sagemaker.behavior = () => ({ startingSeconds: 60, trainingSeconds: 100, metrics: { auc: 0.9 }, logs: { Training: ['first', '<b>second</b>'] } });
    await createJob();
    await cloud.clock.advance(600_000);
    const { description, metrics, log, failureReason } = await details();
    expect(description).toContainEqual({ path: 'ResourceConfig.InstanceType', value: 'ml.m5.large' });
    expect(description).toContainEqual({ path: 'CreationTime', value: '2026-01-01T00:00:00.000Z' });
    expect(metrics).toEqual([{ name: 'auc', value: 0.9 }]);
    expect(log.map(({ time, text }) => [time, text])).toEqual([[at(60), 'first'], [at(110), '<b>second</b>']]);
    expect(failureReason).toBeUndefined();
  });

  test('contain the virtual times of the log if callers see the real time', async () => {
    await stop();
    await start({ realTimeOutside: true });
    cloud.sagemaker.behavior = () => ({ startingSeconds: 60, logs: { Training: ['first'] } });
    await createJob();
    await cloud.clock.advance(600_000);
    expect((await details()).log.map(({ time }) => time)).toEqual([at(60)]);
  });

  test('contain the reason of its failure', async () => {
    cloud.sagemaker.behavior = () => ({ failure: 'AlgorithmError: exit code 1' });
    await createJob();
    await cloud.clock.advance(600_000);
    expect(await details()).toMatchObject({ failureReason: 'AlgorithmError: exit code 1' });
    expect((await view()).jobs[0].hasFailed).toBe(true);
  });

  test('contain no values that may be secrets', async () => {
    await createJob();
    const { description } = await details();
    expect(description).toContainEqual({ path: 'HyperParameters.password', value: '***' });
    expect(JSON.stringify([description, await view()])).not.toContain('secret');
  });

  test('do not exist for an unknown job', async () => {
    expect((await get('/_page/job?arn=arn:aws:sagemaker:us-east-1:111122223333:training-job/none')).status).toBe(404);
    expect((await get('/_page/job')).status).toBe(404);
  });
});

test('the view is sent again after a change', async () => {
  const response = await get('/_page/events');
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let received = '';
  const reading = (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      received += chunk;
      if (/event: view\ndata: .*"name":"job"/.test(received) && received.includes('event: clock')) return;
    }
  })();
  await createJob();
  await reading;
  expect(received).toMatch(/^event: view\ndata: .*"jobs":\[\]/);
  await response.body?.cancel().catch(() => undefined);
});

describe('the address of the page', () => {
  test('shows a page to a browser, whose policy permits only its own scripts, styles and connections', async () => {
    const response = await get('/', HTML);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const text = await response.text();
    const files = [...text.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path);
    expect(files).toEqual(['/_page/icon.svg', '/_page/page.css', '/_page/page.js']);
    for (const path of files) expect((await get(path)).status).toBe(200);
    expect(text).not.toMatch(/https?:\/\/|style=|<script>/);
  });

  test('answers clients of AWS as before', async () => {
    const signed = (service: string) => ({ ...HTML, authorization: `AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/${service}/aws4_request, Signature=0` });
    const buckets = await get('/', signed('s3'));
    expect(buckets.status).toBe(200);
    expect(await buckets.text()).toContain('<ListAllMyBucketsResult');
    expect(await (await get('/_page/view', signed('s3'))).text()).toContain('<Code>NoSuchBucket</Code>');
    expect(await (await get('/?X-Amz-Credential=AKIDTEST%2F20260101%2Fus-east-1%2Fs3%2Faws4_request', HTML)).text()).toContain('<ListAllMyBucketsResult');
    // Without a signature and without a browser.
    const { status, headers } = await get('/', { accept: '*/*' });
    expect({ status, type: headers.get('content-type') }).not.toEqual({ status: 200, type: 'text/html; charset=utf-8' });
    expect((await createJob()).status).toBe(200);
  });

  test('cannot be the path of a bucket', async () => {
    const response = await fetch(`${cloud.endpoint.url}/_page`, {
      method: 'PUT', headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/s3/aws4_request, Signature=0' },
    });
    expect(await response.text()).toContain('<Code>InvalidBucketName</Code>');
  });

  test('is available only under the names of this machine, so that no other site can read the view', async () => {
    const port = cloud.endpoint.port;
    expect(await statusOf('/_page/view', { host: `localhost:${port}` })).toBe(200);
    expect(await statusOf('/_page/view', { host: `[::1]:${port}` })).toBe(200);
    expect(await statusOf('/_page/view', { host: `example.com:${port}` })).toBe(403);
    expect(await statusOf('/', { ...HTML, host: 'example.com' })).toBe(403);
  });

  test('can only be read', async () => {
    expect(await statusOf('/_page/view', {}, 'POST')).toBe(405);
    expect(await statusOf('/_page/page.html', {}, 'HEAD')).toBe(200);
    expect(await statusOf('/_page/../../package.json', {})).not.toBe(200);
    expect(await statusOf('/_page/..%2findex.ts', {})).toBe(404);
    expect(await statusOf('/_page/constructor', {})).toBe(404);
  });
});
