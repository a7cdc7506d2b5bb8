import * as sagemaker from '@aws-sdk/client-sagemaker';
import type { Answer, CloudFormationEvent, Memo, Outcome } from '../../lambda/events';
import { HANDLED_KINDS, phaseOf } from '../../lambda/handled-kinds';
import type { Services } from '../../lambda/handler-services';
import { JobDeletion } from '../../lambda/job-deletion';
import { JobProvisioning } from '../../lambda/job-provisioning';
import { FIRST_TRY, jobName } from '../../lambda/naming';
import { JOB_KINDS, type JobKind, type JobProperties, OWNER_TAG, type WaitProperties } from '../../src/contract';
import { identitiesOf } from '../../src/identity';

/*
 * Every phase of a job × every event × every way to wait × what the steps remember, against a plain model of what a step
 * has to come to.
 */

const PHASES = ['none', 'running', 'stopping', 'deleting', 'completed', 'failed', 'stopped', 'unknown'] as const;
const EVENTS = ['Create', 'Update', 'Delete'] as const;
const WAITS = { 'waits': { Seconds: '600' }, 'does not wait': { Seconds: '0' }, 'accepts stopped': { Seconds: '600', AcceptStopped: 'true' }, 'hands over': { Seconds: '600', HandOver: 'true' } } satisfies { [name: string]: WaitProperties };
const TIMES = { 'early': 60, 'when time is up': 700, 'late': 3500 };
const MEMOS = ['nothing', 'the job', 'the job and a failure'] as const;
const OWNERS = ['this event', 'an earlier event', 'another principal'] as const;

interface Situation {
  readonly phase: typeof PHASES[number];
  readonly event: typeof EVENTS[number];
  readonly wait: keyof typeof WAITS;
  readonly time: keyof typeof TIMES;
  readonly memo: typeof MEMOS[number];
  readonly owner: typeof OWNERS[number];
}

/** What a step does, in a word for each call that changes something, and what it comes to. */
type Conduct = `${'' | 'create ' | 'add stop '}${'wait' | 'SUCCESS' | 'FAILED' | 'error'}`;

/** The model. */
function expected(situation: Situation): Conduct {
  const { phase, event, time, memo, owner } = situation;
  const isLate = time === 'late';
  const isOurs = owner !== 'another principal';
  const canStop = phase === 'running' || phase === 'unknown';

  if (event === 'Delete') {
    if (!isOurs || !(canStop || phase === 'stopping')) return 'SUCCESS';
    return `${canStop ? 'add stop ' : ''}${isLate ? 'FAILED' : 'wait'}`;
  }
  if (memo === 'the job and a failure') {
    // A step that failed afterwards may have reported a job that has succeeded to CloudFormation.
    return owner === 'this event' && (phase === 'completed' || isLeftRunning(situation)) ? 'SUCCESS' : abandoned(situation);
  }
  if (memo === 'nothing') {
    const create = isLate ? 'error' : 'create wait';
    if (event === 'Create') {
      if (phase === 'none') return create;
      // Whether a later event has started the job is found out before it is adopted.
      if (owner !== 'this event' && !(isOurs && phase === 'completed')) return 'wait';
    } else if (owner !== 'this event') {
      // Nothing is read of the job, so its record is not needed.
      if (phase === 'none') return 'SUCCESS';
      if (!isOurs || !doesCount(situation)) return create;
    } else if (phase === 'none') {
      return 'SUCCESS';
    }
  }
  return followed(situation);
}

/** Returns the outcome of a step that tracks the job. */
function followed(situation: Situation): Conduct {
  const { phase, time, wait } = situation;
  switch (phase) {
    case 'none': case 'deleting': return 'FAILED';
    case 'completed': return 'SUCCESS';
    case 'failed': case 'stopped': return acceptsEnd(situation) ? 'SUCCESS' : 'FAILED';
    case 'unknown': return abandoned(situation);
    case 'running': if (wait === 'does not wait') return 'SUCCESS';
  }
  if (TIMES[time] < (wait === 'does not wait' ? 3300 : 600)) return 'wait';
  if (wait === 'hands over') return 'SUCCESS';
  return abandoned(situation);
}

/** Only what the event has started is stopped, and not the job that CloudFormation goes back to. */
function abandoned({ event, owner, phase, time }: Situation): Conduct {
  const isFinal = phase === 'none' || phase === 'completed' || phase === 'failed' || phase === 'stopped';
  if (isFinal || owner !== 'this event' || event === 'Update') return 'FAILED';
  return `${phase === 'running' || phase === 'unknown' ? 'add stop ' : ''}${time === 'late' ? 'FAILED' : 'wait'}`;
}

function isLeftRunning({ phase, time, wait }: Situation): boolean {
  return phase === 'running' && (wait === 'does not wait' || (wait === 'hands over' && time !== 'early'));
}

