import type { ResourceState, StackEvent, StackState } from '../cloudformation';
import type { Journal } from './journal';

/** What has changed in a stack. */
export interface StackChange {
  /** Members of the stack besides the following ones; null where there is none any more. */
  readonly members: { readonly [name: string]: unknown };
  /** By logical id; null where a resource is no more. */
  readonly resources: { readonly [logicalId: string]: ResourceState | null };
  readonly events: readonly StackEvent[];
}

/** Large ones, which change only when a phase of an operation begins. */
const RARELY_CHANGED = ['template', 'stable', 'changeSets'];

/** A stack as an earlier process has left it. */
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

/** A stack, of which each change is kept as it comes: a large one is written as a whole only once. */
export class StackHistory {
  /** What was kept last, as JSON. */
  private readonly members = new Map<string, string>();
  private readonly resources = new Map<string, string>();
  private events = 0;

  constructor(private readonly journal: Journal<StackChange>) {}

  save({ resources, events, ...members }: StackState): void {
    const isFirst = this.members.size === 0;
    const fresh = events.slice(this.events);
    this.events = events.length;
    // Events name what has changed; the stack's own ones, and changes without any, may be about everything.
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

/** What is not as it was kept, among what is looked at. */
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
