import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accept, advance, handle } from '../../lambda/advance';
import type { CloudFormationEvent, Step } from '../../lambda/events';
import { handler } from '../../lambda/index';
import { KINDS } from '../../lambda/kinds';
import { executionNames, requestHash } from '../../lambda/naming';
import type { Services } from '../../lambda/services';
import type { JobProperties } from '../../src/private/contract';

/** A service of which the test says what it answers, and which remembers what it was asked. */
class Script implements Services {
  readonly calls: [string, any][] = [];
  readonly responses: any[] = [];
  readonly ended: string[] = [];
  readonly steps: Step[] = [];
  readonly region = 'eu-west-1';
  readonly functionTimeout = 60;
  executing: string[] = [];
  time = 0;

  readonly sageMaker = {
    call: async (operation: string, input: any) => {
      this.calls.push([operation, input]);
      return this.answer(operation, input);
    },
  };
  readonly executions = {
    start: async (name: string, input?: unknown) => {
      this.executing.push(name);
      this.steps.push(input as Step);
    },
    running: async () => this.executing,
    since: async () => [...this.executing, ...this.ended],
    stop: async (name: string) => {
      this.ended.push(name);
      this.executing = this.executing.filter((other) => other !== name);
    },
  };

  constructor(private readonly answer: (operation: string, input: any) => any) {}

  readonly now = () => this.time;
  readonly pause = async (ms: number) => { this.time += ms; };
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
const identity = (LogicalResourceId: string, RequestId: string, RequestType: CloudFormationEvent['RequestType'] = 'Create') => ({
  LogicalResourceId, RequestId, RequestType,
});
const first = (changes?: Partial<CloudFormationEvent>): Step => ({ event: event(changes), memo: { sentAt: 0 } });

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
  expect(script.executing).toEqual([executionNames(identity('Train', 'request-1')).name]);
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
  const crashed: Step = { ...first(), memo: { sentAt: 0, jobName: 's-train-1', jobSince: 0 }, error: { Error: 'Sandbox.Timedout' } };
  const stopping = await advance(crashed, script);
  expect(stopping.wait).toBeGreaterThan(0);
  status = 'Stopped';
  await advance(stopping, script);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'The handler failed: Sandbox.Timedout. Its log says more.' })]);
});

test('a step that crashes even while it gives up answers without looking at the job', async () => {
  const script = new Script(() => { throw new Error('never called'); });
  const crashed: Step = { ...first(), memo: { sentAt: 0, jobName: 's-train-1', failure: 'The handler failed: A.' }, error: { Error: 'B' } };
  expect((await advance(crashed, script)).done).toBe(true);
  expect(script.calls).toEqual([]);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'The handler failed: A.' })]);
});

