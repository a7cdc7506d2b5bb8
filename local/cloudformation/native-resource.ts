import { randomUUID } from 'node:crypto';
import { clone, same } from './documents';
import { isSecure, withSecureValues } from './dynamic-references';
import { faultsOf } from './properties/check-properties';
import { Cancelled, type Cloud, type Provider, type Run } from './resource-provider';
import type { NativeType, PhysicalContext, ResourceTypes } from './resource-types';
import type { DesiredResource, ResourceState, StackState } from './state';
import type { JsonObject } from '../json';
import type { ResourceChange } from '../services';

export interface NativeCloud extends Cloud {
  readonly types: ResourceTypes;
  readonly assets: (objectKey: string, bucket: string) => string;
  readonly inlineCode: (source: string) => string;
  /** Whether any stack has a resource of this type with this name. */
  taken(type: string, physicalId: string): boolean;
}

/**
 * CloudFormation types with behavior of their own. They are rejected, because accepting them without effect would be misleading.
 */
const REFUSED = ['AWS::CloudFormation::WaitCondition', 'AWS::CloudFormation::Macro'];
const INERT_REASON = 'Not emulated by the local cloud: accepted without effect';

/** The resources other than custom resources. */
export class NativeResources implements Provider {
  constructor(private readonly cloud: NativeCloud) {}

  async create(resource: ResourceState, run: Run): Promise<void> {
    if (!resource.initiated) run.emit(resource, 'CREATE_IN_PROGRESS', this.inertReason(resource));
    await this.make(resource, run);
  }

  async update(resource: ResourceState, desired: DesiredResource, run: Run): Promise<void> {
    const type = this.type(resource);
    const before = resource.before ?? clone(resource);
    const changed = (property: string) => !same(before.properties[property], desired.properties[property]);
    if (type.immutable?.some(changed)) {
      const name = type.nameProperty && desired.properties[type.nameProperty];
      if (name !== undefined && !changed(type.nameProperty!)) {
        throw new Error(`CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`);
      }
      await this.replace(resource, desired, run);
      return;
    }
    if (!resource.initiated) {
      Object.assign(resource, desired, { before });
      run.emit(resource, 'UPDATE_IN_PROGRESS', this.inertReason(resource));
      this.check(resource);
      this.authorize('update', resource, run, before.properties);
      await this.handle('InvalidRequest', () => type.put?.({ ...this.secureContext(resource, run), previous: before.properties }));
      resource.initiated = true;
      run.changed();
    }
    await this.settle(resource, run);
  }

  async delete(resource: ResourceState, run: Run): Promise<void> {
    await this.takeTime(resource);
    this.authorize('delete', resource, run);
    await this.handle('InvalidRequest', () => this.type(resource).remove?.(this.context(resource, run)));
  }

  async adopt(resource: ResourceState, run: Run): Promise<void> {
    await this.takeTime(resource, run.signal);
    this.check(resource);
    this.describe(resource, run);
  }

  /** Whether a service has a resource that no stack created. */
  exists(type: string, physicalId: string): boolean {
    return this.cloud.types.find(type)?.exists?.(physicalId, this.cloud.services) ?? false;
  }

  /** Returns the current properties of a resource, or nothing if it no longer exists. */
  actual(resource: ResourceState, stack: StackState): JsonObject | undefined {
    const type = this.type(resource);
    if (!type.actual) return clone(resource.properties);
    const found = type.actual(this.context(resource, { stack }));
    // Only the references to secure values are compared.
    const secure = Object.entries(resource.properties).filter(([, value]) => isSecure(value));
    return found && { ...found, ...Object.fromEntries(secure) };
  }

  /** Whether an update with these properties replaces the resource. */
  isReplacedBy(resource: ResourceState, { properties }: DesiredResource): boolean {
    return this.type(resource).immutable?.some((property) => !same(resource.properties[property], properties[property])) ?? false;
  }

  /** Recreates a resource that its service does not persist. */
  async restore(resource: ResourceState, stack: StackState): Promise<void> {
    const type = this.type(resource);
    if (type.isForgotten && resource.physicalId !== undefined) await type.put?.(this.secureContext(resource, { stack }));
  }

  private async replace(resource: ResourceState, desired: DesiredResource, run: Run): Promise<void> {
    if (run.stack.disableRollback) throw new Error('Replacement type updates not supported on stack with disable-rollback.');
    if (!resource.replacement) {
      resource.replacement = { ...desired, status: 'UPDATE_IN_PROGRESS', attributes: {} };
      run.emit(resource, 'UPDATE_IN_PROGRESS', 'Requested update requires the creation of a new physical resource; hence creating one.');
    }
    const fresh = resource.replacement;
    try {
      await this.make(fresh, run);
    } catch (error) {
      if (fresh.physicalId !== undefined) run.abandoned(fresh);
      throw error;
    }
    run.replaced(resource, fresh);
  }

