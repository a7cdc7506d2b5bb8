import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { ChangeSetState } from './change-set';
import { ChangeSets } from './change-sets';
import type { Environment } from './cloudformation-environment';
import { invalid } from './cloudformation-error';
import { CustomResources } from './custom-resource';
import type { StackDrift } from './detected-drift';
import { clone } from './documents';
import { driftsOf, isDrifted } from './drift';
import type { CloudFormationOptions, NotRestored } from './engine-options';
import { identifierOf } from './imports';
import { NativeResources } from './native-resource';
import { NestedStacks } from './nested-stack';
import { Operations, resultOf } from './operations';
import { Stacks } from './region-stacks';
import { isCustom, isNestedStack } from './resource-kinds';
import { NATIVE_TYPES, ResourceTypes } from './resource-types';
import type { Region } from './stack-operation';
import { StackOutputs } from './stack-outputs';
import { checkedPolicy } from './stack-policy';
import { StackRefactors } from './stack-refactors';
import type {
  Begun, ChangeSetInput, ContinuationInput, DeletionInput, ExecutionInput, RollbackInput, StackInput, StackResult,
} from './stack-requests';
import { createdAt, identities, type Identities, type IdentityView, type ManagedPolicy } from './stack-roles';
import type { StackSource } from './stack-source';
import { Template } from './stack-template';
import type { Output, ResourceState, StackEvent, StackState } from './state';
import type { TemplateBody } from './template-body';
import type { JsonObject } from '../json';
import { checkReferences, parseTemplate, validateTemplate } from './template-validation';
import { GIVEN, Parameters } from '../ssm/parameters';

/**
 * CloudFormation of an account and Region.
 *
 * A rejected operation throws an error. A failed operation returns a result with the status. The promise of an operation settles
 * when the stack has reached a terminal status, which takes virtual time: `clock.run(cfn.createStack(…))`. For each operation, a
 * method such as `beginCreate` only begins it.
 */
export class CloudFormation extends EventEmitter<{ event: [StackEvent]; change: [StackState] }> {
  /** The outputs of these stacks, for stacks elsewhere. */
  readonly outputs: StackOutputs;
  readonly refactors: StackRefactors;
  private readonly stacks: Stacks;
  private readonly types: ResourceTypes;
  private readonly native: NativeResources;
  private readonly operations: Operations;
  private readonly ofRegion: Region;
  private readonly changeSets: ChangeSets;