test('a job that somebody else deletes while it is waited for is a failure that says so', async () => {
  const script = new Script(notFound);
  await play(script, { ...first(), memo: { sentAt: 0, jobName: 's-train-1', jobSince: 0 } });
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

const signedAt = (ms: number) => `https://example.com/secret?X-Amz-Date=${new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')}&X-Amz-Signature=x`;

test('the hour of CloudFormation begins when it sends an event, not when the event arrives', async () => {
  const script: Script = new Script(() => { throw Object.assign(new Error('try later'), { name: 'ServiceUnavailable' }); });
  script.time = Date.parse('2026-01-01T00:04:00Z');
  const late = event({ ResponseURL: signedAt(Date.parse('2026-01-01T00:00:00Z')) });
  await accept(late, script);
  await play(script, script.steps[0]);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED' })]);
  expect(script.time).toBeLessThan(Date.parse('2026-01-01T01:00:00Z'));
});

const SENT = Date.parse('2026-01-01T00:00:00Z');

describe('an event that arrives late', () => {
  /** Delivers a creation, or an update, of the first minute so many seconds later; others were delivered before. */
  async function deliver(seconds: number, others: { [requestId: string]: number } = {}, changes: Partial<CloudFormationEvent> = {}): Promise<Script> {
    let name: string | undefined;
    const script = new Script((operation, input) => {
      if (operation === 'CreateTrainingJob') name = input.TrainingJobName;
      if (operation === 'DescribeTrainingJob') return name === input.TrainingJobName ? described('Completed') : notFound();
      return operation === 'ListTags' ? owned({ 'request-id': 'request-1' }) : {};
    });
    script.time = SENT + seconds * 1000;
    for (const [requestId, sent] of Object.entries(others)) script.ended.push(executionNames(identity('Train', requestId), SENT + sent * 1000).name);
    await accept(event({ ResponseURL: signedAt(SENT), ...changes }), script);
    await play(script, script.steps[0]);
    return script;
  }

  test.each<[string, Partial<CloudFormationEvent>]>([
    ['creation', {}],
    ['update', { RequestType: 'Update', PhysicalResourceId: 's-train-1', OldResourceProperties: event().ResourceProperties }],
    ['continuation', { ResourceType: 'Custom::SageMakerJobContinuation', ResourceProperties: { Kind: 'trainingJob', JobName: 's-train-1', Wait: { Seconds: '60' } } }],
  ])('is neither handled nor answered when CloudFormation has sent another one since: a %s', async (_what, changes) => {
    const script = await deliver(90, { 'request-of-the-rollback': 60 }, changes);
    expect(script.calls).toEqual([]);
    expect(script.responses).toEqual([]);
  });

  test('waits until the later one would be listed before it believes that there is none', async () => {
    const script = await deliver(90);
    expect(script.time).toBeGreaterThanOrEqual(SENT + 100_000);
  });

  test('is handled when nothing was sent since, however late it is', async () => {
    const script = await deliver(1200, { 'request-before': -600 });
    expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  });

  test('is handled when what was sent since is for another resource', async () => {
    const script = new Script(() => described('Completed'));
    script.ended.push(executionNames(identity('Other', 'request-2'), SENT + 60_000).name);
    script.time = SENT + 90_000;
    await accept(event({ ResponseURL: signedAt(SENT) }), script);
    expect(await advance(await advance(script.steps[0], script), script)).not.toMatchObject({ done: true });
  });

  test('is answered with a failure, and starts nothing, when CloudFormation is about to stop listening', async () => {
    const script = await deliver(3590);
    expect(script.operations()).not.toContain('CreateTrainingJob');
    expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringMatching(/was not started: CloudFormation's time for it is up\.$/) })]);
  });
});

test('an event that cannot be taken for a reason that passes is delivered again by Lambda; only the last delivery answers', async () => {
  const script = new Script(notFound);
  script.executions.start = async () => { throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' }); };
  const delivered = event({ ResponseURL: signedAt(SENT) });
  for (const seconds of [0, 60]) {
    script.time = SENT + seconds * 1000;
    await expect(handle(delivered, script)).rejects.toThrow('Rate exceeded');
  }
  expect(script.responses).toEqual([]);
  script.time = SENT + 180_000;
  await handle(delivered, script);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: 'The handler could not take the event: ThrottlingException: Rate exceeded' })]);
});

test('an event that is too large for the state machine is refused before it gets stuck there', async () => {
  const script = new Script(notFound);
  const large = event({ ResourceProperties: { Request: { Environment: { A: 'x'.repeat(250_000) } }, NamePrefix: 's', Wait: { Seconds: '60' } } });
  await expect(accept(large, script)).rejects.toThrow(/it has 25\d{4} bytes, and the state machine carries 240000/);
  expect(script.executing).toEqual([]);
});

test('a late copy of an event that is being handled starts no other execution', async () => {
  const script = new Script(notFound);
  script.time = SENT;
  await accept(event({ ResponseURL: signedAt(SENT) }), script);
  script.time += 600_000;
  await accept(event({ ResponseURL: signedAt(SENT) }), script);
  expect(new Set(script.executing).size).toBe(1);
});

test('a deletion does not end the work for an event that was sent after it', async () => {
  const script = new Script(notFound);
  const later = executionNames(identity('Train', 'request-of-a-new-creation'), Date.parse('2026-01-01T00:10:00Z')).name;
  script.executing = [later];
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1', ResponseURL: signedAt(Date.parse('2026-01-01T00:00:00Z')) }));
  expect(script.ended).toEqual([]);
});

test('of two updates sent in the same second, the one that goes back to the job that CloudFormation knows ends the other', async () => {
  const ended = async (given: object, before: object) => {
    const [wanted, old] = [given, before].map((Request) => ({ ...event().ResourceProperties, Request }));
    const hash = requestHash(KINDS.trainingJob, { stackId: event().StackId, logicalId: 'Train' }, { ...old, Request: { RoleArn: 'role' } } as unknown as JobProperties);
    const script = new Script((operation) => (operation === 'ListTags' ? owned({ 'request-hash': hash, 'request-id': 'request-1' }) : described('Completed')));
    script.time = SENT;
    script.executing = [executionNames(identity('Train', 'request-2', 'Update'), SENT).name];
    await accept(event({ RequestType: 'Update', PhysicalResourceId: `s-train-${hash}`, ResponseURL: signedAt(SENT), ResourceProperties: wanted, OldResourceProperties: old }), script);
    await play(script, script.steps[0]);
    return script.ended.length;
  };
  expect(await ended({ RoleArn: 'role' }, { RoleArn: 'other' })).toBe(1);
  expect(await ended({ RoleArn: 'other' }, { RoleArn: 'role' })).toBe(0);
});

