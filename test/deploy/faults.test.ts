import { CfnOutput } from 'aws-cdk-lib';
import { behave, deletable, type Kind, JOB_SCENARIOS, ofEach } from './kinds';
import { type Contents, eventsOf, World } from './world';
import type { Fault } from '../../local/api/service';
import { ServiceError } from '../../local/api/service-error';
import type { FaultRule } from '../../local/faults';

const operations = (verb: Parameters<Kind['operation']>[0]) => JOB_SCENARIOS.map((kind) => kind.operation(verb));

/** A stack with a job of each kind. */
const oneOfEach: Contents = (stack) => {
  for (const kind of JOB_SCENARIOS) new CfnOutput(stack, `${kind.name}Result`, { value: kind.add(stack, kind.name).result });
};

describe('a job of each kind', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start();
    behave(world.cloud, () => ({}));
  });
  afterEach(() => world.stop());

  const numberOfStarted = () => ofEach((kind) => world.started(kind).length);

  /** The service fails in certain operations for the first minutes. */
  function failFor(minutes: number, failing: string[], fault: Fault): void {
    const end = world.cloud.clock.now() + minutes * 60_000;
    world.cloud.hooks.fault = (_service, operation) => (failing.includes(operation) && world.cloud.clock.now() < end ? fault : undefined);
  }

  /** Deploys a stack for each kind. In one stack, the failure of the first job cancels the others. */
  async function deployEachAlone(): Promise<{ status: { [kind: string]: string }; events: { [kind: string]: string } }> {
    const results = new Map(await Promise.all(JOB_SCENARIOS.map(async (kind) =>
      [kind, await world.deploy((stack) => void kind.add(stack, 'Job'), kind.name)] as const)));
    return {
      status: ofEach((kind) => results.get(kind)!.status),
      events: ofEach((kind) => eventsOf(results.get(kind), 'Job').join()),
    };
  }

  test.each([
    [5, 'throttles', new ServiceError('ThrottlingException', 'Rate exceeded')],
    [5, 'is unavailable', new ServiceError('ServiceUnavailable', 'try later', 503)],
    [5, 'fails inside', new ServiceError('InternalFailure', 'oops', 500)],
    [5, 'has reached an account limit', new ServiceError('ResourceLimitExceeded', "The account-level service limit 'ml.m5.xlarge' is 0")],
    [4, 'has not seen the new role yet', new ServiceError('ValidationException', 'Could not assume role arn:aws:iam::111122223333:role/r. Please ensure')],
  ])('is started once although for %d minutes the service %s', async (minutes, _what, answer) => {
    failFor(minutes, operations('Create'), { answer });
    const result = await world.deploy(oneOfEach);

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(numberOfStarted()).toEqual(ofEach(() => 1));
    expect(world.hours).toBeGreaterThan(minutes / 60);
  });

  test('is taken up when the answer to its creation got lost', async () => {
    world.cloud.hooks.fault = (_service, operation, _input, n) => (operations('Create').includes(operation) && n === 1 ? { afterDeed: true } : undefined);
    const result = await world.deploy(oneOfEach);

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(numberOfStarted()).toEqual(ofEach(() => 1));
  });

  test('survives that it cannot be looked at for five minutes', async () => {
    behave(world.cloud, () => ({ seconds: 1200 }));
    failFor(5, operations('Describe'), { answer: new ServiceError('ThrottlingException', 'Rate exceeded') });
    const result = await world.deploy(oneOfEach);

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(numberOfStarted()).toEqual(ofEach(() => 1));
  });

  test('that the service refuses fails at once, in the words of the service', async () => {
    failFor(600, operations('Create'), { answer: new ServiceError('ValidationException', 'No such image: train:v1') });
    const { status, events } = await deployEachAlone();

    expect(status).toEqual(ofEach(() => 'ROLLBACK_COMPLETE'));
    expect(events).toEqual(ofEach(({ label }) =>
      expect.stringMatching(new RegExp(`${label} '[a-z]+-job-[a-z0-9]{11}000' could not be started: ValidationException: No such image: train:v1`))));
    expect(world.hours).toBeLessThan(0.1);
  });

  test('that never finds capacity fails before CloudFormation gives up, with the last reason', async () => {
    failFor(600, operations('Create'), { answer: new ServiceError('ResourceLimitExceeded', 'The account-level service limit is 0') });
    const { status, events } = await deployEachAlone();

    expect(status).toEqual(ofEach(() => 'ROLLBACK_COMPLETE'));
    expect(events).toEqual(ofEach(() => expect.stringContaining('could not be started: ResourceLimitExceeded: The account-level service limit is 0')));
    // With the rollback.
    expect(world.hours).toBeLessThan(1.05);
  });

  test('that cannot be deleted leaves a stack that says so, and can be deleted later', async () => {
    await world.deploy(oneOfEach);
    failFor(2000, operations('Delete'), { answer: new ServiceError('AccessDeniedException', 'not authorized') });
    const refused = await world.destroy();

    expect(refused!.status).toBe('DELETE_FAILED');
    expect(eventsOf(refused, '').join()).toContain('AccessDeniedException: not authorized');
    world.cloud.hooks.fault = undefined;
    expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
  });
});

