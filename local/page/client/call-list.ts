import { jobHref } from './activity';
import { DataTable } from './data-table';
import { recentTimeText } from './time-text';
import type { CallView, CloudView, FaultView } from '../view-model';

type Entry = { readonly now: number; readonly stackName?: string } & ({ readonly call: CallView } | { readonly fault: FaultView });

/** The service, the Region and the account in an ARN. */
const ARN_PREFIX = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:/;

/** The calls and faults, newest first. */
export class CallList {
  private readonly table = new DataTable<Entry>('Calls and faults', [
    { title: 'Time (UTC)', style: 'code', cell: (entry) => ({ text: recentTimeText(timeOf(entry), entry.now) }) },
    { title: 'Caller', cell: (entry) => ({ text: callerOf(entry) }) },
    { title: 'Operation', style: 'code', cell: (entry) => ({ text: 'call' in entry ? `${entry.call.service}:${entry.call.operation}` : entry.fault.operation }) },
    {
      title: 'Resource',
      style: 'code long',
      cell: (entry) => {
        const { resource, jobArn } = 'call' in entry ? entry.call : entry.fault;
        return { text: resource.replace(ARN_PREFIX, ''), ...jobArn !== undefined && { href: jobHref(jobArn) } };
      },
    },
    {
      title: 'Result',
      style: 'wide',
      cell: (entry) => 'fault' in entry
        ? { text: entry.fault.name, tone: 'failed' }
        : { text: entry.call.error?.split(':')[0] ?? 'ok', tone: entry.call.error ? 'failed' : 'done', note: [entry.call.isFaulty ? 'Fault injected.' : '', entry.call.error?.split(/: (.*)/s)[1] ?? ''].join(' ').trim() },
    },
  ], (entry) => ('call' in entry ? `call ${entry.call.id}` : `fault ${entry.fault.id}`), 'No call has changed anything since the local cloud started.');

  readonly container = this.table.container;

  show({ calls, faults, stacks, now }: CloudView): void {
    const names = new Map(stacks.map(({ id, name }) => [id, name]));
    const about = ({ stackId = '' }: CallView | FaultView) => ({ now, stackName: names.get(stackId) });
    const entries: Entry[] = [...calls.map((call) => ({ call, ...about(call) })), ...faults.map((fault) => ({ fault, ...about(fault) }))];
    this.table.show(entries.sort((one, other) => timeOf(other) - timeOf(one)).slice(0, 300));
  }
}

function callerOf(entry: Entry): string {
  if ('fault' in entry) return 'Fault';
  if (entry.call.caller === 'client') return 'Client';
  return entry.stackName === undefined ? entry.call.caller : `Function of ${entry.stackName}`;
}

function timeOf(entry: Entry): number {
  return 'call' in entry ? entry.call.time : entry.fault.time;
}