/** A job that was handed over counts whatever came of it, but for the event that has started it. */
function acceptsEnd({ owner, phase, wait }: Situation): boolean {
  if (phase === 'stopped' && wait === 'accepts stopped') return true;
  return owner === 'an earlier event' && wait === 'does not wait';
}

function doesCount(situation: Situation): boolean {
  const { phase, wait } = situation;
  if (phase === 'completed' || phase === 'running' || phase === 'unknown') return true;
  if (phase === 'deleting') return false;
  return wait === 'does not wait' || (phase === 'stopped' && acceptsEnd(situation));
}

/** The statuses of a kind in the service's model. */
function statusesOf(kind: JobKind): string[] {
  return Object.values(sagemaker[`${JOB_KINDS[kind].noun}Status`]);
}

const OWNER = { stackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/s/1', logicalId: 'Job' };

/** One step of the handler in the situation. */
async function actual(kindName: JobKind, { phase, event: RequestType, wait, time, memo: remembered, owner }: Situation): Promise<Conduct> {
  const kind = HANDLED_KINDS[kindName];
  const properties: JobProperties = { Request: {}, NamePrefix: 's-job', History: 'key', Wait: WAITS[wait] };
  const [identity] = identitiesOf(kindName, properties);
  const name = jobName(properties, OWNER.stackId, identity, FIRST_TRY);
  const status = statusesOf(kindName).find((word) => phaseOf(word) === phase) ?? 'Hibernating';
  const tags = owner === 'another principal' ? {} : {
    [OWNER_TAG.stack]: OWNER.stackId,
    [OWNER_TAG.resource]: OWNER.logicalId,
    [OWNER_TAG.identity]: identity,
    [OWNER_TAG.request]: owner === 'this event' ? 'this' : 'earlier',
    [OWNER_TAG.waits]: `${wait !== 'does not wait'}`,
  };
  const done: string[] = [];
  const services: Services = {
    sageMaker: {
      call: async (operation, input) => {
        if (operation === 'ListTags') return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
        if (operation === kind.operations.describe) {
          if (phase === 'none' || input[kind.nameMember] !== name) throw Object.assign(new Error('Requested resource not found'), { name: kindName === 'trainingJob' ? 'ValidationException' : 'ResourceNotFound' });
          return { [kind.statusMember]: status, [kind.arnMember]: 'arn', BestTrainingJob: { TrainingJobName: 'best' } };
        }
        if (operation === 'DescribeTrainingJob' || operation === kind.operations.list) return {};
        done.push(/^[A-Z][a-z]+/.exec(operation)![0].toLowerCase());
        return {};
      },
    },
    executions: { start: async () => undefined, running: async () => [], since: async () => [], stop: async () => undefined },
    respond: async () => undefined,
    now: () => TIMES[time] * 1000,
    functionTimeout: 60,
    networkInterfacesOf: async () => [],
    region: 'eu-west-1',
  };
  const memo: Memo = {
    sentAt: 0,
    begunAt: 0,
    confirmedCurrent: true,
    ...remembered === 'nothing' ? {} : { jobName: name, trackedSince: -1_000_000 },
    ...remembered === 'the job and a failure' ? { failure: 'it went wrong' } : {},
  };
  const event = {
    RequestType,
    RequestId: 'this',
    ResponseURL: 'https://example.com',
    ResourceType: 'Custom::X',
    LogicalResourceId: OWNER.logicalId,
    StackId: OWNER.stackId,
    ResourceProperties: properties,
    ...RequestType !== 'Create' && { PhysicalResourceId: name },
    ...RequestType === 'Update' && { OldResourceProperties: properties },
  } as unknown as CloudFormationEvent;
  const Handler = RequestType === 'Delete' ? JobDeletion : JobProvisioning;
  let outcome: Outcome | 'error';
  try {
    outcome = await new Handler(services, event, memo, kindName).next();
  } catch {
    outcome = 'error';
  }
  const word = outcome === 'error' ? 'error' : 'wait' in outcome ? 'wait' : (outcome as Answer).status;
  return [...done, word].join(' ') as Conduct;
}

const situations: Situation[] = PHASES.flatMap((phase) => EVENTS.flatMap((event) => (Object.keys(WAITS) as Situation['wait'][]).flatMap((wait) => {
  return (Object.keys(TIMES) as Situation['time'][]).flatMap((time) => MEMOS.flatMap((memo) => OWNERS.map((owner) => ({ phase, event, wait, time, memo, owner }))));
})));

test.each(Object.keys(HANDLED_KINDS) as JobKind[])('a step does what the model says in every situation: %s', async (kind) => {
  const possible = situations.filter(({ phase }) => phase === 'unknown' || phase === 'none' || statusesOf(kind).some((status) => phaseOf(status) === phase));
  const different: object[] = [];
  for (const situation of possible) {
    const [does, should] = [await actual(kind, situation), expected(situation)];
    if (does !== should) different.push({ ...situation, does, should });
  }
  expect(different).toEqual([]);
  expect(possible.length).toBeGreaterThan(2000);
});
