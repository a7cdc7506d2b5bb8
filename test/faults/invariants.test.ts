import { Duration } from 'aws-cdk-lib';
import { FOREIGN_VARIANT, startForeignJob } from './foreign';
import { InProcessCloud, type InProcessOptions } from './in-process';
import type { Handler } from './platform';
import type { StackPlan } from './templates';
import { handle } from '../../lambda/advance';
import type { CloudFormationEvent, Step } from '../../lambda/events';
import type { Services } from '../../lambda/handler-services';
import type { FaultRule } from '../../local/faults';
import { OWNER_TAG, RESOURCE_TYPE } from '../../src/contract';
import { type JobOptions, TRAINING } from '../deploy/kinds';

/*
 * Handlers that are wrong on purpose: a check that cannot fail is none. Each does what the handler does, but for one thing,
 * and breaks the invariant that this thing is about, and no other.
 */

type Call = (operation: string, input: Record<string, unknown>) => Promise<Record<string, any>>;

let cloud: InProcessCloud;
afterEach(() => cloud.stop());

const FOREIGN = 'stack-trainingjoba-foreign';

const eventOf = (input: CloudFormationEvent | Step): CloudFormationEvent => ('event' in input ? input.event : input);
const job = (options: JobOptions = {}): StackPlan => ({
  A: { kind: 0, options: { maxRuntime: Duration.minutes(50), ...options }, environment: { TOKEN: 'secret_token' } },
});
const long = (options: JobOptions = {}): StackPlan => job({ maxRuntime: Duration.hours(3), waitForCompletion: false, variant: 'slow', ...options });

/** The handler, with calls of SageMaker that go wrong. */
function calling(wrong: (call: Call, event: CloudFormationEvent) => Call): Handler {
  return (input, services) => {
    const { sageMaker } = services;
    return handle(input, { ...services, sageMaker: { call: wrong((operation, request) => sageMaker.call(operation, request), eventOf(input)) } });
  };
}

/** The handler, with answers that go wrong. */
function answering(wrong: (respond: Services['respond'], event: CloudFormationEvent) => Services['respond']): Handler {
  return (input, services) => handle(input, { ...services, respond: wrong(services.respond, eventOf(input)) });
}

/** The handler, with requests that are not the ones of the template. */
function rerun(Rerun: string): Handler {
  return (input, services) => {
    const event = { ...eventOf(input), ResourceProperties: { ...eventOf(input).ResourceProperties, Rerun } };
    return handle('event' in input ? { ...input, event } : event, services);
  };
}

/** How often a wrong handler has begun without knowing of a job. */
let attempts = 0;

const edit = (body: string, changes: object): string => JSON.stringify({ ...JSON.parse(body) as object, ...changes });

/** What is done with a stack. */
const LIVES: { readonly [life: string]: () => Promise<void> } = {
  'is created and deleted': async () => void await cloud.deploy(job()),
  'is created, and stays for a while': async () => {
    await cloud.deploy(job());
    await cloud.clock.advance(3_600_000);
  },
  'is cancelled, and its stack stays': async () => {
    await LIVES['is cancelled']();
    await cloud.clock.advance(3_600_000);
  },
  'runs on and is deleted': async () => void await cloud.deploy(long()),
  'fails': async () => void await cloud.deploy(job({ variant: 'bad' })),
  'runs out of time': async () => void await cloud.deploy(job({ variant: 'slow', maxRuntime: Duration.hours(3), waitTimeout: Duration.minutes(10) })),
  'gets other tags': async () => {
    await cloud.deploy(job());
    await cloud.deploy(job(), { tags: { team: 'b' } });
  },
  'is changed': async () => {
    await cloud.deploy(job());
    await cloud.deploy(job({ variant: 'second' }));
  },
  'is changed while it runs': async () => {
    await cloud.deploy(long());
    await cloud.deploy(long({ variant: 'slower' }));
  },
  'fails when it is changed': async () => {
    await cloud.deploy(job());
    await cloud.deploy(job({ variant: 'bad' }));
  },
  'is cancelled': async () => {
    await cloud.deploy(job());
    await cloud.interrupt(job({ variant: 'slow', maxRuntime: Duration.hours(3) }), 300, async () => cloud.cloudFormation.cancelUpdate('Stack'));
  },
};

interface WrongHandler {
  readonly handler: Handler;
  readonly life: string;
  readonly breaks: number;
  readonly faults?: readonly FaultRule[];
}

