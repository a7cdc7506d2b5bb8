import { type Period, periodsOf, rowsOf, wholeOf } from './activity';
import { Announcer } from './announcer';
import { CallList } from './call-list';
import { byId, element, setAttribute, setText } from './elements';
import { JobPanel } from './job-panel';
import { StackCards } from './stack-cards';
import { StackPanel } from './stack-panel';
import { TimeAxis } from './time-axis';
import { TimeTable } from './time-table';
import { dateTimeText } from './time-text';
import { Tooltip } from './tooltip';
import type { CloudView, JobDetails } from '../view-model';

const LATEST = 'latest';
const WHOLE = 'everything';

/** The part of the address after `#`: the selected stack or job. */
function selection(): { readonly type: string; readonly id: string } {
  const [, type = '', id = ''] = /^#(stack|job)\/(.*)$/.exec(window.location.hash) ?? [];
  return { type, id: decodeURIComponent(id) };
}

/** The page: it shows the view of the local cloud, and follows it. */
class Page {
  private view?: CloudView;
  private details?: JobDetails;
  private loads = 0;
  private loaded = 0;
  private period = LATEST;
  private readonly expanded = new Set<string>();
  private readonly axis = new TimeAxis(new Tooltip(), (id) => this.toggle(id));
  private readonly table = new TimeTable();
  private readonly cards = new StackCards();
  private readonly calls = new CallList();
  private readonly stackPanel = new StackPanel();
  private readonly jobPanel = new JobPanel();
  private readonly announcer = new Announcer(byId('announcements'));

  start(): void {
    byId('stacks').append(this.cards.container);
    byId('chart').append(this.axis.container);
    byId('table').append(this.table.container);
    byId('calls').append(this.calls.container);
    byId('address').textContent = window.location.origin;
    byId('zoom-in').addEventListener('click', () => this.axis.zoomBy(1));
    byId('zoom-out').addEventListener('click', () => this.axis.zoomBy(-1));
    byId('fit').addEventListener('click', () => this.axis.fit());
    for (const name of ['chart', 'table']) byId(`show-${name}`).addEventListener('click', () => this.choose(name));
    byId('period').addEventListener('change', ({ target }) => {
      this.period = (target as HTMLSelectElement).value;
      this.show();
    });
    window.addEventListener('hashchange', () => void this.select(true));
    this.follow();
  }

  /** The browser connects again by itself. */
  private follow(): void {
    const events = new EventSource('/_page/events');
    events.addEventListener('view', ({ data }) => {
      this.view = JSON.parse(data) as CloudView;
      this.announcer.show(this.view);
      void this.select(false);
    });
    events.addEventListener('clock', ({ data }) => {
      if (!this.view) return;
      this.view = { ...this.view, now: (JSON.parse(data) as { readonly now: number }).now };
      const job = this.view.jobs.find(({ arn }) => arn === this.details?.arn);
      if (job?.isRunning) void this.select(false);
      else if (this.isInProgress) this.show();
      else this.showClock();
    });
    events.addEventListener('open', () => this.connected(true));
    events.addEventListener('error', () => this.connected(false));
  }

  private get isInProgress(): boolean {
    return this.view!.stacks.some(({ isInProgress }) => isInProgress) || this.view!.jobs.some(({ isRunning }) => isRunning);
  }

  private connected(isConnected: boolean): void {
    setAttribute(byId('connection'), 'data-state', isConnected ? 'live' : 'lost');
    setText(byId('connection'), isConnected ? 'Live' : 'Not connected: the local cloud has ended, or restarts');
  }

  private choose(shown: string): void {
    for (const name of ['chart', 'table']) {
      byId(name).hidden = name !== shown;
      setAttribute(byId(`show-${name}`), 'aria-pressed', String(name === shown));
    }
    byId('zoom').hidden = shown !== 'chart';
    this.show();
  }

  private toggle(arn: string): void {
    if (!this.expanded.delete(arn)) this.expanded.add(arn);
    this.show();
  }

  /** @param byUser Whether the user has selected a stack or a job, and expects its details */
  private async select(byUser: boolean): Promise<void> {
    const { type, id } = selection();
    if (this.details?.arn !== id) this.details = undefined;
    this.show();
    if (byUser) {
      document.getElementById('details-title')?.focus({ preventScroll: true });
      byId('details').scrollIntoView({ block: 'nearest' });
    }
    if (type !== 'job') return;
    await this.load(id);
    this.show();
  }

  /** Loads the details of a job. A response that is older than another one has no effect. */
  private async load(arn: string): Promise<void> {
    const load = ++this.loads;
    try {
      const response = await fetch(`/_page/job?arn=${encodeURIComponent(arn)}`);
      if (!response.ok) return;
      const details = await response.json() as JobDetails;
      if (load > this.loaded && selection().id === arn) {
        this.loaded = load;
        this.details = details;
      }
    } catch {
      // The page shows that it is not connected, and keeps the last details.
    }
  }

  private showClock(): void {
    const { now, speed } = this.view!;
    setText(byId('clock'), dateTimeText(now));
    setText(byId('speed'), speed === undefined ? 'UTC, all waits are skipped' : speed === 1 ? 'UTC, in real time' : `UTC, ${speed} × real time`);
  }

  private show(): void {
    const { view } = this;
    if (!view) return;
    this.showClock();
    setText(byId('environment'), `Account ${view.account} in ${view.region}`);
    const periods = periodsOf(view);
    const isEmpty = periods.length === 0;
    byId('welcome').hidden = !isEmpty;
    byId('content').hidden = isEmpty;
    if (isEmpty) return;
    const { type, id } = selection();
    const selected = type === '' ? view.stacks.at(-1)?.id : id;
    this.cards.show(view, selected);
    const period = this.showPeriods(periods);
    const rows = rowsOf(view, period, this.expanded);
    if (!byId('chart').hidden) this.axis.show(period, rows, selected);
    if (!byId('table').hidden) this.table.show(period, rows);
    this.calls.show(view);
    this.showDetails(selected);
  }

  private showPeriods(periods: readonly Period[]): Period {
    const options = [
      ...periods.map(({ from, title }, index) => ({ value: index === periods.length - 1 ? LATEST : String(from), title })).reverse(),
      ...periods.length > 1 ? [{ value: WHOLE, title: wholeOf(periods).title }] : [],
    ];
    const choice = byId('period') as HTMLSelectElement;
    const content = JSON.stringify(options);
    if (choice.dataset.content !== content) {
      choice.dataset.content = content;
      choice.replaceChildren(...options.map(({ value, title }) => element('option', { value }, title)));
      choice.value = this.period;
    }
    if (this.period === WHOLE) return wholeOf(periods);
    return periods.find(({ from }) => String(from) === this.period) ?? periods.at(-1)!;
  }

  private showDetails(selected: string | undefined): void {
    const { stacks, jobs } = this.view!;
    const stack = stacks.find(({ id }) => id === selected);
    const job = jobs.find(({ arn }) => arn === selected);
    const panel = job ? this.jobPanel : stack ? this.stackPanel : undefined;
    if (job) this.jobPanel.show(job, this.view!, this.details?.arn === job.arn ? this.details : undefined);
    if (stack) this.stackPanel.show(stack, this.view!.now);
    const details = byId('details');
    if (details.firstElementChild !== (panel?.container ?? null)) details.replaceChildren(...panel ? [panel.container] : []);
  }
}

new Page().start();