  constructor(options: CloudFormationOptions) {
    super();
    const { clock, region, account, partition = 'aws', urlSuffix = 'amazonaws.com', assets, inlineCode } = options;
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
      inlineCode,
      taken: (type, physicalId) => stacks.taken(type, physicalId)
      || takenElsewhere(type, physicalId),
    });
    const ofRegion: Region = this.ofRegion = {
      stacks,
      types,
      canAssume: roleArn => options.services.stackRoles?.canAssume(roleArn) ?? true,
      provider: type => isCustom(type) ? custom : isNestedStack(type) ? nested : this.native,
      template: (source, { stackName, stackId }) => {
        const template = new Template(parseTemplate(source.template), source, { ...environment, stackName, stackId }, parameters);
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
    const nested = new NestedStacks(stacks, this.operations, templateAt, options.services.stackRoles);
    this.refactors = new StackRefactors(ofRegion, this.operations, clock);
    this.changeSets = new ChangeSets(ofRegion, this.operations, environment);
  }

  beginCreate(input: StackInput): Begun {
    return this.operations.create(input);
  }

  /** Throws an error if the stack needs no updates. */
  beginUpdate(input: StackInput): Begun {
    return this.operations.update(input);
  }

  /** Deleting a stack that does not exist has no effect. */
  beginDelete(stackName: string, input: DeletionInput = {}): Begun | undefined {
    return this.operations.delete(stackName, input);
  }

  /** Rolls back from CREATE_FAILED or UPDATE_FAILED to the last stable state. */
  beginRollback(stackName: string, input: RollbackInput = {}): Begun {
    return this.operations.rollback(stackName, input);
  }

  /** Rolls back from UPDATE_ROLLBACK_FAILED. */
  beginContinueUpdateRollback(stackName: string, input: ContinuationInput = {}): Begun {
    return this.operations.continueRollback(stackName, input);
  }

  /** @param stackName Not needed if the change set is specified by ID */
  beginExecuteChangeSet(changeSetName: string, stackName?: string, input: ExecutionInput = {}): Begun {
    return this.changeSets.execute(changeSetName, stackName, input);
  }

  async createStack(input: StackInput): Promise<StackResult> {
    return this.beginCreate(input).done;
  }

  /** If the stack needs no updates, `changed` of the result is false. */
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

  /** Cancels an update, which then rolls back. */
  cancelUpdate(stackName: string): void {
    this.operations.cancelUpdate(stackName);
  }

  updateTerminationProtection(stackName: string, isEnabled: boolean): void {
    const stack = this.stacks.existing(stackName);
    stack.enableTerminationProtection = isEnabled;
    this.emit('change', stack);
  }

  /** A change set completes or fails immediately. A change set for a creation creates a stack in REVIEW_IN_PROGRESS. */
  createChangeSet(input: ChangeSetInput): ChangeSetState {
    return clone(this.changeSets.create(input));
  }

  describeChangeSet(changeSetName: string, stackName?: string): ChangeSetState {
    return clone(this.changeSets.existing(changeSetName, stackName));
  }

  listChangeSets(stackName: string): ChangeSetState[] {
    return clone(this.stacks.existing(stackName).changeSets);
  }

  /** Deleting a change set that does not exist has no effect. */
  deleteChangeSet(changeSetName: string, stackName?: string): void {
    this.changeSets.delete(changeSetName, stackName);
  }

  /** Creates or updates a stack, as the CDK CLI does: deletes the remains of a failed creation first. */
  async deploy(input: StackInput): Promise<StackResult> {
    const stack = this.stacks.find(input.stackName);
    if (!stack) return this.createStack(input);
    if (stack.status !== 'ROLLBACK_COMPLETE' && stack.status !== 'ROLLBACK_FAILED') return this.updateStack(input);
    const deleted = await this.deleteStack(input.stackName);
    return deleted!.status === 'DELETE_COMPLETE' ? this.createStack(input) : deleted!;
  }

  /** Returns a stack by name, or by ID even if it is deleted. */
  describe(stackName: string): StackState {
    return clone(this.stacks.existing(stackName));
  }

  /** Returns a stack as `describe` does, or nothing if it does not exist. */
  find(stackName: string): StackState | undefined {
    const stack = this.stacks.find(stackName);
    return stack && clone(stack);
  }

  /** Returns a resource of a stack, or nothing if the stack has no such resource. */
  findResource(stackName: string, logicalId: string): ResourceState | undefined {
    const resource = this.stacks.existing(stackName).resources[logicalId];
    return resource && clone(resource);
  }

  /** Returns the IDs of the requests that custom resources of a stack have not responded to. */
  pendingRequests(stackName: string): string[] {
    const { resources, leftovers } = this.stacks.existing(stackName);
    return [...Object.values(resources), ...leftovers].flatMap(({ pending }) => pending?.event.RequestId ?? []);
  }

  /** Returns all stacks, including deleted ones. */
  list(): StackState[] {
    return clone(this.stacks.all());
  }

  /** Returns the property that identifies an imported resource of a type, or nothing if the type cannot be imported. */
  identifierOf(type: string): string | undefined {
    return identifierOf(type, this.types);
  }

  /** Whether a resource of this type has this physical ID. */
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

  /** The roles of all stacks, and the ones that deleted stacks retained, with their currently attached policies. */
  identities(view?: IdentityView): Identities {
    return identities(this.stacks.all(), view);
  }

  /** The managed policies of all stacks. */
  managedPolicies(): ManagedPolicy[] {
    return this.resourcesOf('AWS::IAM::ManagedPolicy').map(({ physicalId, properties: { Description, PolicyDocument }, stack }) => ({
      arn: physicalId,
      createdAt: () => createdAt(stack, physicalId),
      document: PolicyDocument,
      ...Description !== undefined && { description: String(Description) },
    }));
  }

  /** Returns the properties of a resource that a stack created. */
  propertiesOf(type: string, physicalId: string): JsonObject | undefined {
    return this.resourcesOf(type).find(resource => resource.physicalId === physicalId)?.properties;
  }

  setStackPolicy(stackName: string, policy: string): void {
    const stack = this.stacks.existing(stackName);
    stack.stackPolicy = checkedPolicy(policy);
    this.emit('change', stack);
  }

  /** Returns a template after its transforms. */
  processedTemplate(source: StackSource & { readonly stackName: string; readonly stackId: string }): string {
    const { body } = this.ofRegion.template(source, source);
    return body.Transform === undefined ? source.template : JSON.stringify(body);
  }

  /** Checks everything that does not depend on the values of parameters. */
  validate(template: string): TemplateBody {
    const body = parseTemplate(template);
    // The references of loops are known once the parameters are.
    if (body.Transform === undefined) checkReferences({ body, parameterNames: Object.keys(body.Parameters ?? {}), types: this.types });
    return body;
  }

  /**
   * Compares the resources of a stack with their expected properties.
   *
   * @param logicalIds Default: all resources
   */
  detectDrift(stackName: string, logicalIds?: readonly string[]): StackDrift {
    const stack = this.stacks.existing(stackName);
    if (!/_COMPLETE$|_FAILED$/.test(stack.status) || stack.status === 'DELETE_COMPLETE') {
      throw invalid(`Drift detection cannot be performed on stack [${stack.stackId}] in status ${stack.status}`);
    }
    const unknown = logicalIds?.find((logicalId) => !Object.hasOwn(stack.resources, logicalId));
    if (unknown !== undefined) throw invalid(`Resource ${unknown} does not exist for stack ${stack.stackName}`);
    const time = this.ofRegion.now();
    const resources = driftsOf(stack, this.native, time).filter(({ logicalId }) => logicalIds?.includes(logicalId) ?? true);
    stack.drift = { id: randomUUID(), time, resources, status: resources.some(isDrifted) ? 'DRIFTED' : 'IN_SYNC' };
    this.emit('change', stack);
    return clone(stack.drift);
  }

  /** The existing resources of a type. */
  resourcesOf(type: string): ReadonlyArray<{ readonly physicalId: string; readonly properties: JsonObject; readonly stack: StackState }> {
    return this.stacks.all()
      .flatMap((stack) => [...Object.values(stack.resources), ...stack.retained].map((resource) => ({ ...resource, stack })))
      .filter((resource) => resource.type === type)
      .flatMap(({ physicalId, properties, stack }) => physicalId === undefined ? [] : [{ physicalId, properties, stack }]);
  }

  /**
   * Recreates the functions and state machines of existing stacks, which their services do not persist. Returns the ones that
   * failed.
   */
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

  /** Resumes the operations that were in progress when an earlier engine ended. */
  resume(): Begun[] {
    return this.operations.resume();
  }
}

function noTemplate(url: string): never {
  throw new Error(`No template exists at ${url}.`);
}
