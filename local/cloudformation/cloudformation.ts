import { EventEmitter } from 'node:events';
import type { ChangeSetState } from './change-set';
import { ChangeSets } from './change-sets';
import { CustomResources } from './custom-resource';
import { clone } from './documents';
import type { CloudFormationOptions, NotRestored } from './engine-options';
import { identifierOf } from './imports';
import { NativeResources } from './native-resource';
import { NestedStacks } from './nested-stack';
import { Operations, resultOf } from './operations';
import { Stacks } from './region-stacks';
import { isCustom, isNestedStack } from './resource-kinds';
import { NATIVE_TYPES, ResourceTypes } from './resource-types';
import type { Environment } from './stack-environment';
import type { Region } from './stack-operation';
import { StackOutputs } from './stack-outputs';
import { StackRefactors } from './stack-refactors';
import type {
  Begun, ChangeSetInput, ContinuationInput, DeletionInput, ExecutionInput, RollbackInput, StackInput, StackResult,
} from './stack-requests';
import { identities, type Identities, type IdentityView } from './stack-roles';
import { Template } from './stack-template';
import type { Output, StackEvent, StackState } from './state';
import type { JsonObject } from '../json';
import { parseTemplate, validateTemplate } from './template-validation';
import { GIVEN, Parameters } from '../ssm/parameters';

/**
 * CloudFormation of one account and region.
 *
 * An operation that is refused throws; one that fails is a result whose status says so. The promise of an operation is
 * settled when the stack has reached its last status, which takes the time of the clock: `clock.run(cfn.createStack(…))`.
 * Each has a twin that only begins it: `beginCreate` and so on.
 */
export class CloudFormation extends EventEmitter<{ event: [StackEvent]; change: [StackState] }> {
  /** What stacks elsewhere read of those that are here. */
  readonly outputs: StackOutputs;
  readonly refactors: StackRefactors;
  private readonly stacks: Stacks;
  private readonly types: ResourceTypes;
  private readonly native: NativeResources;
  private readonly operations: Operations;
  private readonly changeSets: ChangeSets;

  constructor(options: CloudFormationOptions) {
    super();
    const { clock, region, account, partition = 'aws', urlSuffix = 'amazonaws.com', assets } = options;
    const { takenElsewhere = () => false, ssmParameters = {}, deliver = (_, invoke) => invoke(), templateAt = noTemplate } = options;
    const environment: Environment = { region, account, partition, urlSuffix };
    const types = new ResourceTypes({ ...NATIVE_TYPES, ...options.resourceTypes });
    const stacks = new Stacks(options.stacks);
    const parameters = options.services.parameters ?? new Parameters({ now: () => clock.now() });
    for (const [name, value] of Object.entries(ssmParameters)) if (!parameters.find(name)) parameters.put({ name, value, type: 'String', owner: GIVEN });
    const cloud = { clock, services: { ...options.services, parameters }, environment };
    const custom = new CustomResources(cloud, deliver);
    this.stacks = stacks;
    this.types = types;
    this.outputs = new StackOutputs(stacks, environment, options.services.identities, options.otherOutputs);
    this.native = new NativeResources({
      ...cloud,
      types,
      assets,
      taken: (type, physicalId) => stacks.taken(type, physicalId)
      || takenElsewhere(type, physicalId),
    });
    const ofRegion: Region = {
      stacks,
      types,
      provider: type => isCustom(type) ? custom : isNestedStack(type) ? nested : this.native,
      template: (source, { stackName, stackId }) => {
        const stored = (reference: string) => parameters.value(reference);
        const template = new Template(parseTemplate(source.template), source, { ...environment, stackName, stackId }, stored);
        validateTemplate(template, types, source.template);
        return template;
      },
      exists: (type, physicalId) => stacks.isRetained(type, physicalId) || this.native.exists(type, physicalId),
      outputs: this.outputs,
      now: () => new Date(clock.now()).toISOString(),
      publish: event => this.emit('event', event),
      changed: stack => this.emit('change', stack),
    };
    this.operations = new Operations(ofRegion, environment);
    const nested = new NestedStacks(stacks, this.operations, templateAt);
    this.refactors = new StackRefactors(ofRegion, this.operations, clock);
    this.changeSets = new ChangeSets(ofRegion, this.operations, environment);
  }

  beginCreate(input: StackInput): Begun {
    return this.operations.create(input);
  }

  /** Refused when no updates are to be performed. */
  beginUpdate(input: StackInput): Begun {
    return this.operations.update(input);
  }

  /** To delete what does not exist is no error. */
  beginDelete(stackName: string, input: DeletionInput = {}): Begun | undefined {
    return this.operations.delete(stackName, input);
  }

  /** From CREATE_FAILED and UPDATE_FAILED back to the last stable state. */
  beginRollback(stackName: string, input: RollbackInput = {}): Begun {
    return this.operations.rollback(stackName, input);
  }

  /** From UPDATE_ROLLBACK_FAILED. */
  beginContinueUpdateRollback(stackName: string, input: ContinuationInput = {}): Begun {
    return this.operations.continueRollback(stackName, input);
  }

  /** @param stackName Not needed when the change set is named by its id. */
  beginExecuteChangeSet(changeSetName: string, stackName?: string, input: ExecutionInput = {}): Begun {
    return this.changeSets.execute(changeSetName, stackName, input);
  }