const WRONG: { readonly [what: string]: WrongHandler } = {
  'answers a Delete at once': {
    life: 'runs on and is deleted',
    breaks: 1,
    handler: async (input, services) => {
      const event = eventOf(input);
      if (event.RequestType !== 'Delete' || event.ResourceType === RESOURCE_TYPE.jobHistory) return handle(input, services);
      const { StackId, RequestId, LogicalResourceId, PhysicalResourceId } = event;
      await services.respond(event.ResponseURL, JSON.stringify({ Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, PhysicalResourceId }));
      return undefined;
    },
  },
  'forgets to stop a job that is deleted': {
    life: 'runs on and is deleted',
    breaks: 1,
    handler: calling((call) => async (operation, input) => (operation.startsWith('Stop') ? {} : call(operation, input))),
  },
  'forgets to stop the old job when it starts a new one': {
    life: 'is changed while it runs',
    breaks: 1,
    handler: calling((call, { PhysicalResourceId }) => async (operation, input) => {
      if (operation.startsWith('Stop') && input.TrainingJobName === PhysicalResourceId) throw Object.assign(new Error('Requested resource not found.'), { name: 'ValidationException' });
      return operation.startsWith('Describe') && input.TrainingJobName === PhysicalResourceId ? call(operation, { TrainingJobName: 'none' }) : call(operation, input);
    }),
  },
  'tells that the time is up and does not stop the job': {
    life: 'runs out of time',
    breaks: 1,
    handler: async (input, services) => {
      const event = eventOf(input);
      if ('event' in input && input.memo.failure) {
        const { StackId, RequestId, LogicalResourceId } = event;
        await services.respond(event.ResponseURL, JSON.stringify({ Status: 'FAILED', Reason: input.memo.failure, StackId, RequestId, LogicalResourceId, PhysicalResourceId: input.memo.jobName }));
        return { ...input, done: true };
      }
      const stopless = calling((call) => async (operation, request) => (operation.startsWith('Stop') ? {} : call(operation, request)));
      return stopless(input, services);
    },
  },
  'forgets the job of an update that is cancelled': {
    life: 'is cancelled',
    breaks: 1,
    handler: calling((call, { RequestType, ResourceProperties }) => async (operation, input) => {
      const isRollback = RequestType === 'Update' && !JSON.stringify(ResourceProperties).includes('slow');
      return isRollback && operation.startsWith('Stop') ? {} : call(operation, input);
    }),
  },
  'starts a job for an event that arrives after its rollback was answered': {
    life: 'is cancelled, and its stack stays',
    breaks: 1,
    faults: [{ fault: 'late', match: { operation: 'Update' }, seconds: 600, when: { nth: 1 } }],
    handler: (input, services) => handle('event' in input ? { ...input, memo: { ...input.memo, confirmedCurrent: true } } : input, services),
  },
  'starts two jobs': {
    life: 'is created and deleted',
    breaks: 2,
    handler: calling((call) => async (operation, input) => {
      const output = await call(operation, input);
      if (operation === 'CreateTrainingJob') await call(operation, { ...input, TrainingJobName: String(input.TrainingJobName).replace(/...$/, 'two') });
      return output;
    }),
  },
  'starts another job when the function has died': {
    life: 'is created, and stays for a while',
    breaks: 2,
    faults: [{ fault: 'kill-after', match: { operation: 'CreateTrainingJob' }, when: { nth: 1 } }],
    handler: (input, services) => {
      if ('event' in input && input.memo.jobName === undefined) attempts++;
      return rerun(`${attempts}`)(input, services);
    },
  },
  'answers twice with different truth': {
    life: 'is created and deleted',
    breaks: 3,
    handler: answering((respond) => async (url, body) => {
      await respond(url, body);
      await respond(url, edit(body, { Status: 'FAILED', Reason: 'Training job was lost.' }));
    }),
  },
  'answers with another id the second time': {
    life: 'is created and deleted',
    breaks: 3,
    handler: answering((respond) => async (url, body) => {
      await respond(url, body);
      await respond(url, edit(body, { PhysicalResourceId: 'another' }));
    }),
  },
  'answers again when it is done': {
    life: 'is created, and stays for a while',
    breaks: 3,
    faults: [{ fault: 'duplicate', match: { operation: 'Create' }, seconds: 1500 }],
    handler: async (input, services) => {
      if ('event' in input || input.RequestType !== 'Create' || services.now() < Date.parse('2026-01-01T00:20:00Z')) return handle(input, services);
      const { StackId, RequestId, LogicalResourceId, ResponseURL } = input;
      const PhysicalResourceId = cloud.history.jobs[0].name;
      await services.respond(ResponseURL, JSON.stringify({ Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, PhysicalResourceId }));
      return undefined;
    },
  },
  'succeeds although the job has failed': {
    life: 'fails',
    breaks: 3,
    handler: answering((respond, { RequestType }) => async (url, body) => respond(url, RequestType === 'Create' ? edit(body, { Status: 'SUCCESS' }) : body)),
  },
  'succeeds while the job runs': {
    life: 'is created and deleted',
    breaks: 3,
    handler: (input, services) => handle('event' in input
      ? { ...input, event: { ...input.event, ResourceProperties: { ...input.event.ResourceProperties, Wait: { Seconds: '0' } } } }
      : input, services),
  },
  'succeeds with the job that was there before the change': {
    life: 'is changed',
    breaks: 3,
    handler: answering((respond, { RequestType, PhysicalResourceId }) => async (url, body) => respond(url, RequestType === 'Update' ? edit(body, { PhysicalResourceId }) : body)),
  },
  'tells no reason': {
    life: 'fails',
    breaks: 3,
    handler: answering((respond) => async (url, body) => respond(url, edit(body, { Reason: '' }))),
  },
  'tells a reason that is not the cause': {
    life: 'fails',
    breaks: 3,
    handler: answering((respond, { RequestType }) => async (url, body) => respond(url, RequestType === 'Create' ? edit(body, { Reason: 'Something went wrong.' }) : body)),
  },
  'answers late': {
    life: 'is created and deleted',
    breaks: 3,
    handler: async (input, services) => {
      if ('event' in input && services.now() < input.memo.sentAt + 3_660_000) return { ...input, wait: 3660 };
      return handle(input, services);
    },
  },
  'never answers': { life: 'is created and deleted', breaks: 3, handler: answering(() => async () => undefined) },
  'gives up an event that it could have taken': {
    life: 'is created and deleted',
    breaks: 3,
    handler: async (input, services) => {
      if (eventOf(input).RequestType === 'Create') throw new Error('No.');
      return handle(input, services);
    },
  },
  'takes the event and fails in every step': {
    life: 'is created and deleted',
    breaks: 3,
    handler: async (input, services) => {
      if ('event' in input && input.event.RequestType === 'Create') throw new Error('No.');
      return handle(input, services);
    },
  },
  'runs a job again that has completed': {
    life: 'gets other tags',
    breaks: 4,
    handler: (input, services) => rerun(eventOf(input).RequestType === 'Update' ? 'again' : 'once')(input, services),
  },
  'deletes the record of a job that was replaced': {
    life: 'is changed',
    breaks: 4,
    handler: async (input, services) => {
      const { RequestType, ResourceType, PhysicalResourceId: TrainingJobName } = eventOf(input);
      const result = await handle(input, services);
      if (ResourceType === RESOURCE_TYPE.trainingJob && RequestType === 'Update' && result?.done) await services.sageMaker.call('DeleteTrainingJob', { TrainingJobName }).catch(() => undefined);
      return result;
    },
  },
  'stops a job of somebody else': {
    life: 'is created and deleted',
    breaks: 5,
    handler: async (input, services) => {
      await services.sageMaker.call('StopTrainingJob', { TrainingJobName: FOREIGN }).catch(() => undefined);
      return handle(input, services);
    },
  },
  'deletes a job of somebody else, and is refused': {
    life: 'is created and deleted',
    breaks: 5,
    handler: async (input, services) => {
      await services.sageMaker.call('DeleteTrainingJob', { TrainingJobName: FOREIGN }).catch(() => undefined);
      return handle(input, services);
    },
  },
  'succeeds with a job of somebody else': {
    life: 'is created and deleted',
    breaks: 5,
    handler: answering((respond, { RequestType }) => async (url, body) => respond(url, RequestType === 'Create' ? edit(body, { PhysicalResourceId: FOREIGN }) : body)),
  },
  'starts a job with the tags of another owner': {
    life: 'is created and deleted',
    breaks: 5,
    handler: calling((call) => async (operation, input) => {
      if (operation !== 'CreateTrainingJob') return call(operation, input);
      const tags = (input.Tags as { Key: string }[]).map((tag) => (tag.Key === OWNER_TAG.resource ? { ...tag, Value: 'Other' } : tag));
      return call(operation, { ...input, Tags: tags });
    }),
  },
  'logs the event': {
    life: 'is created and deleted',
    breaks: 6,
    handler: async (input, services) => {
      console.log(JSON.stringify(eventOf(input)));
      return handle(input, services);
    },
  },
  'logs the environment of the job': {
    life: 'is created and deleted',
    breaks: 6,
    handler: calling((call) => async (operation, input) => {
      if (input.Environment) console.log(JSON.stringify(input.Environment));
      return call(operation, input);
    }),
  },
  'throws an error that holds the response URL': {
    life: 'is created and deleted',
    breaks: 6,
    handler: async (input, services) => {
      if ('event' in input && Math.random() < 0.2) throw new Error(`Cannot reach ${input.event.ResponseURL}`);
      return handle(input, services);
    },
  },
};

