import { kindText, timeText } from './time-text';
import type { CallView, CloudView, EventView, FaultView, JobView, StackView } from '../view-model';

export interface Bar {
  readonly name: string;
  readonly from: number;
  /** Undefined: it has not ended. */
  readonly to?: number;
  readonly note?: string;
}

export interface Mark {
  readonly id: string;
  readonly time: number;
  readonly kind: 'event' | 'call' | 'fault' | 'end';
  readonly tone: 'plain' | 'done' | 'failed' | 'stopped';
  readonly text: string;
}

/** A row of the time axis: a stack, or a job. */
export interface Row {
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly note: string;
  readonly status: string;
  readonly level: 0 | 1 | 2;
  readonly bars: readonly Bar[];
  readonly windows: readonly Bar[];
  readonly marks: readonly Mark[];
  /** The number of hidden rows below this one, or whether they are shown. */
  readonly children?: { readonly count: number; readonly areShown: boolean };
}

/** A time in which operations on stacks or jobs are in progress. */
export interface Period {
  readonly from: number;
  /** The last time: now if something is in progress. */
  readonly to: number;
  readonly isOpen: boolean;
  readonly title: string;
}

/** Idle time between two periods, in milliseconds of the clock of the local cloud. */
const IDLE = 120_000;

export const stackHref = (id: string) => `#stack/${encodeURIComponent(id)}`;
export const jobHref = (arn: string) => `#job/${encodeURIComponent(arn)}`;

/** The name of the resource that owns a job, or the name of the job. */
export function titleOf({ constructName, logicalId, name }: JobView): string {
  return constructName ?? logicalId ?? name;
}

