import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResourceState, StackState } from '../../../local/cloudformation';
import { Journal } from '../../../local/persistence/journal';
import { readStack, type StackChange, StackHistory } from '../../../local/persistence/stack-history';

const directory = mkdtempSync(join(tmpdir(), 'stacks-'));
const file = join(directory, 'stack');
const open = () => new Journal<StackChange>(file, () => true);
const read = () => readStack(open());
afterAll(() => rmSync(directory, { recursive: true }));

let stack: StackState;
let history: StackHistory;
beforeEach(() => {
  open().remove();
  history = new StackHistory(open());
  stack = {
    stackName: 'Stack',
    stackId: 'id',
    creationTime: '2026',
    status: 'CREATE_IN_PROGRESS',
    template: 'x'.repeat(10_000),
    parameters: {},
    tags: {},
    resources: { A: resource('A'), B: resource('B') },
    leftovers: [],
    retained: [],
    outputs: [],
    imports: [],
    changeSets: [],
    events: [],
  };
  event('Stack');
});

function resource(logicalId: string): ResourceState {
  return {
    logicalId, type: 'T', properties: {}, dependencies: [], deletionPolicy: 'Delete', updateReplacePolicy: 'Delete', status: 'CREATE_IN_PROGRESS', attributes: {},
  };
}

function event(logicalResourceId: string): void {
  const rest = { timestamp: '2026', eventId: String(stack.events.length), stackName: 'Stack', stackId: 'id', physicalResourceId: '', resourceType: 'T' };
  stack.events.push({ ...rest, logicalResourceId, resourceStatus: 'CREATE_IN_PROGRESS' });
  history.save(stack);
}

test('what an event is about is kept with it', () => {
  // given
  const size = statSync(file).size;
  // when
  Object.assign(stack.resources.A, { status: 'CREATE_COMPLETE', physicalId: 'a-1' });
  event('A');
  // then
  expect(read()).toEqual(stack);
  expect(statSync(file).size).toBeGreaterThan(size);
});

test('a change without an event is kept', () => {
  stack.resources.B.initiated = true;
  stack.parameters = { Size: '1' };
  history.save(stack);
  expect(read()).toEqual(stack);
});

test('what is gone stays gone', () => {
  // given
  stack.statusReason = 'User Initiated';
  event('Stack');
  // when
  stack.statusReason = undefined;
  stack.leftovers.push(stack.resources.A);
  delete stack.resources.A;
  event('A');
  // then
  expect(read()).toEqual(stack);
  expect(read().resources).not.toHaveProperty('A');
});

test('the stack goes on being kept after it was read', () => {
  // given
  stack = read();
  history = new StackHistory(open());
  history.save(stack);
  // when
  stack.resources.B.physicalId = 'b-1';
  event('B');
  // then
  expect(read()).toEqual(stack);
  expect(read().resources.B.physicalId).toBe('b-1');
});

test('an event adds little, however large the stack is', () => {
  const size = statSync(file).size;
  event('A');
  expect(statSync(file).size - size).toBeLessThan(1000);
});
