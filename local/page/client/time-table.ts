import type { Bar, Period, Row } from './activity';
import { DataTable } from './data-table';
import { toneOf } from './elements';
import { durationText, recentTimeText } from './time-text';

interface Entry extends Bar {
  readonly row: Row;
  readonly type: 'Phase' | 'Window' | 'Operation';
  readonly now: number;
}

/** The bars of the time axis as a table. */
export class TimeTable {
  private readonly table = new DataTable<Entry>('Phases, windows and operations', [
    { title: 'Stack or job', style: 'code long', cell: ({ row: { title, note, href } }) => ({ text: title, note, href }) },
    { title: 'Type', cell: ({ type }) => ({ text: type }) },
    { title: 'Status', cell: ({ name, to, note, type }) => (type === 'Window' ? { text: note!, tone: toneOf(note) } : { text: name, tone: to === undefined ? 'running' : 'plain' }) },
    { title: 'From (UTC)', style: 'code', cell: ({ from, now }) => ({ text: recentTimeText(from, now) }) },
    { title: 'To', style: 'code', cell: ({ to, now }) => ({ text: to === undefined ? 'in progress' : recentTimeText(to, now) }) },
    { title: 'Duration', style: 'number', cell: ({ from, to, now }) => ({ text: durationText((to ?? now) - from) }) },
    { title: 'Message', style: 'wide', cell: ({ name, note = '', type }) => ({ text: type === 'Window' ? name : note }) },
  ], ({ row, type, name, from }) => `${row.id} ${type} ${name} ${from}`, 'Nothing has happened in this period.');

  readonly container = this.table.container;

  show({ from, to, isOpen }: Period, rows: readonly Row[]): void {
    const isIn = (bar: Bar) => bar.from <= to && (bar.to ?? Infinity) >= from;
    this.table.show(rows.flatMap((row): Entry[] => [
      ...row.bars.filter(isIn).map((bar) => ({ ...bar, row, now: to, type: bar.name.endsWith('_IN_PROGRESS') && row.level === 0 ? 'Operation' as const : 'Phase' as const })),
      ...row.windows.filter(isIn).map((bar) => ({ ...bar, row, now: to, type: 'Window' as const })),
    ]));
    this.container.dataset.open = String(isOpen);
  }
}
