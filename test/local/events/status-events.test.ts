import { CreateTrainingJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { ACCOUNT, EventsFixture, queueFor, toQueue } from './setup';
import { request } from '../sagemaker/setup';

const ALGORITHM = { AlgorithmSpecification: { TrainingImage: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/algorithm:1`, TrainingInputMode: 'File' } };
const OPTIONS = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 's' }, maxAttempts: 1 };

let fixture: EventsFixture;
const clients: { destroy(): void }[] = [];
beforeEach(async () => {
  fixture = await EventsFixture.start({ roles: [{ roleArn: `arn:aws:iam::${ACCOUNT}:role/training` }] });
});
afterEach(async () => {
  clients.splice(0).forEach((opened) => opened.destroy());
  await fixture.stop();
});

function client<T extends { destroy(): void }>(Client: new (options: object) => T): T {
  const made = new Client({ ...OPTIONS, endpoint: fixture.cloud.endpoint.url });
  clients.push(made);
  return made;
}

const rule = (pattern: object) => ({ Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: pattern, Targets: [toQueue] } } });
const machine = (encryption?: object) => ({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
  },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'machine',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      DefinitionString: JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } }),
      ...encryption && { EncryptionConfiguration: encryption },
    },
  },
});
const stateMachineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:machine`;
const executionArn = `arn:aws:states:us-east-1:${ACCOUNT}:execution:machine:one`;
const start = async (input: object) => client(SFNClient).send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: JSON.stringify(input) }));

describe("an execution's status", () => {
  const STATES = { 'source': ['aws.states'], 'detail-type': ['Step Functions Execution Status Change'], 'detail': { stateMachineArn: [stateMachineArn] } };

  test('is an event when it starts and when it ends, with its input and output', async () => {
    await fixture.deploy({ ...machine(), ...rule(STATES), ...queueFor('Rule') });
    await start({ a: 1 });
    await fixture.seconds(3);
    const [started] = await fixture.received();
    expect(started).toMatchObject({
      source: 'aws.states',
      resources: [executionArn],
      detail: {
        executionArn,
        stateMachineArn,
        name: 'one',
        status: 'RUNNING',
        stopDate: null,
        input: '{"a":1}',
        inputDetails: { included: true },
        output: null,
        outputDetails: null,
        error: null,
        redriveCount: 0,
        redriveStatus: 'NOT_REDRIVABLE',
      },
    });
    await fixture.seconds(60);
    const ended = (await fixture.received()).filter(({ detail }) => detail.status === 'SUCCEEDED');
    expect(ended).toHaveLength(1);
    expect(ended[0].detail).toMatchObject({ output: '{"a":1}', outputDetails: { included: true }, stopDate: started.detail.startDate + 60_000 });
  });

  test('omits an input that is too large together with the output', async () => {
    await fixture.deploy({ ...machine(), ...rule({ ...STATES, detail: { status: ['SUCCEEDED'] } }), ...queueFor('Rule') });
    await start({ text: 'x'.repeat(130 * 1024) });
    await fixture.seconds(63);
    const [{ detail }] = await fixture.received();
    expect(detail).toMatchObject({ input: null, inputDetails: { included: false }, outputDetails: { included: true } });
    expect(detail.output).toContain('xxx');
  });

  test('omits all data if a customer managed key encrypts them', async () => {
    const encryption = { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1` };
    await fixture.deploy({ ...machine(encryption), ...rule({ ...STATES, detail: { status: ['ABORTED'] } }), ...queueFor('Rule') });
    await start({ secret: 1 });
    await client(SFNClient).send(new StopExecutionCommand({ executionArn, error: 'Mine', cause: 'secret' }));
    await fixture.seconds(3);
    expect((await fixture.received())[0].detail).toMatchObject({
      status: 'ABORTED', input: null, inputDetails: { included: false }, output: null, error: null, cause: null,
    });
  });
});

test("a training job's status is an event for each of its secondary statuses, with its description and tags", async () => {
  await fixture.deploy({ ...rule({ 'source': ['aws.sagemaker'], 'detail-type': ['SageMaker Training Job State Change'] }), ...queueFor('Rule') });
  await client(SageMakerClient).send(new CreateTrainingJobCommand(request('Churn', { ...ALGORITHM, Tags: [{ Key: 'team', Value: 'a' }] })));
  await fixture.seconds(243);
  const events = await fixture.received();
  expect(events.map(({ detail }) => detail.SecondaryStatus).sort()).toEqual(['Completed', 'Downloading', 'Starting', 'Training', 'Uploading']);
  const { resources, detail } = events.find((event) => event.detail.SecondaryStatus === 'Completed');
  expect(resources).toEqual([`arn:aws:sagemaker:us-east-1:${ACCOUNT}:training-job/churn`]);
  expect(detail).toMatchObject({
    TrainingJobName: 'Churn', TrainingJobStatus: 'Completed', Tags: [{ Key: 'team', Value: 'a' }], ModelArtifacts: { S3ModelArtifacts: expect.any(String) },
  });
  expect(detail.TrainingEndTime - detail.TrainingStartTime).toBe(180_000);
});

test('a queue whose policy does not allow it gets no event of a rule, and the reason is reported', async () => {
  const { Queue } = queueFor('Rule');
  await fixture.deploy({ ...rule({ source: ['aws.sagemaker'] }), Queue });
  const undelivered: string[] = [];
  fixture.cloud.events.eventBridge.on('undelivered', ({ reason }) => undelivered.push(reason));
  await client(SageMakerClient).send(new CreateTrainingJobCommand(request('Churn', ALGORITHM)));
  await fixture.seconds(3);
  expect(await fixture.received()).toEqual([]);
  expect(undelivered).toEqual([expect.stringMatching(/does not allow events\.amazonaws\.com to send messages/)]);
});
