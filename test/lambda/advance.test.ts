import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accept, advance } from '../../lambda/advance';
import type { CloudFormationEvent, Step } from '../../lambda/events';
import { handler } from '../../lambda/index';
import { executionNames } from '../../lambda/naming';
import type { Services } from '../../lambda/services';

/** A service of which the test says what it answers, and which remembers what it was asked. */
class Script implements Services {
  readonly calls: [string, any][] = [];
  readonly responses: any[] = [];
  readonly ended: string[] = [];
  readonly region = 'eu-west-1';
  executing: string[] = [];
  time = 0;

  readonly sageMaker = {
    call: async (operation: string, input: any) => {
      this.calls.push([operation, input]);
      return this.answer(operation, input);
    },
  };
  readonly executions = {
    start: async (name: string) => { this.executing.push(name); },
    running: async () => this.executing,
    stop: async (name: string) => {
      this.ended.push(name);
      this.executing = this.executing.filter((other) => other !== name);
    },
  };

  constructor(private readonly answer: (operation: string, input: any) => any) {}

  readonly now = () => this.time;
  readonly respond = async (_url: string, body: string) => { this.responses.push(JSON.parse(body)); };

  operations(): string[] {
    return this.calls.map(([operation]) => operation);
  }
}

const event = (changes: Partial<CloudFormationEvent> = {}): CloudFormationEvent => ({
  RequestType: 'Create',
  RequestId: 'request-1',
  ResponseURL: 'https://example.com/secret',
  ResourceType: 'Custom::SageMakerTrainingJob',
  LogicalResourceId: 'Train',
  StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/s/1',
  ResourceProperties: { Request: { RoleArn: 'role' }, NamePrefix: 's-train', Wait: { Seconds: '600' } },
  ...changes,
});
const first = (changes?: Partial<CloudFormationEvent>): Step => ({ event: event(changes), memo: { receivedAt: 0 } });

const notFound = () => { throw Object.assign(new Error('Requested resource not found.'), { name: 'ValidationException' }); };
/** Answers for one name only, the first that is asked for. */
function oneJob(answer: (operation: string) => any) {
  let name: string | undefined;
  return (operation: string, { TrainingJobName }: any) => {
    name ??= TrainingJobName;
    return TrainingJobName !== undefined && TrainingJobName !== name ? notFound() : answer(operation);
  };
}
const described = (status: string, more: object = {}) => ({ TrainingJobArn: 'arn', TrainingJobStatus: status, ...more });
const owned = (more: object = {}) => ({
  Tags: Object.entries({ 'stack-id': event().StackId, 'logical-id': 'Train', ...more }).map(([key, Value]) => ({ Key: `cdk-sagemaker-jobs:${key}`, Value })),
});

/** Steps until the event is answered. */
async function play(script: Script, step: Step): Promise<Step> {
  let now = step;
  for (let steps = 0; !now.done; steps++) {
    expect(steps).toBeLessThan(2000);
    script.time += (now.wait ?? 0) * 1000;
    now = await advance(now, script);
  }
  return now;
}

test('an event is taken by starting one execution that is named after it', async () => {
  const script = new Script(notFound);
  await accept(event(), script);
  expect(script.executing).toEqual([executionNames('Train', 'request-1').name]);
  expect(script.calls).toEqual([]);
});

test('an event of an unknown resource type is refused before anything starts', async () => {
  const script = new Script(notFound);
  await expect(accept(event({ ResourceType: 'Custom::Other' }), script)).rejects.toThrow('does not know the resource type Custom::Other');
  expect(script.executing).toEqual([]);
});

test('a status word that the handler does not know is an error that names it, and the job is stopped first', async () => {
  let status = 'Hibernating';
  let exists = false;
  const script = new Script((operation) => {
    if (operation === 'CreateTrainingJob') exists = true;
    if (operation === 'StopTrainingJob') status = 'Stopped';
    if (operation === 'ListTags') return owned({ 'request-id': 'request-1' });
    return operation === 'DescribeTrainingJob' && exists ? described(status) : operation === 'DescribeTrainingJob' ? notFound() : {};
  });
  await play(script, first());
  expect(script.operations()).toContain('StopTrainingJob');
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining("has the status 'Hibernating', which this version") })]);
});

test('a step that crashed again and again stops the job and answers with a failure', async () => {
  let status = 'InProgress';
  const script = new Script((operation) => {
    if (operation === 'StopTrainingJob') status = 'Stopping';
    if (operation === 'ListTags') return owned({ 'request-id': 'request-1' });
    return operation === 'DescribeTrainingJob' ? described(status) : {};
  });
  const crashed: Step = { ...first(), memo: { receivedAt: 0, jobName: 's-train-1', jobSince: 0 }, error: { Error: 'Sandbox.Timedout' } };
  const stopping = await advance(crashed, script);
  expect(stopping.wait).toBeGreaterThan(0);
  status = 'Stopped';
  await advance(stopping, script);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'The handler failed: Sandbox.Timedout. Its log says more.' })]);
});

test('a step that crashes even while it gives up answers without looking at the job', async () => {
  const script = new Script(() => { throw new Error('never called'); });
  const crashed: Step = { ...first(), memo: { receivedAt: 0, jobName: 's-train-1', failure: 'The handler failed: A.' }, error: { Error: 'B' } };
  expect((await advance(crashed, script)).done).toBe(true);
  expect(script.calls).toEqual([]);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'The handler failed: A.' })]);
});

