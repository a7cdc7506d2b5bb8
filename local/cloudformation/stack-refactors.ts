import { randomUUID } from 'node:crypto';
import { CloudFormationError, invalid } from './cloudformation-error';
import type { Operations } from './operations';
import { RefactorPlan, type Target } from './refactor-plan';
import { Operation, type Region } from './stack-operation';
import type { StackRefactorAction, StackRefactorInput, StackRefactorState } from './stack-refactor';
import type { StackState } from './state';
import type { Clock } from '../clock';

const MAXIMUM_STACKS = 5;
const SECONDS = 1;

/**
 * The stack refactors of a Region. A refactor moves resources between stacks, or changes their logical IDs, without changing the
 * resources.
 */
export class StackRefactors {
  private readonly refactors = new Map<string, { readonly state: StackRefactorState; readonly input: StackRefactorInput }>();

  constructor(private readonly region: Region, private readonly operations: Operations, private readonly clock: Clock) {}

  /** A refactor completes or fails immediately. */
  create(input: StackRefactorInput): StackRefactorState {
    const count = input.stackDefinitions.length;
    if (count === 0 || count > MAXIMUM_STACKS) throw invalid(`A stack refactor has 1 to ${MAXIMUM_STACKS} stacks; got ${count}`);
    const state: StackRefactorState = {
      stackRefactorId: randomUUID(),
      ...input.description !== undefined && { description: input.description },
      ...this.planned(input),
    };
    this.refactors.set(state.stackRefactorId, { state, input });
    return state;
  }

  all(): StackRefactorState[] {
    return [...this.refactors.values()].map(({ state }) => state);
  }

  existing(id: string): StackRefactorState {
    return this.entry(id).state;
  }

  /** Begins the execution. The state of the refactor contains the result. */
  execute(id: string): void {
    const { state, input } = this.entry(id);
    if (state.executionStatus !== 'AVAILABLE') {
      throw invalid(`StackRefactor [${id}] cannot be executed in its current execution status of [${state.executionStatus}]`);
    }
    state.executionStatus = 'EXECUTE_IN_PROGRESS';
    void this.clock.sleep(SECONDS * 1000).then(() => this.apply(state, input));
  }

  private entry(id: string) {
    const found = this.refactors.get(id);
    if (!found) throw new CloudFormationError('StackRefactorNotFoundException', `StackRefactor [${id}] does not exist`);
    return found;
  }

  private planned(input: StackRefactorInput): Omit<StackRefactorState, 'stackRefactorId' | 'description'> {
    try {
      const plan = new RefactorPlan(input, this.region);
      const stackIds = plan.targets.flatMap(({ stack }) => stack?.stackId ?? []);
      return { stackIds, status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', actions: plan.targets.flatMap((target) => actionsOf(plan, target)) };
    } catch (error) {
      return { stackIds: [], status: 'CREATE_FAILED', statusReason: (error as Error).message, executionStatus: 'UNAVAILABLE', actions: [] };
    }
  }

  /** Applies all moves at once: no resource is ever in two stacks or in none. */
  private apply(state: StackRefactorState, input: StackRefactorInput): void {
    try {
      const plan = new RefactorPlan(input, this.region);
      const results = plan.targets.map((target) => this.resultOf(plan, target));
      const stacks = results.map(({ target, ...after }): StackState => {
        const stack = target.stack ?? this.operations.newStack(target.stackName, target.source);
        const operation = new Operation(this.region, stack);
        operation.setStatus(target.stack ? 'UPDATE_IN_PROGRESS' : 'CREATE_IN_PROGRESS', 'Stack refactor started');
        Object.assign(stack, target.source, after, target.stack && { lastUpdatedTime: this.region.now() });
        for (const changeSet of stack.changeSets) if (changeSet.executionStatus === 'AVAILABLE') changeSet.executionStatus = 'OBSOLETE';
        operation.setStatus(target.stack ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE');
        return stack;
      });
      state.stackIds = stacks.map(({ stackId }) => stackId);
      state.executionStatus = 'EXECUTE_COMPLETE';
    } catch (error) {
      state.executionStatus = 'EXECUTE_FAILED';
      state.executionStatusReason = (error as Error).message;
    }
  }

  private resultOf(plan: RefactorPlan, target: Target) {
    const resources = Object.fromEntries([...target.moves].map(([logicalId, { resource }]) =>
      [logicalId, { ...resource, ...plan.desired(target, logicalId) }]));
    return {
      target,
      resources,
      outputs: plan.outputsOf(target),
      imports: target.template.imports(),
      resolved: target.template.resolved,
      description: target.template.body.Description,
    };
  }
}

function actionsOf(plan: RefactorPlan, target: Target): StackRefactorAction[] {
  const created: StackRefactorAction[] = target.stack ? [] : [{ action: 'CREATE', entity: 'STACK', description: `Stack ${target.stackName} created.`, detection: 'AUTO' }];
  const moved = [...target.moves.values()].filter(({ logicalId }) => plan.isMoved(target, logicalId));
  return [...created, ...moved.map(({ from, resource, logicalId, isMapped }): StackRefactorAction => ({
    action: 'MOVE',
    entity: 'RESOURCE',
    physicalResourceId: resource.physicalId,
    description: 'No configuration changes detected.',
    detection: isMapped ? 'MANUAL' : 'AUTO',
    resourceMapping: {
      source: { stackName: from.stackId, logicalResourceId: resource.logicalId },
      destination: { stackName: target.stack?.stackId ?? target.stackName, logicalResourceId: logicalId },
    },
  }))];
}
