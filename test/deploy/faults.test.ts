import { CfnOutput } from 'aws-cdk-lib';
import { JOB_SCENARIOS } from './kinds';
import { type Contents, eventsOf, World } from './world';
import type { Fault } from '../../local/api/service';
import { ServiceError } from '../../local/api/service-error';
import type { FaultRule } from '../../local/faults';

describe.each(JOB_SCENARIOS)('$name', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await World.start();
    kind.behave(world.cloud, () => ({}));
  });
  afterEach(() => world.stop());

  const create = kind.operation('Create');
  const started = () => world.requests(create).map((request) => request[kind.nameMember]);

  const job: Contents = (stack) => {
    const { result } = kind.add(stack, 'Job');
    new CfnOutput(stack, 'Result', { value: result });
  };

  /** The service fails in a certain operation for the first minutes. */
  function failFor(minutes: number, operations: string[], fault: Fault): void {
    const end = world.cloud.clock.now() + minutes * 60_000;
    world.cloud.hooks.fault = (_service, operation) => (operations.includes(operation) && world.cloud.clock.now() < end ? fault : undefined);
  }

  test.each([
    ['throttles', new ServiceError('ThrottlingException', 'Rate exceeded')],
    ['is unavailable', new ServiceError('ServiceUnavailable', 'try later', 503)],
    ['fails inside', new ServiceError('InternalFailure', 'oops', 500)],
    ['has reached an account limit', new ServiceError('ResourceLimitExceeded', "The account-level service limit 'ml.m5.xlarge' is 0")],
    ['has not seen the new role yet', new ServiceError('ValidationException', 'Could not assume role arn:aws:iam::111122223333:role/r. Please ensure')],
  ])('is started once although the service %s for five minutes', async (_what, answer) => {
    failFor(5, [create], { answer });
    const result = await world.deploy(job);

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(started()).toHaveLength(1);
    expect(world.hours).toBeGreaterThan(5 / 60);
  });

  test('is taken up when the answer to its creation got lost', async () => {
    world.cloud.hooks.fault = (_service, operation, _input, n) => (operation === create && n === 1 ? { afterDeed: true } : undefined);
    const result = await world.deploy(job);

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(started()).toHaveLength(1);
  });

  test('survives that it cannot be looked at for five minutes', async () => {
    kind.behave(world.cloud, () => ({ seconds: 1200 }));
    failFor(5, [kind.operation('Describe')], { answer: new ServiceError('ThrottlingException', 'Rate exceeded') });
    const result = await world.deploy(job);

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(started()).toHaveLength(1);
  });

  test('that the service refuses fails at once, in the words of the service', async () => {
    failFor(600, [create], { answer: new ServiceError('ValidationException', 'No such image: train:v1') });
    const result = await world.deploy(job);

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, 'Job').join()).toMatch(new RegExp(`${kind.label} 'stack-job-[a-z0-9]{11}000' could not be started: ValidationException: No such image: train:v1`));
    expect(world.hours).toBeLessThan(0.1);
  });

  test('that never finds capacity fails before CloudFormation gives up, with the last reason', async () => {
    failFor(600, [create], { answer: new ServiceError('ResourceLimitExceeded', 'The account-level service limit is 0') });
    const result = await world.deploy(job);

    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(eventsOf(result, 'Job').join()).toContain('could not be started: ResourceLimitExceeded: The account-level service limit is 0');
    expect(world.hours).toBeLessThan(1);
  });

  test('that cannot be deleted leaves a stack that says so, and can be deleted later', async () => {
    await world.deploy(job);
    failFor(2000, [kind.operation('Delete')], { answer: new ServiceError('AccessDeniedException', 'not authorized') });
    const refused = await world.destroy();

    expect(refused!.status).toBe('DELETE_FAILED');
    expect(eventsOf(refused, '').join()).toContain('AccessDeniedException: not authorized');
    world.cloud.hooks.fault = undefined;
    expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
  });

  test('is one of twenty that share two places: they queue, and all are finished', async () => {
    let busiest = 0;
    world.cloud.hooks.fault = (_service, operation) => {
      const running = world.running.filter((name) => started().includes(name)).length;
      busiest = Math.max(busiest, running);
      return operation === create && running >= 2 ? { answer: new ServiceError('ResourceLimitExceeded', 'limit 2') } : undefined;
    };
    const result = await world.deploy((stack) => {
      for (let index = 0; index < 20; index++) kind.add(stack, `Job${index}`, { variant: `v${index}` });
    });

    expect(result.status).toBe('CREATE_COMPLETE');
    expect(started()).toHaveLength(20);
    expect(busiest).toBe(2);
  });
});

describe.each(JOB_SCENARIOS)('$name, deployed and deleted', (kind) => {
  const create = kind.operation('Create');
  const describeIt = kind.operation('Describe');
  const remove = kind.operation('Delete');

  test.each<[string, FaultRule[]]>([
    ['the function is killed before the job is created', [{ fault: 'kill-before', match: { operation: create }, when: { nth: 1 } }]],
    ['the function is killed after the job was created', [{ fault: 'kill-after', match: { operation: create }, when: { nth: 1 } }]],
    ['the function is killed when it looks at the job', [{ fault: 'kill-after', match: { operation: describeIt }, when: { every: 4 } }]],
    ['the function is killed after it has deleted the record', [{ fault: 'kill-after', match: { operation: remove }, when: { nth: 1 } }]],
    ['the function is killed before it gets the event', [{ fault: 'kill-before', match: { operation: 'Invoke' }, when: { nth: [1, 4] } }]],
    ['the function is killed when it has done its work', [{ fault: 'kill-after', match: { operation: 'Invoke' }, when: { every: 3 } }]],
    ['every event comes twice', [{ fault: 'duplicate' }]],
    ['every event comes again a minute later', [{ fault: 'duplicate', seconds: 60 }]],
    ['every event comes late', [{ fault: 'late', seconds: 200 }]],
    ['what was created is not found at first', [{ fault: 'stale', seconds: 20 }]],
    ['a third of all calls is throttled', [{ fault: 'throttle', match: { service: 'sagemaker' }, when: { probability: 0.33 } }]],
    ['every fourth answer gets lost', [{ fault: 'lost-answer', match: { service: 'sagemaker' }, when: { every: 4 } }]],
    ['calls take three seconds', [{ fault: 'delay', seconds: 3, match: { service: 'sagemaker' } }]],
  ])('is started once and leaves nothing although %s', async (_, faults) => {
    const world = await World.start({ faults });
    try {
      kind.behave(world.cloud, () => ({}));
      const created = await world.deploy((stack) => void kind.add(stack, 'Job'));
      const deleted = await world.destroy();

      expect([created.status, deleted!.status]).toEqual(['CREATE_COMPLETE', 'DELETE_COMPLETE']);
      expect(world.requests(create)).toHaveLength(1);
      expect(world.requests(remove)).not.toHaveLength(0);
      expect(world.running).toEqual([]);
      expect(world.cloud.faults.injected).not.toHaveLength(0);
    } finally {
      await world.stop();
    }
  }, 120_000);
});
