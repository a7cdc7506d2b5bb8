import { axisTop } from 'd3-axis';
import { type ScaleTime, scaleUtc } from 'd3-scale';
import { select } from 'd3-selection';
import type { Bar, Mark, Period, Row } from './activity';
import { element, makeScrollable, setAttribute, setText, sign, updateChildren } from './elements';
import { dateTimeText, durationText, tickText, timeText } from './time-text';
import type { Tooltip } from './tooltip';

/** The distances of two ticks, and the space beside the bars, in pixels. */
const TICK_DISTANCE = 90;
const MIN_TICK_DISTANCE = 76;
const PADDING = 22;
/** The width of a bar that is shorter than a pixel. */
const SHORTEST = 3;
/** Marks closer than this are one mark. */
const MARK_DISTANCE = 7;
/** The number of lines of a tooltip. */
const LINES = 8;
const ZOOM = { step: 2, max: 64 };

type Scale = ScaleTime<number, number>;

/** Marks that are too close to be distinguished. */
interface Cluster extends Pick<Mark, 'id' | 'kind' | 'tone'> {
  readonly x: number;
  readonly marks: readonly Mark[];
}

/**
 * The time axis: a row for each stack and job, with bars and marks. Screen readers get the rows as a list of links, and the
 * same data as a table (`time-table.ts`).
 */
export class TimeAxis {
  readonly container: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly content: HTMLElement;
  private readonly head: SVGSVGElement;
  private readonly grid: SVGSVGElement;
  private readonly rows: HTMLElement;
  private readonly now: HTMLElement;
  private zoom = 1;
  private shown?: { readonly period: Period; readonly rows: readonly Row[]; readonly selected: string | undefined };

  constructor(private readonly tooltip: Tooltip, private readonly onToggle: (id: string) => void) {
    this.head = svg();
    this.grid = svg();
    this.now = element('div', { class: 'now' });
    this.rows = element('ul', { class: 'rows' });
    const corner = element('div', { class: 'corner' }, 'Time in UTC');
    this.content = element('div', { class: 'content' },
      element('div', { class: 'head' }, corner, this.head as unknown as HTMLElement),
      element('div', { class: 'plot' }, this.grid as unknown as HTMLElement, this.now, this.rows));
    this.scroller = element('div', { class: 'axis' }, this.content);
    this.container = element('div', {}, this.scroller);
    makeScrollable(this.scroller, 'Time axis');
    new ResizeObserver(() => this.draw()).observe(this.scroller);
  }

  show(period: Period, rows: readonly Row[], selected: string | undefined): void {
    this.shown = { period, rows, selected };
    this.draw();
  }

  zoomBy(direction: 1 | -1): void {
    const { scrollLeft, clientWidth } = this.scroller;
    const center = (scrollLeft + clientWidth / 2) / this.zoom;
    this.zoom = Math.min(ZOOM.max, Math.max(1, this.zoom * ZOOM.step ** direction));
    this.draw();
    this.scroller.scrollLeft = center * this.zoom - clientWidth / 2;
  }

  fit(): void {
    this.zoom = 1;
    this.draw();
  }

  private draw(): void {
    if (!this.shown || this.scroller.clientWidth === 0) return;
    const { period, rows, selected } = this.shown;
    const { scroller } = this;
    const isAtEnd = scroller.scrollLeft + scroller.clientWidth >= scroller.scrollWidth - 2;
    // The label is above its row on a narrow screen.
    const labelWidth = parseFloat(getComputedStyle(scroller).getPropertyValue('--label'));
    const width = Math.max(120, scroller.clientWidth - labelWidth) * this.zoom;
    const scale = scaleUtc([period.from, Math.max(period.to, period.from + 60_000)], [PADDING, width - PADDING - (period.isOpen ? 8 : 0)]);
    this.content.style.width = `${width + labelWidth}px`;
    updateChildren(this.rows, rows, ({ id }) => id, (row) => this.createRow(row), (item, row) => this.updateRow(item, row, scale, period, selected));
    this.drawTicks(scale, width);
    this.now.hidden = !period.isOpen;
    this.now.style.left = `${scale(period.to) + labelWidth}px`;
    if (isAtEnd && period.isOpen && this.zoom > 1) scroller.scrollLeft = scroller.scrollWidth;
  }

  private drawTicks(scale: Scale, width: number): void {
    const height = this.rows.offsetHeight;
    let count = Math.max(2, Math.floor(width / TICK_DISTANCE));
    // d3 returns more ticks than requested where the next unit of time is long.
    while (count > 1 && scale.ticks(count).length * MIN_TICK_DISTANCE > width) count--;
    const axis = () => axisTop<Date>(scale).ticks(count);
    const translated = (target: SVGSVGElement, size: number, y: number) =>
      select(target).attr('width', width).attr('height', size).selectAll<SVGGElement, null>('g.ticks').data([null]).join('g').attr('class', 'ticks')
        .attr('transform', `translate(0,${y})`);
    translated(this.head, 30, 30).call(axis().tickFormat(tickText).tickSizeOuter(0));
    translated(this.grid, height, height).call(axis().tickFormat(() => '').tickSize(height));
  }