test.each(Object.entries(WRONG))('a handler that %s is found out', async (_what, { handler, life, faults, breaks }) => {
  // The other calls of the wrong handlers must not be throttled.
  expect(await live(handler, life, { faults, quotas: false })).toEqual([breaks]);
});

test.each(Object.keys(LIVES))('the handler itself breaks nothing when a job %s', async (life) => {
  expect(await live(handle, life)).toEqual([]);
});

/** Goes through a life, deletes everything, and gives the numbers of the invariants that were broken. */
async function live(handler: Handler, life: string, options: InProcessOptions = {}): Promise<number[]> {
  cloud = new InProcessCloud({ handler, ...options });
  TRAINING.behave(cloud as never, (variant) => ({
    ...(variant.startsWith('slow') || variant === FOREIGN_VARIANT) && { seconds: 7200 },
    ...variant === 'bad' && { failure: 'AlgorithmError' },
  }));
  startForeignJob(cloud, FOREIGN);
  await LIVES[life]();
  await cloud.destroy();
  // What has failed to delete is deleted again.
  await cloud.destroy();
  await cloud.clock.advance(4 * 3_600_000);
  cloud.invariants.finished();
  return [...new Set(cloud.invariants.broken.map((breach) => Number.parseInt(breach, 10)))];
}