test('twenty jobs that share two places for each kind queue, and all are finished', async () => {
  const world = await World.start();
  try {
    behave(world.cloud, () => ({}));
    const busiest = ofEach(() => 0);
    world.cloud.hooks.fault = (_service, operation) => {
      for (const kind of JOB_SCENARIOS) {
        const running = world.runningOf(kind).length;
        busiest[kind.name] = Math.max(busiest[kind.name], running);
        if (operation === kind.operation('Create') && running >= 2) return { answer: new ServiceError('ResourceLimitExceeded', 'limit 2') };
      }
      return undefined;
    };
    const kinds = Array.from({ length: 20 }, (_, index) => JOB_SCENARIOS[index % JOB_SCENARIOS.length]);
    const result = await world.deploy((stack) => {
      for (const [index, kind] of kinds.entries()) kind.add(stack, `Job${index}`, { variant: `v${index}` });
    });

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(ofEach((kind) => world.started(kind).length)).toEqual(ofEach((kind) => kinds.filter((other) => other === kind).length));
    expect(busiest).toEqual(ofEach(() => 2));
  } finally {
    await world.stop();
  }
});

/** A rule for the calls of an operation of each kind. */
const each = (verb: Parameters<Kind['operation']>[0], rule: FaultRule): FaultRule[] => operations(verb).map((operation) => ({ ...rule, match: { operation } }));

test.each<[string, FaultRule[]]>([
  ['the function is killed before the job is created', each('Create', { fault: 'kill-before', when: { nth: 1 } })],
  ['the function is killed after the job was created', each('Create', { fault: 'kill-after', when: { nth: 1 } })],
  ['the function is killed when it looks at the job', each('Describe', { fault: 'kill-after', when: { every: 4 } })],
  ['the function is killed after it has deleted the record', each('Delete', { fault: 'kill-after', when: { nth: 1 } })],
  ['the function is killed before it gets the event', [{ fault: 'kill-before', match: { operation: 'Invoke' }, when: { nth: [1, 4] } }]],
  ['the function is killed when it has done its work', [{ fault: 'kill-after', match: { operation: 'Invoke' }, when: { nth: [2, 5, 9, 14, 20] } }]],
  ['every event comes twice', [{ fault: 'duplicate' }]],
  ['every event comes again a minute later', [{ fault: 'duplicate', seconds: 60 }]],
  ['every event comes late', [{ fault: 'late', seconds: 200 }]],
  ['what was created is not found at first', [{ fault: 'stale', seconds: 20 }]],
  ['a third of all calls is throttled', [{ fault: 'throttle', match: { service: 'sagemaker' }, when: { probability: 0.33 } }]],
  ['every fourth answer gets lost', [{ fault: 'lost-answer', match: { service: 'sagemaker' }, when: { every: 4 } }]],
  ['calls take three seconds', [{ fault: 'delay', seconds: 3, match: { service: 'sagemaker' } }]],
])('a job of each kind is started once and leaves nothing although %s', async (_, faults) => {
  const world = await World.start({ faults });
  try {
    behave(world.cloud, () => ({}));
    const created = await world.deploy(oneOfEach);
    const deleted = await world.destroy();

    expect([created.status, deleted!.status]).toEqual(['CREATE_COMPLETE', 'DELETE_COMPLETE']);
    expect(ofEach((kind) => world.started(kind).length)).toEqual(ofEach(() => 1));
    expect(ofEach((kind) => new Set(world.deleted(kind)))).toEqual(ofEach((kind) => new Set(deletable(kind, world.started(kind)))));
    expect(world.running).toEqual([]);
    expect(world.cloud.faults.injected).not.toHaveLength(0);
  } finally {
    await world.stop();
  }
}, 360_000);
