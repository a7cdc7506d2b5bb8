import { Clock } from '../../../local/clock';
import { Faults, type FaultRule } from '../../../local/faults';
import { custom, success, World } from '../cloudformation/world';

const A_AND_B = { A: custom(), B: custom({}, { DependsOn: 'A' }) };

/** An engine in which events go astray, and when its function got them: `Create A 0`. */
function begin(...rules: FaultRule[]) {
  const clock = new Clock({ startAt: new Date('2030-01-01T00:00:00Z') });
  const faults = new Faults(rules, { clock });
  const world = new World({ deliver: faults.deliver }, clock);
  const received: string[] = [];
  world.answer = ({ RequestType, LogicalResourceId }) => {
    received.push(`${RequestType} ${LogicalResourceId} ${(clock.now() - Date.parse('2030-01-01T00:00:00Z')) / 1000}`);
    return success(`${LogicalResourceId}-1`, {}, 10);
  };
  return { world, received, clock };
}

test('an event comes twice, with the same request id', async () => {
  const { world, received } = begin({ fault: 'duplicate', match: { operation: 'Create', resource: 'A' } });
  const { status } = await world.create({ A: custom() });
  expect(status).toBe('CREATE_COMPLETE');
  expect(received).toEqual(['Create A 0', 'Create A 0']);
  expect(new Set(world.sent.map(({ RequestId }) => RequestId)).size).toBe(1);
});

test('an event comes again after it was answered', async () => {
  const { world, received, clock } = begin({ fault: 'duplicate', seconds: 60, match: { operation: 'Create' } });
  await world.create({ A: custom() });
  await clock.advance(60_000);
  expect(received).toEqual(['Create A 0', 'Create A 60']);
});

test('an event comes late', async () => {
  const { world, received } = begin({ fault: 'late', seconds: 300, match: { resource: 'A' } });
  await world.create(A_AND_B);
  expect(received).toEqual(['Create A 300', 'Create B 310']);
});

test('an event is overtaken by the next one', async () => {
  const { world, received } = begin({ fault: 'reorder', match: { resource: 'A' } });
  await world.create({ A: custom(), B: custom() });
  expect(received).toEqual(['Create B 0', 'Create A 0']);
});

test('an event that nothing overtakes is late', async () => {
  const { world, received } = begin({ fault: 'reorder', seconds: 30, match: { resource: 'A' } });
  await world.create(A_AND_B);
  expect(received).toEqual(['Create A 30', 'Create B 40']);
});

test('an event is found by what it holds', async () => {
  const { world, received } = begin({ fault: 'late', seconds: 5, match: { input: { 'ResourceProperties.Size': 'large' } } });
  await world.create({ A: custom({ Size: 'large' }), B: custom({ Size: 'small' }) });
  expect(received).toEqual(['Create B 0', 'Create A 5']);
});