test('a job that somebody else deletes while it is waited for is a failure that says so', async () => {
  const script = new Script(notFound);
  await play(script, { ...first(), memo: { receivedAt: 0, jobName: 's-train-1', jobSince: 0 } });
  expect(script.responses[0].Reason).toBe("Training job 's-train-1' does not exist any more: somebody else deleted it.");
});

test('what the function may not do yet, because its policy is new, is tried again; what it may not do for long is an error', async () => {
  for (const [seconds, status] of [[60, 'SUCCESS'], [600, 'FAILED']] as const) {
    let exists = false;
    const script: Script = new Script((operation) => {
      if (script.time < seconds * 1000) throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
      if (operation === 'CreateTrainingJob') exists = true;
      if (operation === 'DescribeTrainingJob' && !exists) return notFound();
      return operation === 'ListTags' ? owned() : described('Completed');
    });
    await play(script, first());
    expect(script.responses).toEqual([expect.objectContaining({ Status: status })]);
    expect(script.time).toBeLessThan(200_000);
  }
});

test('a job that is not to be seen for some seconds after its creation is waited for', async () => {
  const script: Script = new Script((operation) => {
    if (operation !== 'DescribeTrainingJob') return operation === 'ListTags' ? owned() : {};
    return script.operations().includes('CreateTrainingJob') && script.time > 20_000 ? described('Completed') : notFound();
  });
  await play(script, first());
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  expect(script.operations().filter((operation) => operation === 'CreateTrainingJob')).toHaveLength(1);
});

test('a job that is deleted between two looks at it is no obstacle for a deletion', async () => {
  let exists = true;
  const script: Script = new Script(oneJob((operation) => {
    if (operation === 'ListTags') {
      exists = false;
      return notFound();
    }
    return exists ? described('Completed') : notFound();
  }));
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1' }));
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
});

test('a service that cannot be reached is answered for before CloudFormation gives up', async () => {
  const script = new Script(() => { throw Object.assign(new Error('try later'), { name: 'ServiceUnavailable' }); });
  await play(script, first());
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining('SageMaker could not be reached in time. ServiceUnavailable: try later') })]);
  expect(script.time).toBeLessThan(3600_000);
});

test('a job that does not stop in time leaves a deletion that says so and can be repeated', async () => {
  const script = new Script(oneJob((operation) => (operation === 'ListTags' ? owned() : operation === 'DescribeTrainingJob' ? described('Stopping') : {})));
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1', ResourceProperties: { ...event().ResourceProperties, NamePrefix: undefined, Name: 's-train-1' } }));
  expect(script.responses[0]).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 's-train-1', Reason: expect.stringContaining('is still Stopping. Delete the resource again later.') });
  expect(script.time).toBeLessThan(3600_000);
});

test('a deletion ends what still works for the resource, and believes that there is no job only when no invocation of that can be under way', async () => {
  const script = new Script(notFound);
  const { name } = executionNames('Train', 'request-of-the-creation');
  script.executing = [name, executionNames('Train', 'request-1').name, executionNames('Other', 'request-of-the-creation').name];
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 'invented by CloudFormation' }));
  expect(script.ended).toEqual([name]);
  expect(script.time).toBeGreaterThanOrEqual(60_000);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
});

test('a deletion finds a job that an invocation under way starts at the last moment', async () => {
  let status: string | undefined;
  const script: Script = new Script(oneJob((operation) => {
    if (operation === 'StopTrainingJob') status = 'Stopped';
    if (operation === 'DeleteTrainingJob') status = undefined;
    if (operation === 'ListTags') return owned();
    if (operation !== 'DescribeTrainingJob') return {};
    if (script.time > 30_000 && !script.operations().includes('StopTrainingJob')) status = 'InProgress';
    return status ? described(status) : notFound();
  }));
  script.executing = [executionNames('Train', 'request-of-the-creation').name];
  // The properties name the job: it takes the name of the first attempt.
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 'invented by CloudFormation' }));
  expect(script.operations()).toEqual(expect.arrayContaining(['StopTrainingJob', 'DeleteTrainingJob']));
});

test('a job of another owner is not deleted, whatever its name', async () => {
  const script = new Script((operation) => (operation === 'ListTags' ? owned({ 'logical-id': 'Other' }) : described('InProgress')));
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1', ResourceProperties: { ...event().ResourceProperties, Name: 's-train-1', NamePrefix: undefined } }));
  expect(script.operations()).not.toContain('StopTrainingJob');
  expect(script.operations()).not.toContain('DeleteTrainingJob');
});

test('the number of looks at a job of an hour stays small', async () => {
  let exists = false;
  const script = new Script((operation) => {
    if (operation === 'CreateTrainingJob') exists = true;
    return operation === 'DescribeTrainingJob' && exists ? described(script.time < 3000_000 ? 'InProgress' : 'Completed') : operation === 'DescribeTrainingJob' ? notFound() : owned();
  });
  await play(script, first({ ResourceProperties: { ...event().ResourceProperties, Wait: { Seconds: '3300' } } }));
  expect(script.operations().filter((operation) => operation === 'DescribeTrainingJob').length).toBeLessThan(140);
  expect(script.time - 3000_000).toBeLessThanOrEqual(30_000);
});

test('the handler that cannot take an event tells CloudFormation at once', async () => {
  const received: any[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      if (request.method === 'PUT') received.push(JSON.parse(body));
      response.writeHead(request.method === 'PUT' ? 200 : 400).end('{"__type":"StateMachineDoesNotExist","message":"no such state machine"}');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:1:stateMachine:m',
  });
  await handler(event({ ResponseURL: `${url}/response?secret` }));
  server.close();
  server.closeAllConnections();
  expect(received).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'The handler could not take the event: StateMachineDoesNotExist: no such state machine' })]);
});
