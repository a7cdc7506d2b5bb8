import type { Answer, CloudFormationEvent, Memo, Outcome } from '../../lambda/events';
import { HANDLED_KINDS } from '../../lambda/handled-kinds';
import type { Services } from '../../lambda/handler-services';
import { JobDeletion } from '../../lambda/job-deletion';
import { JobProvisioning } from '../../lambda/job-provisioning';
import { attemptName, requestHash } from '../../lambda/naming';
import { type JobKind, type JobProperties, OWNER_TAG, type WaitProperties } from '../../src/contract';

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
type Conduct = `${'' | 'create ' | 'stop ' | 'delete '}${'wait' | 'SUCCESS' | 'FAILED' | 'error'}`;

/** The model. */
function expected({ phase, event, wait, time, memo, owner }: Situation): Conduct {
  const isLate = time === 'late';
  const isUp = time !== 'early';
  const isOurs = owner !== 'another principal';
  const isFinal = phase === 'completed' || phase === 'failed' || phase === 'stopped';
  const canStop = phase === 'running' || phase === 'unknown';
  const patience = isLate ? 'FAILED' : 'wait';

  if (event === 'Delete') {
    if (phase === 'none' || !isOurs) return 'SUCCESS';
    return `${canStop ? 'stop ' : isFinal ? 'delete ' : ''}${patience}`;
  }
  // The job that an update comes from is not stopped: CloudFormation goes back to it.
  const mayStop = isOurs && event === 'Create';
  const giveUp = (): Conduct => (!mayStop || phase === 'none' || isFinal ? 'FAILED' : `${canStop ? 'stop ' : ''}${patience}`);

  if (memo === 'the job and a failure') {
    // CloudFormation may have been told of a job that is as it was wanted by a step that failed afterwards.
    const isLeftRunning = phase === 'running' && (wait === 'does not wait' || (wait === 'hands over' && isUp));
    return owner === 'this event' && (phase === 'completed' || isLeftRunning) ? 'SUCCESS' : giveUp();
  }
  if (memo === 'nothing') {
    if (phase !== 'none' && !isOurs) return 'error';
    const isAccepted = phase === 'stopped' && wait === 'accepts stopped';
    const isResult = phase === 'running' || phase === 'unknown' || phase === 'completed' || isAccepted;
    const isTaken = phase !== 'none' && (owner === 'this event' || isResult);
    if (!isTaken) return isLate ? 'error' : 'create wait';
  }
  switch (phase) {
    case 'none': return 'FAILED';
    case 'completed': return 'SUCCESS';
    case 'failed': case 'deleting': return 'FAILED';
    case 'stopped': return wait === 'accepts stopped' ? 'SUCCESS' : 'FAILED';
    case 'unknown': return giveUp();
    case 'running': if (wait === 'does not wait') return 'SUCCESS';
  }
  const seconds = wait === 'does not wait' ? 3300 : 600;
  if (TIMES[time] < seconds) return 'wait';
  if (wait === 'hands over') return 'SUCCESS';
  return isUp ? giveUp() : 'wait';
}

const OWNER = { stackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/s/1', logicalId: 'Job' };

/** One step of the handler in the situation. */
async function actual(kindName: JobKind, { phase, event: RequestType, wait, time, memo: remembered, owner }: Situation): Promise<Conduct> {
  const kind = HANDLED_KINDS[kindName];
  const properties: JobProperties = { Request: {}, NamePrefix: 's-job', Wait: WAITS[wait] };
  const hash = requestHash(kind, OWNER, properties);
  const name = attemptName(properties, hash, 1);
  const status = Object.keys(kind.statuses).find((word) => kind.statuses[word] === phase) ?? 'Hibernating';
  const tags = owner === 'another principal' ? {} : {
    [OWNER_TAG.stack]: OWNER.stackId, [OWNER_TAG.resource]: OWNER.logicalId, [OWNER_TAG.hash]: hash, [OWNER_TAG.request]: owner === 'this event' ? 'this' : 'earlier',
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
        if (operation === 'DescribeTrainingJob') return {};
        done.push(/^[A-Z][a-z]+/.exec(operation)![0].toLowerCase());
        return {};
      },
    },
    executions: { start: async () => undefined, running: async () => [], since: async () => [], stop: async () => undefined },
    respond: async () => undefined,
    now: () => TIMES[time] * 1000,
    pause: async () => undefined,
    functionTimeout: 60,
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
    outcome = await new Handler(services, kind, event, memo).next();
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
  const possible = situations.filter(({ phase }) => phase === 'unknown' || phase === 'none' || Object.values(HANDLED_KINDS[kind].statuses).includes(phase));
  const different: object[] = [];
  for (const situation of possible) {
    const [does, should] = [await actual(kind, situation), expected(situation)];
    if (does !== should) different.push({ ...situation, does, should });
  }
  expect(different).toEqual([]);
  expect(possible.length).toBeGreaterThan(2000);
});