test('attempts are cleared away from the last one on, so that none is hidden by a gap', async () => {
  const statuses = new Map<string, string>();
  let throttled = true;
  const script: Script = new Script((operation, { TrainingJobName: name }) => {
    if (operation === 'ListTags') return owned();
    if (operation === 'DescribeTrainingJob') {
      if (statuses.size < 2 && !script.operations().includes('StopTrainingJob')) statuses.set(name, statuses.size === 0 ? 'Failed' : 'InProgress');
      return statuses.has(name) ? described(statuses.get(name)!) : notFound();
    }
    if (operation === 'StopTrainingJob') {
      if (throttled) {
        throttled = false;
        throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
      }
      statuses.set(name, 'Stopped');
    }
    if (operation === 'DeleteTrainingJob') statuses.delete(name);
    return {};
  });
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-made-up' }));
  expect([...statuses]).toEqual([]);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
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

test.each([
  ['every second call', (count: number) => count % 2 === 0, 'SUCCESS'],
  ['every call', () => true, 'FAILED'],
])('a service that throttles %s is called again in the same step, and not for ever', async (_which, throttles, status) => {
  let [count, exists] = [0, false];
  const script = new Script((operation) => {
    if (throttles(++count)) throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    if (operation === 'CreateTrainingJob') exists = true;
    if (operation === 'DescribeTrainingJob') return exists ? described('Completed') : notFound();
    return {};
  });
  await play(script, first());
  expect(script.responses).toEqual([expect.objectContaining({ Status: status })]);
  expect(count).toBeLessThan(200);
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
  const { name } = executionNames(identity('Train', 'request-of-the-creation'));
  script.executing = [name, executionNames(identity('Train', 'request-1', 'Delete')).name, executionNames(identity('Other', 'request-of-the-creation')).name];
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 'invented by CloudFormation' }));
  expect(script.ended).toEqual([name]);
  expect(script.time).toBeGreaterThanOrEqual(60_000);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
});

test('a deletion does not end the deletion of another job of the resource, which CloudFormation waits for as well', async () => {
  const script = new Script(notFound);
  script.executing = [executionNames(identity('Train', 'request-of-the-other-deletion', 'Delete')).name];
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-train-1' }));
  expect(script.ended).toEqual([]);
});

test('a deletion does not ask the service for a job by a physical id that CloudFormation made up: it may be no name at all', async () => {
  const script = new Script((_operation, { TrainingJobName }) => {
    if (/[A-Z]/.test(TrainingJobName)) throw Object.assign(new Error('1 validation error detected'), { name: 'ValidationException' });
    return notFound();
  });
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 's-Train-1ABCDEFGHIJK' }));
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
});

test('a deletion whose creation was never answered looks for that once more when it would be listed', async () => {
  const script: Script = new Script(notFound);
  const creation = executionNames(identity('Train', 'request-of-the-creation')).name;
  script.executions.running = async () => (script.time >= 35_000 && !script.ended.includes(creation) ? [creation] : []);
  await play(script, first({ RequestType: 'Delete', PhysicalResourceId: 'invented by CloudFormation' }));
  expect(script.ended).toEqual([creation]);
  expect(script.time).toBeGreaterThanOrEqual(100_000);
});

test('an update that goes back to the job that CloudFormation knows looks once more for the update that was given up', async () => {
  const properties = event().ResourceProperties;
  const script: Script = new Script((operation, { TrainingJobName: name }) => {
    if (operation === 'ListTags') return owned({ 'request-hash': hash });
    return name === `s-train-${hash}` ? described('Completed') : notFound();
  });
  const hash = requestHash(KINDS.trainingJob, { stackId: event().StackId, logicalId: 'Train' }, properties as unknown as JobProperties);
  const givenUp = executionNames(identity('Train', 'request-given-up', 'Update')).name;
  script.executions.running = async () => (script.time >= 8_000 && !script.ended.includes(givenUp) ? [givenUp] : []);
  await play(script, first({
    RequestType: 'Update', PhysicalResourceId: `s-train-${hash}`, OldResourceProperties: { ...properties, Request: { RoleArn: 'other' } },
  }));
  expect(script.ended).toEqual([givenUp]);
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS', PhysicalResourceId: `s-train-${hash}` })]);
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
  script.executing = [executionNames(identity('Train', 'request-of-the-creation')).name];
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
