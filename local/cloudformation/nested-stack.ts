import type { Json, ResourceChange, StackRoles } from '../services';
import { clone } from './documents';
import type { Operations } from './operations';
import type { Stacks } from './region-stacks';
import { Cancelled, type Provider, type Run } from './resource-provider';
import { generatedName } from './resource-types';
import type { StackInput, StackResult } from './stack-requests';
import type { DesiredResource, ResourceState, StackState } from './state';
import type { JsonObject } from '../json';

const MAXIMUM_NAME = 128;

/** Nested stacks, which have the execution role of their parent. */
export class NestedStacks implements Provider {
  /** @param templateAt Returns the body of the template at a URL */
  constructor(
    private readonly stacks: Stacks,
    private readonly operations: Operations,
    private readonly templateAt: (url: string) => string,
    private readonly roles: StackRoles | undefined,
  ) {}

  async create(resource: ResourceState, run: Run): Promise<void> {
    if (resource.physicalId === undefined) {
      run.emit(resource, 'CREATE_IN_PROGRESS');
      const stackName = generatedName(run.stack.stackName, resource.logicalId, { max: MAXIMUM_NAME });
      this.authorize('create', resource, run, this.operations.stackId(stackName, '*'));
      const { stackId } = this.operations.create({ stackName, parentId: run.stack.stackId, ...this.input(resource.properties, run.stack) });
      resource.physicalId = stackId;
      run.emit(resource, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
    }
    const nested = this.stacks.existing(resource.physicalId);
    accept(resource, await Promise.race([this.operations.settled(nested), aborted(run.signal)]), 'CREATE_COMPLETE', 'created');
  }

  async update(resource: ResourceState, desired: DesiredResource, run: Run): Promise<void> {
    const nested = this.stacks.existing(resource.physicalId!);
    if (!resource.initiated) {
      Object.assign(resource, desired, { before: resource.before ?? clone(resource) });
      run.emit(resource, 'UPDATE_IN_PROGRESS');
      const input = { stackName: nested.stackId, ...this.input(desired.properties, run.stack) };
      if (!this.operations.wouldChange(input)) return;
      this.authorize('update', resource, run);
      this.operations.update(input);
      resource.initiated = true;
      run.changed();
    }
    const result = this.operations.settled(nested);
    try {
      accept(resource, await Promise.race([result, aborted(run.signal)]), 'UPDATE_COMPLETE', 'updated');
    } catch (error) {
      if (error instanceof Cancelled && nested.status === 'UPDATE_IN_PROGRESS') {
        this.operations.cancelUpdate(nested.stackId);
        await result;
      }
      throw error;
    }
  }

  async delete(resource: ResourceState, run: Run): Promise<void> {
    this.authorize('delete', resource, run);
    const result = await this.operations.delete(resource.physicalId!, { roleArn: run.stack.roleArn })?.done;
    if (result) accept(resource, result, 'DELETE_COMPLETE', 'deleted');
  }

  private authorize(kind: ResourceChange['kind'], { physicalId, properties, type }: ResourceState, { stack: { roleArn } }: Run, arn = physicalId!): void {
    const refusal = roleArn === undefined ? undefined : this.roles?.refusalOfChange(roleArn, { kind, type, physicalId: arn, arn, properties });
    if (refusal !== undefined) throw new Error(refusal);
  }

  private input({ TemplateURL, Parameters = {}, Tags = [] }: JsonObject, { tags, disableRollback, roleArn }: StackState): Omit<StackInput, 'stackName'> {
    const own = Object.fromEntries((Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
    return {
      template: this.templateAt(String(TemplateURL)),
      parameters: Object.fromEntries(Object.entries(Parameters as JsonObject).map(([name, value]) => [name, parameter(value)])),
      tags: { ...tags, ...own },
      disableRollback,
      roleArn,
    };
  }
}

/** Joins lists, because parameters are strings. */
function parameter(value: Json): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

function accept(resource: ResourceState, { stackId, status, statusReason = '', outputs }: StackResult, expected: string, done: string): void {
  if (status !== expected) throw new Error(`Embedded stack ${stackId} was not successfully ${done}: ${statusReason}`);
  resource.attributes = Object.fromEntries(Object.entries(outputs).map(([key, value]) => [`Outputs.${key}`, value]));
}

function aborted(signal?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
}
