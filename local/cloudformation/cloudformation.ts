import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Clock } from '../clock';
import type { Json, Services } from '../services';
import { CustomResources, type Deliver } from './custom-resource';
import { Deployment, type Region } from './deployment';
import { CloudFormationError, invalid } from './errors';
import { identities, type Identities } from './identity';
import { clone, same } from './json';
import { NativeResources } from './native-resource';
import { NATIVE_TYPES, type NativeTypes } from './resource-types';
import type { Output, StackEvent, StackSource, StackState, StackStatus } from './state';
import { Template, type Environment } from './template';
import { parseTemplate, validateTemplate } from './validation';

export interface CloudFormationOptions {
  readonly clock: Clock;
  readonly services: Services;
  readonly region: string;
  readonly account: string;
  /** Default: `aws`. */
  readonly partition?: string;
  /** Default: `amazonaws.com`. */
  readonly urlSuffix?: string;
  /** The directory of the asset that would be in the bucket under this key. */
  readonly assets: (objectKey: string) => string;
  /** How an event reaches the function of a custom resource. Default: once. */
  readonly deliver?: Deliver;
  /** The Parameter Store. Default: the version of the bootstrap stack. */
  readonly ssmParameters?: { readonly [name: string]: string };
  /** Types of resources besides, or instead of, the ones that are known. */
  readonly resourceTypes?: NativeTypes;
  /** Stacks that exist already. */
  readonly stacks?: StackState[];
}

export interface StackInput {
  readonly stackName: string;
  /** The template's text, or the document that it holds. */
  readonly template: string | object;
  readonly parameters?: { readonly [name: string]: string };
  readonly tags?: { readonly [key: string]: string };
  /** Leaves everything as it is when the operation fails. */
  readonly disableRollback?: boolean;
}

/** How an operation ended. */
export interface StackResult {
  readonly stackName: string;
  readonly stackId: string;
  readonly status: StackStatus;
  readonly statusReason?: string;
  /** `false` when no updates were to be performed. */
  readonly changed: boolean;
  readonly outputs: { readonly [key: string]: string };
  /** The events of this operation. */
  readonly events: StackEvent[];
}

const UPDATABLE: StackStatus[] = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'];
const BOOTSTRAP_VERSION = { '/cdk-bootstrap/hnb659fds/version': '30' };

/**
 * CloudFormation of one account and region.
 *
 * An operation that is refused throws; one that fails is a result whose status says so. The promise of an operation is
 * settled when the stack has reached its last status, which takes the time of the clock: `clock.run(cfn.createStack(…))`.
 */
export class CloudFormation extends EventEmitter<{ event: [StackEvent] }> {
  private readonly stacks = new Map<string, StackState>();
  private readonly running = new Map<string, { readonly deployment: Deployment; readonly done: Promise<void> }>();
  private readonly environment: Environment;
  private readonly types: NativeTypes;
  private readonly region: Region;

  constructor(private readonly options: CloudFormationOptions) {
    super();
    const { clock, services, region, account, partition = 'aws', urlSuffix = 'amazonaws.com', assets } = options;
    this.environment = { region, account, partition, urlSuffix };
    this.types = { ...NATIVE_TYPES, ...options.resourceTypes };
    for (const stack of options.stacks ?? []) this.stacks.set(stack.stackId, stack);
    const cloud = { clock, services, environment: this.environment };
    this.region = {
      custom: new CustomResources(cloud, options.deliver ?? ((_, invoke) => invoke())),
      native: new NativeResources({ ...cloud, types: this.types, assets, taken: (type, physicalId) => this.taken(type, physicalId) }),
      now: () => new Date(clock.now()).toISOString(),
      publish: event => this.emit('event', event),
      exports: exceptStackId => this.exports(exceptStackId),
      importers: (name, stackId) => this.live()
        .filter(stack => stack.stackId !== stackId && stack.imports.includes(name)).map(({ stackName }) => stackName),
    };
  }

