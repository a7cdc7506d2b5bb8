import { invalid } from './cloudformation-error';
import type { Output, StackState } from './state';

/** The stacks of a Region, including deleted ones. */
export class Stacks {
  private readonly byId = new Map<string, StackState>();

  constructor(stacks: readonly StackState[] = []) {
    for (const stack of stacks) this.add(stack);
  }

  add(stack: StackState): void {
    this.byId.set(stack.stackId, stack);
  }

  all(): StackState[] {
    return [...this.byId.values()];
  }

  live(): StackState[] {
    return this.all().filter(({ status }) => status !== 'DELETE_COMPLETE');
  }

  /** Returns a stack by name, or by ID even if it is deleted. */
  find(nameOrId: string): StackState | undefined {
    return this.byId.get(nameOrId) ?? this.live().find(({ stackName }) => stackName === nameOrId);
  }

  existing(nameOrId: string): StackState {
    const stack = this.find(nameOrId);
    if (!stack) throw invalid(`Stack with id ${nameOrId} does not exist`);
    return stack;
  }

  /** The exports of all stacks, optionally except one, by name. */
  exports(exceptStackId?: string): Map<string, Output & { readonly stackId: string }> {
    return new Map(this.live().filter(({ stackId }) => stackId !== exceptStackId).flatMap(({ stackId, outputs }) => outputs
      .filter(({ exportName }) => exportName !== undefined)
      .map(output => [output.exportName!, { ...output, stackId }])));
  }

  /** The names of the stacks that read an export, optionally except one. */
  importers(exportName: string, exceptStackId?: string): string[] {
    return this.live().filter(({ stackId, imports }) => stackId !== exceptStackId && imports.includes(exportName)).map(({ stackName }) => stackName);
  }

  /** Whether a stack retained a resource of this type with this physical ID. */
  isRetained(type: string, physicalId: string): boolean {
    return this.all().some(({ retained }) => retained.some(resource => resource.type === type && resource.physicalId === physicalId));
  }

  /** Releases a retained resource that another stack imported. */
  release(type: string, physicalId: string): StackState[] {
    const former = this.all().filter(({ retained }) => retained.some(resource => resource.type === type && resource.physicalId === physicalId));
    for (const stack of former) stack.retained = stack.retained.filter(resource => resource.type !== type || resource.physicalId !== physicalId);
    return former;
  }

  /** Whether a resource of this type has this physical ID. */
  taken(type: string, physicalId: string): boolean {
    return this.all().some(({ resources, leftovers, retained }) =>
      [...Object.values(resources).flatMap(resource => [resource, resource.replacement]), ...leftovers, ...retained]
        .some(resource => resource?.type === type && resource.physicalId === physicalId));
  }
}
