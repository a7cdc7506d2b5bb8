import { CfnOutput } from 'aws-cdk-lib';
import { KINDS } from './kinds';
import { type Contents, eventsOf, World } from './world';
import { ServiceError } from '../../local/api/errors';
import type { Fault } from '../../local/api/service';

describe.each(KINDS)('$name', (kind) => {
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
    expect(eventsOf(result, 'Job').join()).toMatch(new RegExp(`${kind.label} 'stack-job-[a-z0-9]{10}' could not be started: ValidationException: No such image: train:v1`));
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
    expect(eventsOf(refused, 'Job').join()).toContain('AccessDeniedException: not authorized');
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