  private createRow({ level, id }: Row): HTMLElement {
    const link = element('a', { class: 'name' }, element('span', { class: 'title' }), element('span', { class: 'note' }));
    const toggle = element('button', { class: 'toggle', type: 'button' });
    toggle.addEventListener('click', () => this.onToggle(id));
    const label = element('div', { class: 'label' }, element('span', { class: 'state' }), link, toggle);
    const track = element('div', { 'class': 'track', 'aria-hidden': 'true' },
      element('div', { class: 'bars' }), element('div', { class: 'windows' }), element('div', { class: 'marks' }));
    track.addEventListener('click', () => { window.location.hash = (link as HTMLAnchorElement).hash; });
    return element('li', { 'class': 'row', 'data-level': String(level) }, label, track);
  }

  private updateRow(item: HTMLElement, row: Row, scale: Scale, period: Period, selected: string | undefined): void {
    const [label, track] = item.children;
    const [state, link, toggle] = label.children as unknown as [HTMLElement, HTMLAnchorElement, HTMLButtonElement];
    setAttribute(link, 'href', row.href);
    setAttribute(link, 'aria-current', row.id === selected ? 'true' : undefined);
    setAttribute(item, 'data-selected', row.id === selected ? '' : undefined);
    setAttribute(link, 'title', `${row.title}\n${row.note}`);
    setText(link.children[0], row.title);
    setText(link.children[1], row.note);
    if (state.dataset.status !== row.status) {
      state.dataset.status = row.status;
      state.replaceChildren(sign(row.status));
    }
    toggle.hidden = !row.children;
    if (row.children) {
      setAttribute(toggle, 'aria-expanded', String(row.children.areShown));
      setText(toggle, `${row.children.count} training ${row.children.count === 1 ? 'job' : 'jobs'}`);
    }
    const [bars, windows, marks] = track.children;
    this.drawBars(bars, row.bars, scale, period);
    this.drawBars(windows, row.windows, scale, period);
    const inPeriod = row.marks.filter(({ time }) => time >= period.from && time <= period.to);
    // The end of a job is beside its bars, the other marks are above them.
    const clusters = [true, false].flatMap((isEnd) => clustersOf(inPeriod.filter(({ kind }) => (kind === 'end') === isEnd), scale));
    updateChildren(marks, clusters, ({ id }) => id, () => this.described('mark'), (mark, { x, kind, tone, marks: all }) => {
      mark.style.left = `${x}px`;
      Object.assign(mark.dataset, { kind, tone, count: all.length > 1 ? String(all.length) : '' });
      this.tooltip.describe(mark, () => [
        ...all.slice(0, LINES).map(({ time, text }) => `${timeText(time)}  ${text}`),
        ...all.length > LINES ? [`and ${all.length - LINES} more`] : [],
      ]);
    });
  }

  private drawBars(target: Element, bars: readonly Bar[], scale: Scale, period: Period): void {
    const inPeriod = bars.filter(({ from, to = Infinity }) => from <= period.to && to >= period.from);
    updateChildren(target, inPeriod, ({ name, from }) => `${name} ${from}`, () => this.described('bar'), (bar, { name, from, to, note }) => {
      const start = scale(Math.max(from, period.from));
      const width = Math.max(SHORTEST, scale(Math.min(to ?? period.to, period.to)) - start);
      bar.style.left = `${start}px`;
      bar.style.width = `${width}px`;
      Object.assign(bar.dataset, { phase: phaseOf(name), open: to === undefined ? 'true' : 'false' });
      setText(bar, phaseOf(name) !== 'window' && width > name.length * 6.6 + 12 ? name : '');
      this.tooltip.describe(bar, () => [
        name,
        `${dateTimeText(from)} to ${to === undefined ? 'now' : timeText(to)}, ${durationText((to ?? period.to) - from)}`,
        ...note ? [note] : [],
      ]);
    });
  }

  private described(name: string): HTMLElement {
    return this.tooltip.attach(element('div', { class: name }));
  }
}

/** The color of a bar. */
function phaseOf(name: string): string {
  if (name.endsWith('_IN_PROGRESS')) return /ROLLBACK/.test(name) ? 'rollback' : /^DELETE|CLEANUP/.test(name) ? 'cleanup' : 'deploy';
  if (name.endsWith(' waits')) return 'window';
  const phase = name.toLowerCase();
  if (['starting', 'pending'].includes(phase)) return 'starting';
  if (['downloading', 'uploading', 'stopping', 'deleting'].includes(phase)) return phase;
  return 'running';
}

/** Joins marks that are close. The most severe one decides on the shape. */
function clustersOf(marks: readonly Mark[], scale: Scale): Cluster[] {
  const severity = ({ kind, tone }: Pick<Mark, 'kind' | 'tone'>) => ['call', 'event', 'fault', 'end'].indexOf(kind) + (tone === 'failed' ? 10 : 0);
  const clusters: Array<{ x: number; marks: Mark[] }> = [];
  for (const mark of [...marks].sort((one, other) => one.time - other.time)) {
    const x = scale(mark.time);
    const last = clusters.at(-1);
    if (last && x - last.x < MARK_DISTANCE) last.marks.push(mark);
    else clusters.push({ x, marks: [mark] });
  }
  return clusters.map(({ x, marks: all }) => {
    const [{ kind, tone }] = [...all].sort((one, other) => severity(other) - severity(one));
    return { id: all[0].id, x, kind, tone, marks: all };
  });
}

function svg(): SVGSVGElement {
  const created = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  created.setAttribute('aria-hidden', 'true');
  return created;
}