  private async make(resource: ResourceState, run: Run): Promise<void> {
    if (!resource.initiated) {
      await this.initiate(resource, run);
      resource.initiated = true;
      run.emit(resource, resource.status, 'Resource creation Initiated');
    }
    await this.settle(resource, run);
  }

  private async initiate(resource: ResourceState, run: Run): Promise<void> {
    const type = this.type(resource);
    this.check(resource);
    if (resource.physicalId === undefined) {
      const physicalId = type.physicalId(this.context(resource, run));
      if (this.cloud.taken(resource.type, physicalId)) throw new Error(failure(`${physicalId} already exists`, 'AlreadyExists'));
      resource.physicalId = physicalId;
    }
    try {
      this.authorize('create', resource, run);
      await this.handle('InvalidRequest', () => type.put?.(this.secureContext(resource, run)));
    } catch (error) {
      resource.physicalId = undefined;
      throw error;
    }
  }

  private async settle(resource: ResourceState, run: Run): Promise<void> {
    await this.takeTime(resource, run.signal);
    await this.handle('NotStabilized', () => this.type(resource).settle?.(this.context(resource, run)));
    this.describe(resource, run);
  }

  private describe(resource: ResourceState, run: Run): void {
    const context = this.context(resource, run);
    resource.attributes = Object.fromEntries(
      Object.entries(this.type(resource).attributes ?? {}).map(([name, attribute]) => [name, attribute(context)]));
  }

  private async takeTime(resource: ResourceState, signal?: AbortSignal): Promise<void> {
    await this.cloud.clock.sleep((this.type(resource).seconds ?? 1) * 1000, signal);
  }

  private async handle(code: string, work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      const { message, name } = error as Error;
      throw new Error(failure(message, name.endsWith('LimitExceeded') ? 'ServiceLimitExceeded' : code));
    }
  }

  /** Rejects a change that the execution role of the stack is not allowed to make. */
  private authorize(kind: ResourceChange['kind'], resource: ResourceState, run: Run, previous?: JsonObject): void {
    const { roleArn } = run.stack;
    const { stackRoles } = this.cloud.services;
    if (roleArn === undefined || !stackRoles) return;
    const { physicalId = '', properties, type } = resource;
    const arn = this.type(resource).attributes?.Arn?.(this.context(resource, run)) ?? physicalId;
    const change = { kind, type, physicalId, properties, ...previous && { previous }, ...String(arn).startsWith('arn:') && { arn: String(arn) } };
    const refusal = stackRoles.refusalOfChange(roleArn, change);
    if (refusal !== undefined) throw new Error(failure(refusal, 'AccessDenied'));
  }

  private inertReason({ type }: ResourceState): string | undefined {
    return this.cloud.types.isEmulated(type) ? undefined : INERT_REASON;
  }

  private check({ logicalId, properties, type }: ResourceState): void {
    const schema = this.cloud.types.schema(type);
    const faults = schema ? faultsOf(type, properties, schema) : [];
    if (faults.length > 0) throw new Error(`Properties validation failed for resource ${logicalId} with message:\n[${faults.join(', ')}]`);
  }

  private type({ type }: ResourceState): NativeType {
    if (REFUSED.includes(type)) throw new Error(`${type} is not emulated by the local cloud`);
    return this.cloud.types.find(type)!;
  }

  /** The context with the values of secure references, which the state of the stack does not contain. */
  private secureContext(resource: ResourceState, run: Pick<Run, 'stack' | 'signal'>): PhysicalContext {
    const context = this.context(resource, run);
    return { ...context, properties: withSecureValues(context.properties, this.cloud.services) as JsonObject };
  }

  private context(resource: ResourceState, { stack, signal }: Pick<Run, 'stack' | 'signal'>): PhysicalContext {
    const { environment, services, assets, inlineCode } = this.cloud;
    const { stackName, stackId } = stack;
    const { logicalId, properties, physicalId = '' } = resource;
    const wait = async (seconds: number) => this.cloud.clock.sleep(seconds * 1000, signal);
    return { ...environment, services, assets, inlineCode, stackName, stackId, logicalId, properties, physicalId, wait };
  }
}

function failure(message: string, code: string): string {
  return `Resource handler returned message: "${message}" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${code})`;
}
