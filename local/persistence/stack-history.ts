import type { ResourceState, StackEvent, StackState } from '../cloudformation';
import type { Journal } from './journal';

/** A change of a stack. */
export interface StackChange {
  /** The other members of the stack. Removed members are null. */
  readonly members: { readonly [name: string]: unknown };
  /** The resources by logical ID. Removed resources are null. */
  readonly resources: { readonly [logicalId: string]: ResourceState | null };
  readonly events: readonly StackEvent[];
}

/** Large members, which change only when a phase of an operation begins. */
const RARELY_CHANGED = ['template', 'stable', 'changeSets'];

/** Reads a stack of an earlier process. */
export function readStack(journal: Journal<StackChange>): StackState {
  const members: { [name: string]: unknown } = {};
  const resources: { [logicalId: string]: ResourceState | null } = {};
  const events: StackEvent[] = [];
  for (const change of journal.read()) {
    merge(members, change.members);
    merge(resources, change.resources);
    events.push(...change.events);
  }
  return { ...members, resources, events } as unknown as StackState;
}

/** The changes of a stack. A large stack is written as a whole only once. */
export class StackHistory {
  /** The last written values as JSON. */
  private readonly members = new Map<string, string>();
  private readonly resources = new Map<string, string>();
  private events = 0;

  constructor(private readonly journal: Journal<StackChange>) {}

  save({ resources, events, ...members }: StackState): void {
    const isFirst = this.members.size === 0;
    const fresh = events.slice(this.events);
    this.events = events.length;
    // Events identify the changed resources. Events of the stack, and changes without events, may concern all resources.
    const named = fresh.map(({ logicalResourceId }) => logicalResourceId);
    const isPartial = named.length > 0 && !named.includes(members.stackName);
    const change = {
      members: changes(members, this.members, isPartial ? (name) => !RARELY_CHANGED.includes(name) : () => true),
      resources: changes(resources, this.resources, isPartial ? (logicalId) => named.includes(logicalId) : () => true),
      events: fresh,
    };
    if (isFirst) this.journal.rewrite([change]);
    else this.journal.append(change);
  }
}

/** Returns the members that differ from the last written ones. */
function changes<T>(
  current: { readonly [name: string]: T }, kept: Map<string, string>, isLookedAt: (name: string) => boolean,
): { [name: string]: T | null } {
  const changed: { [name: string]: T | null } = {};
  for (const name of new Set([...kept.keys(), ...Object.keys(current)].filter(isLookedAt))) {
    const json = JSON.stringify(current[name]) as string | undefined;
    if (json === kept.get(name)) continue;
    changed[name] = json === undefined ? null : current[name];
    if (json === undefined) kept.delete(name);
    else kept.set(name, json);
  }
  return changed;
}

function merge<T>(all: { [name: string]: T }, changed: { readonly [name: string]: T | null }): void {
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) delete all[name];
    else all[name] = value;
  }
}
