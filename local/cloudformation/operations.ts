import { randomUUID } from 'node:crypto';
import type { Environment } from './cloudformation-environment';
import { CloudFormationError, invalid } from './cloudformation-error';
import { clone, same } from './documents';
import { isUnderWay, runPhases } from './phases';
import { settingsOf, sourceOf } from './source';
import { Operation, type Region } from './stack-operation';
import { checkedPolicy } from './stack-policy';
import type { Begun, ContinuationInput, DeletionInput, OperationInput, RollbackInput, StackInput, StackResult } from './stack-requests';
import type { StackSource } from './stack-source';
import type { Template } from './stack-template';
import type { StackState, StackStatus } from './state';

const STABLE: StackStatus[] = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'];
const FAILED: StackStatus[] = ['CREATE_FAILED', 'UPDATE_FAILED'];

/** Begins the operations on stacks and tracks them. A rejected operation throws an error and changes nothing. */
export class Operations {
  private readonly running = new Map<string, { readonly operation: Operation; readonly done: Promise<void> }>();

  constructor(private readonly region: Region, private readonly environment: Environment) {}

  create(input: StackInput & { readonly parentId?: string }): Begun {
    const existing = this.region.stacks.find(input.stackName);
    const repeated = existing && this.repeated(existing, input);
    if (repeated) return repeated;
    if (existing) throw new CloudFormationError('AlreadyExistsException', `Stack [${input.stackName}] already exists`);
    this.checkRole(input);
    const stack = this.newStack(input.stackName, sourceOf(input), input.parentId);
    return this.beginCreation(stack, stack, input);
  }