  async createStack(input: StackInput): Promise<StackResult> {
    const { stackName, disableRollback } = input;
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(stackName)) {
      throw invalid(`1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*');
    }
    if (this.find(stackName)) throw new CloudFormationError('AlreadyExistsException', `Stack [${stackName}] already exists`);
    const { region, account, partition } = this.environment;
    const stackId = `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/${randomUUID()}`;
    const source = sourceOf(input);
    const template = this.template(source, { stackName, stackId });
    const stack: StackState = {
      stackName,
      stackId,
      creationTime: this.region.now(),
      status: 'CREATE_IN_PROGRESS',
      ...source,
      resources: {},
      leftovers: [],
      retained: [],
      outputs: [],
      imports: [],
      events: [],
    };
    this.stacks.set(stackId, stack);
    const deployment = new Deployment(this.region, stack, disableRollback);
    return this.operate(deployment, () => deployment.create(template));
  }

  async updateStack(input: StackInput): Promise<StackResult> {
    const stack = this.existing(input.stackName);
    if (!UPDATABLE.includes(stack.status)) throw invalid(`Stack:${stack.stackId} is in ${stack.status} state and can not be updated.`);
    const source = sourceOf(input);
    const previous = this.template(stack, stack);
    const template = this.template(source, stack);
    const retyped = Object.values(stack.resources)
      .filter(({ logicalId, type }) => (template.resources[logicalId]?.Type ?? type) !== type).map(({ logicalId }) => logicalId);
    if (retyped.length > 0) {
      throw invalid(`Update of resource type is not permitted. The new template modifies resource type of the following resources: [${retyped.join(', ')}]`);
    }
    const substance = (of: Template, { tags }: StackSource) => ({
      resources: of.resources, outputs: of.outputs, parameters: of.parameters, conditions: of.body.Conditions, mappings: of.body.Mappings, tags,
    });
    if (same(substance(template, source), substance(previous, stack))) return this.result(stack, stack.events.length, false);
    const deployment = new Deployment(this.region, stack, input.disableRollback);
    return this.operate(deployment, () => deployment.update(source, template, previous));
  }

  /**
   * Deletes a stack. To delete what does not exist is no error.
   *
   * @param options.retainResources Logical ids of what stays: only where a deletion has failed before.
   */
  async deleteStack(stackName: string, options: { readonly retainResources?: string[] } = {}): Promise<StackResult | undefined> {
    const stack = this.find(stackName);
    if (!stack) return undefined;
    const { retainResources = [] } = options;
    if (retainResources.length > 0 && stack.status !== 'DELETE_FAILED') {
      throw invalid(`Stack [${stackName}] is in ${stack.status} state: RetainResources can be specified only in the DELETE_FAILED state`);
    }
    const running = this.running.get(stack.stackId);
    if (running && stack.status === 'DELETE_IN_PROGRESS') {
      const from = stack.events.length;
      await running.done;
      return this.result(stack, from);
    }
    if (running && stack.status !== 'CREATE_IN_PROGRESS') throw invalid(`Stack [${stack.stackId}] cannot be deleted while in status ${stack.status}`);
    running?.deployment.supersede();
    const deployment = new Deployment(this.region, stack);
    return this.operate(deployment, async () => {
      await running?.done;
      await deployment.delete(retainResources);
    });
  }

  /** Stops an update, which then rolls back. */
  cancelUpdate(stackName: string): void {
    const stack = this.existing(stackName);
    const running = this.running.get(stack.stackId);
    if (!running || stack.status !== 'UPDATE_IN_PROGRESS') throw invalid('CancelUpdateStack cannot be called from current stack status');
    running.deployment.interrupt('User Initiated');
  }

  /** Creates or updates, as the CDK's CLI does: what a failed creation left behind is deleted first. */
  async deploy(input: StackInput): Promise<StackResult> {
    const stack = this.find(input.stackName);
    if (!stack) return this.createStack(input);
    if (stack.status !== 'ROLLBACK_COMPLETE' && stack.status !== 'ROLLBACK_FAILED') return this.updateStack(input);
    const deleted = await this.deleteStack(input.stackName);
    return deleted!.status === 'DELETE_COMPLETE' ? this.createStack(input) : deleted!;
  }

  /** A stack by its name, or by its id even when it is deleted. */
  describe(stackName: string): StackState {
    return clone(this.existing(stackName));
  }

  /** All stacks, the deleted ones too. */
  list(): StackState[] {
    return clone([...this.stacks.values()]);
  }

  /** The exports of all stacks, or of all but one, by name. */
  exports(exceptStackId?: string): Map<string, Output & { readonly stackId: string }> {
    return new Map(this.live().filter(({ stackId }) => stackId !== exceptStackId).flatMap(({ stackId, outputs }) => outputs
      .filter(({ exportName }) => exportName !== undefined)
      .map(output => [output.exportName!, { ...output, stackId }])));
  }

  /** The roles of all stacks with the policies that are attached to them now. */
  identities(): Identities {
    return identities(this.live());
  }

  private async operate(deployment: Deployment, doing: () => Promise<void>): Promise<StackResult> {
    const { stack } = deployment;
    const from = stack.events.length;
    const entry = { deployment, done: doing() };
    this.running.set(stack.stackId, entry);
    try {
      await entry.done;
    } finally {
      if (this.running.get(stack.stackId) === entry) this.running.delete(stack.stackId);
    }
    return this.result(stack, from);
  }

  private template(source: StackSource, { stackName, stackId }: { stackName: string; stackId: string }): Template {
    const ssmParameters = this.options.ssmParameters ?? BOOTSTRAP_VERSION;
    const template = new Template(source.template, source.parameters, { ...this.environment, stackName, stackId }, ssmParameters);
    validateTemplate(template, this.types);
    return template;
  }

  private result(stack: StackState, from: number, changed = true): StackResult {
    const { stackName, stackId, status, statusReason } = stack;
    const outputs = Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value]));
    return { stackName, stackId, status, ...statusReason !== undefined && { statusReason }, changed, outputs, events: stack.events.slice(from) };
  }

  private live(): StackState[] {
    return [...this.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  private find(nameOrId: string): StackState | undefined {
    return this.stacks.get(nameOrId) ?? this.live().find(({ stackName }) => stackName === nameOrId);
  }

  private existing(nameOrId: string): StackState {
    const stack = this.find(nameOrId);
    if (!stack) throw invalid(`Stack with id ${nameOrId} does not exist`);
    return stack;
  }

  private taken(type: string, physicalId: string): boolean {
    return [...this.stacks.values()].some(({ resources, leftovers, retained }) =>
      [...Object.values(resources), ...leftovers, ...retained].some(resource => resource.type === type && resource.physicalId === physicalId));
  }
}

function sourceOf({ template, parameters = {}, tags = {} }: StackInput): StackSource {
  const body = parseTemplate(typeof template === 'string' ? template : JSON.stringify(template as Json));
  return { template: body, parameters: { ...parameters }, tags: { ...tags } };
}
