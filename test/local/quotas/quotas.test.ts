import { CreateTrainingJobCommand, DescribeTrainingJobCommand, ListTrainingJobsCommand, SageMakerClient, StopTrainingJobCommand } from '@aws-sdk/client-sagemaker';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { LocalCloud } from '../../../local/cloud';
import { Quotas } from '../../../local/quotas/service-quotas';
import { GIVEN_RESOURCES } from '../../fixtures/given-resources';
import { clientConfig, keyOf } from '../environments/clients';

const OTHER = '444455556666';
const MACHINE = (region: string) => `arn:aws:states:${region}:111122223333:stateMachine:machine`;

let cloud: LocalCloud;
const clients: { destroy(): void }[] = [];
const sageMaker = (region: string, account?: string) => opened(new SageMakerClient(clientConfig(cloud, region, account && keyOf(account))));
const states = (region: string) => opened(new SFNClient(clientConfig(cloud, region)));

function opened<T extends { destroy(): void }>(client: T): T {
  clients.push(client);
  return client;
}

async function start(options: object = {}): Promise<void> {
  cloud = await LocalCloud.start({
    given: GIVEN_RESOURCES,
    quotas: true,
    startAt: new Date('2026-01-01T00:00:00Z'),
    roles: ['111122223333', OTHER].map((account) => ({ roleArn: `arn:aws:iam::${account}:role/job` })),
    ...options,
  });
}
afterEach(async () => {
  clients.splice(0).forEach((client) => client.destroy());
  await cloud.stop();
});

const request = (TrainingJobName: string, account = '111122223333', region = 'us-east-1') => ({
  TrainingJobName,
  RoleArn: `arn:aws:iam::${account}:role/job`,
  AlgorithmSpecification: { TrainingImage: `${account}.dkr.ecr.${region}.amazonaws.com/churn:v1`, TrainingInputMode: 'File' as const },
  OutputDataConfig: { S3OutputPath: 's3://anywhere/models/' },
  ResourceConfig: { InstanceType: 'ml.m5.large' as const, InstanceCount: 1, VolumeSizeInGB: 10 },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
});

/** Sends a number of calls at once, and returns how many are not throttled. Calls that fail for another reason count as well. */
async function allowed(calls: number, call: (index: number) => Promise<unknown>): Promise<number> {
  const results = await Promise.allSettled(Array.from({ length: calls }, (_, index) => call(index)));
  return results.filter((result) => result.status === 'fulfilled' || !/Throttling/.test(result.reason.name)).length;
}

describe('SageMaker', () => {
  test('throttles each operation at its rate, whose tokens come back with time', async () => {
    await start();
    const client = sageMaker('us-east-1');
    const create = async (name: string) => client.send(new CreateTrainingJobCommand(request(name)));
    expect(await allowed(3, async (n) => create(`a-${n}`))).toBe(1);
    expect(await allowed(8, async () => client.send(new DescribeTrainingJobCommand({ TrainingJobName: 'any' })))).toBe(5);
    expect(await allowed(4, async () => client.send(new ListTrainingJobsCommand({})))).toBe(2);
    expect(await allowed(3, async () => client.send(new StopTrainingJobCommand({ TrainingJobName: 'any' })))).toBe(1);
    await expect(create('b')).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded', $metadata: { httpStatusCode: 400 } });
    await cloud.clock.advance(1000);
    expect(await allowed(3, async (n) => create(`c-${n}`))).toBe(1);
  });

  test('throttles each account and region on its own', async () => {
    await start();
    const places = [['us-east-1', '111122223333'], ['eu-west-1', '111122223333'], ['us-east-1', OTHER]];
    for (const [region, account] of places) {
      const client = sageMaker(region, account);
      expect(await allowed(2, async (n) => client.send(new CreateTrainingJobCommand(request(`job-${n}`, account, region))))).toBe(1);
    }
  });

  test('lists a job, and its end, some seconds later: at most eight, and the same in each run', async () => {
    const seen = [];
    for (const run of [1, 2]) {
      await start({ behavior: () => ({ trainingSeconds: 60 }) });
      await sageMaker('us-east-1').send(new CreateTrainingJobCommand(request('late')));
      const listed = async () => (await sageMaker('us-east-1').send(new ListTrainingJobsCommand({}))).TrainingJobSummaries!.map(({ TrainingJobStatus }) => TrainingJobStatus);
      const log = [await listed()];
      for (let second = 1; second <= 8; second++) {
        await cloud.clock.advance(1000);
        log.push(await listed());
      }
      expect(log[0]).toEqual([]);
      expect(log.at(-1)).toEqual(['InProgress']);
      seen.push(log);
      if (run === 1) await cloud.stop();
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  test('throttles nothing, and lists all at once, where quotas are turned off', async () => {
    await start({ quotas: false });
    const client = sageMaker('us-east-1');
    expect(await allowed(5, async (n) => client.send(new CreateTrainingJobCommand(request(`job-${n}`))))).toBe(5);
    expect((await client.send(new ListTrainingJobsCommand({}))).TrainingJobSummaries).toHaveLength(5);
  });
});

describe('Step Functions', () => {
  const put = (region: string) => cloud.in({ region }).stateMachines.put({
    name: 'machine', stateMachineArn: MACHINE(region), roleArn: 'arn:aws:iam::111122223333:role/states', definition: { StartAt: 'End', States: { End: { Type: 'Succeed' } } },
  });
  const trusting = {
    roles: [{
      roleArn: 'arn:aws:iam::111122223333:role/states',
      trust: { Statement: { Effect: 'Allow' as const, Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' } },
    }],
  };

  test.each([
    ['us-east-1', { StartExecution: [1300, 300], StopExecution: [1000, 200], DescribeExecution: [300, 15], ListExecutions: [200, 5] }],
    ['eu-north-1', { StartExecution: [800, 150], StopExecution: [500, 25], DescribeExecution: [250, 10], ListExecutions: [100, 2] }],
  ])('has buckets of its own in %s', async (region, buckets) => {
    await start();
    const { clock } = cloud;
    const { throttle } = new Quotas({ clock });
    const taken = (operation: string) => {
      let calls = 0;
      while (!throttle({ account: OTHER, region }, 'states', operation)) calls++;
      return calls;
    };
    const first = Object.keys(buckets).map((operation) => [operation, [taken(operation)]] as const);
    await clock.advance(1000);
    expect(Object.fromEntries(first.map(([operation, [burst]]) => [operation, [burst, taken(operation)]]))).toEqual(buckets);
  });

  test('throttles calls from outside', async () => {
    await start(trusting);
    put('eu-north-1');
    const client = states('eu-north-1');
    expect(await allowed(110, async () => client.send(new ListExecutionsCommand({ stateMachineArn: MACHINE('eu-north-1') })))).toBe(100);
  }, 60_000);

  test('lists an execution some seconds later, and describes it at once', async () => {
    await start(trusting);
    put('us-east-1');
    const client = states('us-east-1');
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: MACHINE('us-east-1'), name: 'late' }));
    const listed = async () => (await client.send(new ListExecutionsCommand({ stateMachineArn: MACHINE('us-east-1') }))).executions!;
    expect(await listed()).toEqual([]);
    expect((await client.send(new DescribeExecutionCommand({ executionArn }))).name).toBe('late');
    await cloud.clock.advance(8000);
    expect((await listed()).map(({ name, status }) => ({ name, status }))).toEqual([{ name: 'late', status: 'SUCCEEDED' }]);
  });
});