  /** Registers a stack without resources. No operation begins. */
  newStack(stackName: string, source: StackSource, parentId?: string): StackState {
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(stackName)) {
      throw invalid(`1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*');
    }
    const stackId = this.stackId(stackName, randomUUID());
    this.region.template(source, { stackName, stackId });
    const stack: StackState = {
      stackName,
      stackId,
      ...parentId !== undefined && { parentId },
      creationTime: this.region.now(),
      status: 'REVIEW_IN_PROGRESS',
      ...source,
      resources: {},
      leftovers: [],
      retained: [],
      outputs: [],
      imports: [],
      changeSets: [],
      events: [],
    };
    this.region.stacks.add(stack);
    return stack;
  }

  stackId(stackName: string, id: string): string {
    const { region, account, partition } = this.environment;
    return `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/${id}`;
  }

  /** Rejects an operation whose role CloudFormation cannot assume: the role of the request, or otherwise the one of the stack. */
  checkRole({ roleArn }: Pick<OperationInput, 'roleArn'>, stack?: StackState): void {
    const role = roleArn ?? stack?.roleArn;
    if (role !== undefined && !this.region.canAssume(role)) throw invalid(`Role ${role} is invalid or cannot be assumed`);
  }

  /** Creates a stack that exists only for its change sets. */
  review(stack: StackState): void {
    new Operation(this.region, stack).setStatus('REVIEW_IN_PROGRESS', 'User Initiated');
  }

  beginCreation(stack: StackState, source: StackSource, input: Omit<StackInput, 'stackName'>): Begun {
    this.checkRole(input, stack);
    const { body: { Description: description }, resolved } = this.region.template(source, stack);
    const { template, parameters, tags } = source;
    const { onFailure, enableTerminationProtection, stackPolicy } = input;
    if (stackPolicy !== undefined) stack.stackPolicy = checkedPolicy(stackPolicy);
    const disableRollback = input.disableRollback ?? onFailure === 'DO_NOTHING';
    Object.assign(stack, { template, parameters, tags, resolved, stackOutputs: {}, description, disableRollback, deleteOnFailure: onFailure === 'DELETE', retainExceptOnCreate: input.retainExceptOnCreate ?? false }, settingsOf(input));
    if (enableTerminationProtection !== undefined) stack.enableTerminationProtection = enableTerminationProtection;
    return this.begin(stack, 'CREATE_IN_PROGRESS', input);
  }

  update(input: StackInput): Begun {
    const stack = this.region.stacks.existing(input.stackName);
    return this.repeated(stack, input) ?? this.beginUpdate(stack, sourceOf(input, stack), input);
  }

  /** Whether an update would change anything. */
  wouldChange(input: StackInput): boolean {
    const stack = this.region.stacks.existing(input.stackName);
    return this.checkUpdate(stack, sourceOf(input, stack)).isChanged;
  }

  beginUpdate(stack: StackState, source: StackSource, input: Omit<StackInput, 'stackName'>): Begun {
    const { template, isChanged } = this.checkUpdate(stack, source);
    if (FAILED.includes(stack.status) && !input.disableRollback) {
      throw invalid(`This stack is currently in a non-terminal [${stack.status}] state. To update the stack from this state, please use the ` +
        'disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API');
    }
    const { stackPolicy, stackPolicyDuringUpdate } = input;
    for (const policy of [stackPolicy, stackPolicyDuringUpdate]) if (policy !== undefined) checkedPolicy(policy);
    this.checkRole(input, stack);
    if (!isChanged) throw invalid('No updates are to be performed.');
    if (stackPolicy !== undefined) stack.stackPolicy = stackPolicy;
    stack.stackPolicyDuringUpdate = stackPolicyDuringUpdate;
    if (STABLE.includes(stack.status)) {
      const { resources, outputs } = stack;
      stack.stable = clone({
        template: stack.template,
        parameters: stack.parameters,
        resolved: stack.resolved,
        stackOutputs: stack.stackOutputs,
        tags: stack.tags,
        resources,
        outputs,
      });
    }
    Object.assign(stack, source, {
      resolved: template.resolved,
      stackOutputs: {},
      description: template.body.Description,
      lastUpdatedTime: this.region.now(),
      disableRollback: input.disableRollback ?? false,
      retainExceptOnCreate: input.retainExceptOnCreate ?? false,
    }, settingsOf(input));
    return this.begin(stack, 'UPDATE_IN_PROGRESS', input);
  }

  /** @param importing The physical IDs of the resources to import, by logical ID */
  beginImport(stack: StackState, source: StackSource, importing: { [logicalId: string]: string }, input: OperationInput): Begun {
    const isNew = stack.status === 'REVIEW_IN_PROGRESS';
    if (!isNew && !STABLE.includes(stack.status)) throw invalid(`Stack:${stack.stackId} is in ${stack.status} state and can not be updated.`);
    this.checkRole(input, stack);
    const { resources, outputs } = stack;
    if (!isNew) {
      stack.stable = clone({
        template: stack.template,
        parameters: stack.parameters,
        resolved: stack.resolved,
        tags: stack.tags,
        resources,
        outputs,
      });
    }
    const { body: { Description: description }, resolved } = this.region.template(source, stack);
    Object.assign(stack, source, { resolved, description, importing, ...!isNew && { lastUpdatedTime: this.region.now() } });
    return this.begin(stack, 'IMPORT_IN_PROGRESS', input);
  }

  /** Whether an update of a stack to another source is valid, and whether it changes the stack. */
  checkUpdate(stack: StackState, source: StackSource): { readonly template: Template; readonly isChanged: boolean } {
    if (![...STABLE, ...FAILED].includes(stack.status)) throw invalid(`Stack:${stack.stackId} is in ${stack.status} state and can not be updated.`);
    const template = this.region.template(source, stack);
    const retyped = Object.values(stack.resources)
      .filter(({ logicalId, type }) => (template.resources[logicalId]?.Type ?? type) !== type).map(({ logicalId }) => logicalId);
    if (retyped.length > 0) {
      throw invalid(`Update of resource type is not permitted. The new template modifies resource type of the following resources: [${retyped.join(', ')}]`);
    }
    const isRetry = FAILED.includes(stack.status);
    return { template, isChanged: isRetry || differs(template, source, this.region.template(stack, stack), stack) };
  }

  /** Deleting a stack that does not exist has no effect. */
  delete(stackName: string, input: DeletionInput): Begun | undefined {
    const stack = this.region.stacks.find(stackName);
    if (!stack || stack.status === 'DELETE_COMPLETE') return undefined;
    const { retainResources = [], force = false } = input;
    if (stack.enableTerminationProtection) throw invalid(`Stack [${stack.stackName}] cannot be deleted while TerminationProtection is enabled`);
    if (retainResources.length > 0 && stack.status !== 'DELETE_FAILED') {
      throw invalid(`Stack [${stackName}] is in ${stack.status} state: RetainResources can be specified only in the DELETE_FAILED state`);
    }
    const unknown = retainResources.filter(logicalId => !Object.hasOwn(stack.resources, logicalId));
    if (unknown.length > 0) throw invalid(`The following resources to retain do not exist: [${unknown.join(', ')}]`);
    if (force && stack.status !== 'DELETE_FAILED') {
      throw invalid(`Stack [${stackName}] is in ${stack.status} state: FORCE_DELETE_STACK can be specified only in the DELETE_FAILED state`);
    }
    const running = this.running.get(stack.stackId);
    if (running && stack.status === 'DELETE_IN_PROGRESS') return this.following(stack, running.done, stack.events.length);
    if (running && stack.status !== 'CREATE_IN_PROGRESS') throw invalid(`Stack [${stack.stackId}] cannot be deleted while in status ${stack.status}`);
    this.checkRole(input, stack);
    running?.operation.supersede();
    stack.retainResources = retainResources;
    stack.isForced = force;
    stack.statusBeforeDeletion = stack.status;
    return this.begin(stack, 'DELETE_IN_PROGRESS', input, running?.done);
  }

  rollback(stackName: string, input: RollbackInput): Begun {
    const stack = this.region.stacks.existing(stackName);
    const repeated = this.repeated(stack, input);
    if (repeated) return repeated;
    if (!FAILED.includes(stack.status)) throw invalid(`Stack:${stack.stackId} is in ${stack.status} state and can not be rolled back.`);
    this.checkRole(input, stack);
    Object.assign(stack, { disableRollback: false, retainExceptOnCreate: input.retainExceptOnCreate });
    return this.begin(stack, stack.stable ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS', input);
  }

  continueRollback(stackName: string, input: ContinuationInput): Begun {
    const stack = this.region.stacks.existing(stackName);
    const repeated = this.repeated(stack, input);
    if (repeated) return repeated;
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
      throw invalid(`Stack:${stack.stackId} is in ${stack.status} state and can not continue rollback.`);
    }
    const { resourcesToSkip = [] } = input;
    const wrong = resourcesToSkip.filter(logicalId => stack.resources[logicalId]?.status !== 'UPDATE_FAILED');
    if (wrong.length > 0) throw invalid(`The following resources to skip are not in UPDATE_FAILED state: [${wrong.join(', ')}]`);
    this.checkRole(input, stack);
    const begun = this.begin(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', input);
    const { operation } = this.running.get(stack.stackId)!;
    for (const logicalId of resourcesToSkip) {
      const { properties, metadata, deletionPolicy, updateReplacePolicy } = stack.stable!.resources[logicalId];
      const resource = Object.assign(stack.resources[logicalId], clone({ properties, metadata, deletionPolicy, updateReplacePolicy }));
      operation.emit(resource, 'UPDATE_COMPLETE');
    }
    return begun;
  }

  /** Cancels an update, which then rolls back. */
  cancelUpdate(stackName: string): void {
    const stack = this.region.stacks.existing(stackName);
    const running = this.running.get(stack.stackId);
    if (!running || stack.status !== 'UPDATE_IN_PROGRESS') throw invalid('CancelUpdateStack cannot be called from current stack status');
    running.operation.interrupt('User Initiated');
  }

  /** Resumes the operations that were in progress when the engine ended. */
  resume(): Begun[] {
    return this.region.stacks.all().filter(isUnderWay)
      .map(stack => this.follow(new Operation(this.region, stack), stack.events.length));
  }

  /** Returns the result of the operation in progress, or an immediate result without one. */
  settled(stack: StackState): Promise<StackResult> {
    return this.following(stack, this.running.get(stack.stackId)?.done ?? Promise.resolve(), stack.events.length).done;
  }

  private begin(stack: StackState, status: StackStatus, { clientRequestToken, roleArn }: OperationInput, after?: Promise<void>): Begun {
    const from = stack.events.length;
    stack.clientRequestToken = clientRequestToken;
    if (roleArn !== undefined) stack.roleArn = roleArn;
    for (const changeSet of stack.changeSets) if (changeSet.executionStatus === 'AVAILABLE') changeSet.executionStatus = 'OBSOLETE';
    const operation = new Operation(this.region, stack);
    operation.setStatus(status, 'User Initiated');
    return this.follow(operation, from, after);
  }

  private follow(operation: Operation, from: number, after?: Promise<void>): Begun {
    const { stack } = operation;
    const run = async () => {
      await after;
      try {
        await runPhases(operation);
        settleChangeSet(operation);
      } finally {
        if (this.running.get(stack.stackId)?.operation === operation) this.running.delete(stack.stackId);
      }
    };
    const entry = { operation, done: run() };
    this.running.set(stack.stackId, entry);
    return this.following(stack, entry.done, from);
  }

  private following(stack: StackState, done: Promise<void>, from: number): Begun {
    const { stackName, stackId } = stack;
    return { stackName, stackId, done: done.then(() => resultOf(stack, from)) };
  }

  /** Returns the operation that a request with the same token began. */
  repeated(stack: StackState, { clientRequestToken }: OperationInput): Begun | undefined {
    if (clientRequestToken === undefined || stack.clientRequestToken !== clientRequestToken) return undefined;
    return { stackName: stack.stackName, stackId: stack.stackId, done: this.settled(stack) };
  }
}

function settleChangeSet({ stack, region }: Operation): void {
  const executed = stack.changeSets.find(({ executionStatus }) => executionStatus === 'EXECUTE_IN_PROGRESS');
  if (!executed || isUnderWay(stack)) return;
  executed.executionStatus = ['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(stack.status) ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
  region.changed(stack);
}

/** Returns the result of the operation that began after the first `from` events. */
export function resultOf(stack: StackState, from: number, changed = true): StackResult {
  const { stackName, stackId, status, statusReason } = stack;
  const outputs = Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value]));
  return { stackName, stackId, status, ...statusReason !== undefined && { statusReason }, changed, outputs, events: stack.events.slice(from) };
}

/** Whether a template changes a stack. A change of descriptions, mappings and conditions alone does not, unless it changes a value. */
function differs(one: Template, { tags }: StackSource, other: Template, { tags: otherTags }: StackSource): boolean {
  const substance = ({ resources, outputs, parameters }: Template) => ({
    resources: Object.fromEntries(Object.entries(resources).map(([logicalId, { Description: _, ...resource }]) => [logicalId, resource])),
    outputs,
    parameters,
  });
  if (!same(tags, otherTags) || !same(substance(one), substance(other))) return true;
  const sections = ({ body: { Conditions, Mappings } }: Template) => ({ Conditions, Mappings });
  return !same(sections(one), sections(other)) && !same(one.effects(), other.effects());
}
