import { randomUUID } from 'node:crypto';
import type { Json } from '../services';
import { same } from './json';
import { Cancelled, type Cloud, type Provider, type Run } from './provider';
import { generatedName, type NativeType, type NativeTypes, type PhysicalContext } from './resource-types';
import type { DesiredResource, JsonObject, ResourceState } from './state';

export interface NativeCloud extends Cloud {
  readonly types: NativeTypes;
  readonly assets: (objectKey: string) => string;
  /** Whether a resource of this type has this name already, in any stack. */
  taken(type: string, physicalId: string): boolean;
}

/** Types of CloudFormation itself that do more than exist: accepting them without effect would be a lie. */
const REFUSED = ['AWS::CloudFormation::Stack', 'AWS::CloudFormation::WaitCondition', 'AWS::CloudFormation::Macro'];
const INERT_REASON = 'Not emulated by the local cloud: accepted without effect';
const INERT: NativeType = { physicalId: ({ stackName, logicalId }) => generatedName(stackName, logicalId) };

/** The resources that are no custom resources. */
export class NativeResources implements Provider {
  constructor(private readonly cloud: NativeCloud) {}

  async create(resource: ResourceState, run: Run): Promise<void> {
    run.emit(resource, 'CREATE_IN_PROGRESS', this.isInert(resource) ? INERT_REASON : undefined);
    await this.make(resource, run);
  }

  async update(resource: ResourceState, desired: DesiredResource, run: Run): Promise<ResourceState> {
    const type = this.type(resource);
    const changed = (property: string) => !same(resource.properties[property], desired.properties[property]);
    if (!type.immutable?.some(changed)) {
      const previous = resource.properties;
      Object.assign(resource, desired);
      run.emit(resource, 'UPDATE_IN_PROGRESS', this.isInert(resource) ? INERT_REASON : undefined);
      await this.put(resource, run, previous);
      return resource;
    }
    const name = type.nameProperty && desired.properties[type.nameProperty];
    if (name !== undefined && !changed(type.nameProperty!)) {
      throw new Error(`CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`);
    }
    run.emit(resource, 'UPDATE_IN_PROGRESS', 'Requested update requires the creation of a new physical resource; hence creating one.');
    const fresh: ResourceState = { ...desired, status: 'UPDATE_IN_PROGRESS', attributes: {} };
    try {
      await this.make(fresh, run);
    } catch (error) {
      if (fresh.physicalId !== undefined) run.abandoned(fresh);
      throw error;
    }
    run.replaced(resource);
    return fresh;
  }

  async delete(resource: ResourceState, run: Run): Promise<void> {
    await this.takeTime(resource);
    await this.handle('InvalidRequest', () => this.type(resource).remove?.(this.context(resource, run)));
  }

  private async make(resource: ResourceState, run: Run): Promise<void> {
    const type = this.type(resource);
    check(type, resource);
    const context = this.context(resource, run);
    const physicalId = type.physicalId(context);
    if (this.cloud.taken(resource.type, physicalId)) throw new Error(failure(`${physicalId} already exists`, 'AlreadyExists'));
    resource.physicalId = physicalId;
    try {
      await this.handle('InvalidRequest', () => type.put?.({ ...context, physicalId }));
    } catch (error) {
      resource.physicalId = undefined;
      throw error;
    }
    run.emit(resource, resource.status as 'CREATE_IN_PROGRESS' | 'UPDATE_IN_PROGRESS', 'Resource creation Initiated');
    await this.settle(resource, run);
  }

  private async put(resource: ResourceState, run: Run, previous: JsonObject): Promise<void> {
    const type = this.type(resource);
    check(type, resource);
    await this.handle('InvalidRequest', () => type.put?.({ ...this.context(resource, run), previous }));
    await this.settle(resource, run);
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
      throw error instanceof Cancelled ? error : new Error(failure((error as Error).message, code));
    }
  }

  private isInert({ type }: ResourceState): boolean {
    return this.cloud.types[type] === undefined && !REFUSED.includes(type);
  }

  private type({ type }: ResourceState): NativeType {
    if (REFUSED.includes(type)) throw new Error(`${type} is not emulated by the local cloud`);
    return this.cloud.types[type] ?? INERT;
  }

  private context(resource: ResourceState, run: Run): PhysicalContext {
    const { environment, services, assets } = this.cloud;
    const { stackName, stackId } = run.stack;
    const { logicalId, properties, physicalId = '' } = resource;
    const wait = async (seconds: number) => this.cloud.clock.sleep(seconds * 1000, run.signal);
    return { ...environment, services, assets, stackName, stackId, logicalId, properties, physicalId, wait };
  }
}

function failure(message: string, code: string): string {
  return `Resource handler returned message: "${message}" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${code})`;
}

function check({ required = [], strings = [] }: NativeType, { logicalId, properties }: ResourceState): void {
  const complaints = required.filter(property => properties[property] === undefined).map(property => `#: required key [${property}] not found`);
  for (const path of strings) complaints.push(...notStrings(properties, path.split('.'), '#'));
  if (complaints.length > 0) throw new Error(`Properties validation failed for resource ${logicalId} with message:\n[${complaints.join(', ')}]`);
}

function notStrings(value: Json | undefined, path: string[], at: string): string[] {
  if (value === undefined) return [];
  if (path.length === 0) {
    // A number or boolean is a string to CloudFormation, a list or a map is not.
    return typeof value === 'object' ? [`${at}: expected type: String, found: ${Array.isArray(value) ? 'JSONArray' : 'JSONObject'}`] : [];
  }
  const [step, ...rest] = path;
  if (step === '*') return Array.isArray(value) ? value.flatMap((item, index) => notStrings(item, rest, `${at}/${index}`)) : [];
  return notStrings((value as JsonObject)[step], rest, `${at}/${step}`);
}