  async createStack(input: StackInput): Promise<StackResult> {
    return this.beginCreate(input).done;
  }

  /** The result of an update that would change nothing is not `changed`. */
  async updateStack(input: StackInput): Promise<StackResult> {
    try {
      return await this.beginUpdate(input).done;
    } catch (error) {
      if ((error as Error).message !== 'No updates are to be performed.') throw error;
      const stack = this.stacks.existing(input.stackName);
      return resultOf(stack, stack.events.length, false);
    }
  }

  async deleteStack(stackName: string, input: DeletionInput = {}): Promise<StackResult | undefined> {
    return this.beginDelete(stackName, input)?.done;
  }

  async rollbackStack(stackName: string, input: RollbackInput = {}): Promise<StackResult> {
    return this.beginRollback(stackName, input).done;
  }

  async continueUpdateRollback(stackName: string, input: ContinuationInput = {}): Promise<StackResult> {
    return this.beginContinueUpdateRollback(stackName, input).done;
  }

  async executeChangeSet(changeSetName: string, stackName?: string, input: ExecutionInput = {}): Promise<StackResult> {
    return this.beginExecuteChangeSet(changeSetName, stackName, input).done;
  }

  /** Stops an update, which then rolls back. */
  cancelUpdate(stackName: string): void {
    this.operations.cancelUpdate(stackName);
  }

  updateTerminationProtection(stackName: string, isEnabled: boolean): void {
    const stack = this.stacks.existing(stackName);
    stack.enableTerminationProtection = isEnabled;
    this.emit('change', stack);
  }

  /** A change set is complete, or has failed, at once. One for a creation makes a stack in REVIEW_IN_PROGRESS. */
  createChangeSet(input: ChangeSetInput): ChangeSetState {
    return clone(this.changeSets.create(input));
  }

  describeChangeSet(changeSetName: string, stackName?: string): ChangeSetState {
    return clone(this.changeSets.existing(changeSetName, stackName));
  }

  listChangeSets(stackName: string): ChangeSetState[] {
    return clone(this.stacks.existing(stackName).changeSets);
  }

  /** To delete what does not exist is no error. */
  deleteChangeSet(changeSetName: string, stackName?: string): void {
    this.changeSets.delete(changeSetName, stackName);
  }

  /** Creates or updates, as the CDK's CLI does: what a failed creation left behind is deleted first. */
  async deploy(input: StackInput): Promise<StackResult> {
    const stack = this.stacks.find(input.stackName);
    if (!stack) return this.createStack(input);
    if (stack.status !== 'ROLLBACK_COMPLETE' && stack.status !== 'ROLLBACK_FAILED') return this.updateStack(input);
    const deleted = await this.deleteStack(input.stackName);
    return deleted!.status === 'DELETE_COMPLETE' ? this.createStack(input) : deleted!;
  }

  /** A stack by its name, or by its id even when it is deleted. */
  describe(stackName: string): StackState {
    return clone(this.stacks.existing(stackName));
  }

  /** A stack as `describe` tells of it, if there is one. */
  find(stackName: string): StackState | undefined {
    const stack = this.stacks.find(stackName);
    return stack && clone(stack);
  }

  /** All stacks, the deleted ones too. */
  list(): StackState[] {
    return clone(this.stacks.all());
  }

  /** The property by which a resource of a type is imported; nothing where that cannot be. */
  identifierOf(type: string): string | undefined {
    return identifierOf(type, this.types);
  }

  /** Whether a resource of this type has this physical id already. */
  taken(type: string, physicalId: string): boolean {
    return this.stacks.taken(type, physicalId);
  }

  /** The exports of all stacks, by name. */
  exports(): Map<string, Output & { readonly stackId: string }> {
    return this.stacks.exports();
  }

  /** The names of the stacks that read an export. */
  importers(exportName: string): string[] {
    return this.stacks.importers(exportName);
  }

  /** The roles of all stacks, and those that deleted stacks have left, with the policies that are attached to them now. */
  identities(view?: IdentityView): Identities {
    return identities(this.stacks.all(), view);
  }

  /** The properties of a resource that a stack has made. */
  propertiesOf(type: string, physicalId: string): JsonObject | undefined {
    return this.stacks.all()
      .flatMap(({ resources, retained }) => [...Object.values(resources), ...retained])
      .find(resource => resource.type === type && resource.physicalId === physicalId)?.properties;
  }

  /** Makes functions and state machines of existing stacks again, which their services have forgotten; gives those that cannot be. */
  async restore(): Promise<NotRestored[]> {
    const failures: NotRestored[] = [];
    for (const stack of this.stacks.all()) {
      for (const resource of [...Object.values(stack.resources), ...stack.leftovers, ...stack.retained]) {
        if (isCustom(resource.type) || isNestedStack(resource.type)) continue;
        try {
          await this.native.restore(resource, stack);
        } catch (error) {
          failures.push({ stackName: stack.stackName, logicalId: resource.logicalId, reason: (error as Error).message });
        }
      }
    }
    return failures;
  }

  /** Goes on with the operations that were under way when an earlier engine ended. */
  resume(): Begun[] {
    return this.operations.resume();
  }
}

function noTemplate(url: string): never {
  throw new Error(`There is no template at ${url}.`);
}