/** The operations of a stack, with one bar for each status. */
export function operationsOf({ events, isInProgress }: StackView): Bar[] {
  const own = events.filter(({ isOfStack }) => isOfStack);
  return own.flatMap(({ status, time, reason }, index): Bar[] => {
    if (!status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS') return [];
    const next = own[index + 1]?.time;
    if (next === undefined && !isInProgress) return [];
    return [{ name: status, from: time, ...next !== undefined && { to: next }, ...reason && { note: reason } }];
  });
}

/** The periods of activity, oldest first. */
export function periodsOf(view: CloudView): Period[] {
  const active = [
    ...view.stacks.flatMap((stack) => operationsOf(stack).map(({ from, to }) => ({ from, to, name: stack.name, id: stack.id }))),
    ...view.jobs.filter(({ parentArn }) => parentArn === undefined).flatMap(({ phases, stackId, name }) => (
      phases.map(({ from, to }) => ({ from, to, name, id: stackId ?? name })))),
  ].sort((one, other) => one.from - other.from);
  const found: Array<{ from: number; to: number; isOpen: boolean; names: Set<string> }> = [];
  const stackNames = new Map(view.stacks.map(({ id, name }) => [id, name]));
  for (const { from, to, name, id } of active) {
    const last = found.at(-1);
    const end = to ?? view.now;
    const title = stackNames.get(id) ?? name;
    if (last && from - last.to <= IDLE) {
      last.to = Math.max(last.to, end);
      last.isOpen ||= to === undefined;
      last.names.add(title);
    } else {
      found.push({ from, to: end, isOpen: to === undefined, names: new Set([title]) });
    }
  }
  return found.map(({ from, to, isOpen, names }) => {
    const [first, ...others] = names;
    const period = `${new Date(from).toISOString().slice(5, 10)} ${timeText(from).slice(0, 5)} to ${isOpen ? 'now' : timeText(to).slice(0, 5)}`;
    return { from, to, isOpen, title: `${period}, ${first}${others.length > 0 ? ` and ${others.length} more` : ''}` };
  });
}

/** The period from the first one to the last one. */
export function wholeOf(periods: readonly Period[]): Period {
  const [{ from }] = periods;
  const { to, isOpen } = periods.at(-1)!;
  return { from, to, isOpen, title: 'Everything' };
}

/**
 * The rows of a period.
 *
 * @param expanded The ARNs of the tuning jobs whose training jobs are shown
 */
export function rowsOf(view: CloudView, period: Period, expanded: ReadonlySet<string>): Row[] {
  const isIn = ({ from, to = Infinity }: { readonly from: number; readonly to?: number }) => from <= period.to && to >= period.from;
  const jobs = view.jobs.filter(({ phases }) => isIn({ from: phases[0].from, to: phases.at(-1)!.to }));
  const launched = Map.groupBy(jobs.filter(({ parentArn }) => parentArn !== undefined), ({ parentArn }) => parentArn!);
  const jobRows = (owned: readonly JobView[], level: 0 | 1) => owned.flatMap((job): Row[] => {
    const children = launched.get(job.arn) ?? [];
    const areShown = expanded.has(job.arn);
    const row = { ...jobRow(view, job, level), ...children.length > 0 && { children: { count: children.length, areShown } } };
    return [row, ...areShown ? children.map((child) => {
      const childRow = jobRow(view, child, 2);
      // The name of the tuning job is the prefix of the names of its training jobs.
      return { ...childRow, title: childRow.title.replace(`${job.name}-`, '') };
    }) : []];
  });
  const top = jobs.filter(({ parentArn }) => parentArn === undefined);
  return [
    ...view.stacks.flatMap((stack) => {
      const owned = top.filter(({ stackId }) => stackId === stack.id);
      const bars = operationsOf(stack).filter(isIn);
      return bars.length === 0 && owned.length === 0 ? [] : [stackRow(view, stack, bars), ...jobRows(owned, 1)];
    }),
    ...jobRows(top.filter(({ stackId }) => !view.stacks.some(({ id }) => id === stackId)), 0),
  ];
}

/** The account and the Region of a stack, or the stack that contains it. */
export function placeOf(stacks: readonly StackView[], { environment, parentId }: Pick<StackView, 'environment' | 'parentId'>): string {
  const parent = stacks.find(({ id }) => id === parentId);
  return parent ? `nested in ${parent.name}` : environment.replace('aws://', '');
}

function stackRow({ calls, faults, stacks }: CloudView, { id, name, environment, parentId, status, events }: StackView, bars: readonly Bar[]): Row {
  return {
    id,
    href: stackHref(id),
    title: name,
    note: placeOf(stacks, { environment, parentId }),
    status,
    level: 0,
    bars,
    windows: [],
    marks: [
      ...events.filter((event) => !event.isOfStack && !event.status.endsWith('_IN_PROGRESS')).map(eventMark),
      ...calls.filter(({ jobArn, stackId }) => jobArn === undefined && stackId === id).map(callMark),
      ...faults.filter(({ jobArn, stackId }) => jobArn === undefined && stackId === id).map(faultMark),
    ],
  };
}

function jobRow({ calls, faults }: CloudView, job: JobView, level: Row['level']): Row {
  const { arn, name, kind, status, phases, windows } = job;
  const title = titleOf(job);
  return {
    id: arn,
    href: jobHref(arn),
    title,
    note: title === name ? kindText(kind) : name,
    status,
    level,
    bars: phases.filter(({ from, to }) => to !== from).map(({ name: phase, from, to, message }) => (
      { name: phase, from, ...to !== undefined && { to }, ...message && { note: message } })),
    windows: windows.map(({ name: resource, from, to, status: result }) => (
      { name: `${resource} waits`, from, ...to !== undefined && { to }, note: result })),
    marks: [
      ...calls.filter(({ jobArn }) => jobArn === arn).map(callMark),
      ...faults.filter(({ jobArn }) => jobArn === arn).map(faultMark),
      ...phases.filter(({ from, to }) => to === from).map(({ name: end, from, message }): Mark => ({
        id: `end ${from}`,
        time: from,
        kind: 'end',
        tone: /^failed$/i.test(end) ? 'failed' : /^(completed|inservice)$/i.test(end) ? 'done' : 'stopped',
        text: message ? `${end}: ${message}` : end,
      })),
    ],
  };
}

function eventMark({ id, time, name, status, reason }: EventView): Mark {
  return { id, time, kind: 'event', tone: status.endsWith('_FAILED') ? 'failed' : status.startsWith('DELETE') ? 'stopped' : 'done', text: `${name} ${status}${reason ? `: ${reason}` : ''}` };
}

function callMark({ id, time, caller, service, operation, error, isFaulty }: CallView): Mark {
  const text = `${service}:${operation} by ${caller}${error ? `: ${error}` : ''}${isFaulty ? ' (fault injected)' : ''}`;
  return { id: `call ${id}`, time, kind: isFaulty ? 'fault' : 'call', tone: error || isFaulty ? 'failed' : 'plain', text };
}

function faultMark({ id, time, name, operation, resource }: FaultView): Mark {
  return { id: `fault ${id}`, time, kind: 'fault', tone: 'failed', text: `Fault ${name}: ${operation} ${resource}` };
}
