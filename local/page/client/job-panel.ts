import { stackHref, titleOf } from './activity';
import { DataTable } from './data-table';
import { badge, element, makeScrollable, setText, toneOf, updateChildren } from './elements';
import { dateTimeText, durationText, kindText, timeText } from './time-text';
import type { CloudView, JobDetails, JobView, LogLine, PhaseView } from '../view-model';

type Ongoing<Item> = Item & { readonly now: number };

/** The phases, metrics, log and description of a job. */
export class JobPanel {
  private readonly phases = new DataTable<Ongoing<PhaseView>>('Phases', [
    { title: 'Phase', cell: ({ name, from, to }) => ({ text: name, tone: to === undefined ? 'running' : to === from ? toneOf(name) : 'plain' }) },
    { title: 'From (UTC)', style: 'code', cell: ({ from }) => ({ text: timeText(from) }) },
    { title: 'Duration', style: 'number', cell: ({ from, to, now }) => ({ text: to === from ? '' : durationText((to ?? now) - from) }) },
    { title: 'Message', style: 'wide', cell: ({ message = '' }) => ({ text: message }) },
  ], ({ from, name }) => `${name} ${from}`, 'The job has no phases.');

  private readonly windows = new DataTable<Ongoing<JobView['windows'][number]>>('Windows', [
    { title: 'Resource', style: 'code', cell: ({ name }) => ({ text: name }) },
    { title: 'Status', cell: ({ status }) => ({ text: status, tone: toneOf(status) }) },
    { title: 'From (UTC)', style: 'code', cell: ({ from }) => ({ text: timeText(from) }) },
    { title: 'Duration', style: 'number', cell: ({ from, to, now }) => ({ text: durationText((to ?? now) - from) }) },
  ], ({ from, logicalId }) => `${logicalId} ${from}`, 'No resource waits for the job.');

  private readonly metrics = new DataTable<JobDetails['metrics'][number]>('Metrics', [
    { title: 'Metric', style: 'code', cell: ({ name }) => ({ text: name }) },
    { title: 'Value', style: 'number', cell: ({ value }) => ({ text: String(value) }) },
  ], ({ name }) => name, 'The job has no metrics. SageMaker reports them when the job has ended.');

  private readonly description = new DataTable<JobDetails['description'][number]>('Description', [
    { title: 'Member', style: 'code long', cell: ({ path }) => ({ text: path }) },
    { title: 'Value', style: 'code wide', cell: ({ value }) => ({ text: value }) },
  ], ({ path }) => path, 'The job has no description.');

  private readonly lines = element('ol', { class: 'lines' });
  private readonly log = element('div', { class: 'log' }, this.lines);
  private readonly noLog = element('p', { class: 'empty' }, 'The job has no log.');
  private readonly heading = element('h2', { id: 'details-title', tabindex: '-1' });
  private readonly state = element('span');
  private readonly facts = element('p', { class: 'facts' });
  private readonly failure = element('p', { class: 'failure' });
  readonly container = element('div', { class: 'panel' },
    element('header', {}, this.heading, this.state), this.facts, this.failure,
    element('div', { class: 'columns' },
      card('Phases', this.phases.container),
      card('Log', this.log, this.noLog),
      card('Windows', this.windows.container),
      card('Metrics', this.metrics.container)),
    card('Description', this.description.container));

  constructor() {
    makeScrollable(this.log, 'Log');
  }

  show(job: JobView, { stacks, now }: CloudView, details: JobDetails | undefined): void {
    const { name, kind, status, phases, windows, stackId, progress } = job;
    setText(this.heading, titleOf(job));
    if (this.state.textContent !== status) this.state.replaceChildren(badge(status, toneOf(status)));
    const [{ from }] = phases;
    const end = job.isRunning ? now : phases.at(-1)!.from;
    const stack = stacks.find(({ id }) => id === stackId);
    const facts = [
      `${kindText(kind)} ${name}`,
      `started ${dateTimeText(from)}`,
      `${job.isRunning ? 'running for' : 'took'} ${durationText(end - from)}`,
      ...progress ? [progressText(progress)] : [],
    ];
    this.facts.replaceChildren(facts.join('  ·  '), ...stack ? ['  ·  stack ', element('a', { href: stackHref(stack.id) }, stack.name)] : []);
    this.failure.hidden = details?.failureReason === undefined;
    setText(this.failure, details?.failureReason ?? '');
    this.phases.show(phases.map((phase) => ({ ...phase, now })));
    this.windows.show(windows.map((period) => ({ ...period, now })));
    this.metrics.show(details?.metrics);
    this.description.show(details?.description);
    this.showLog(details?.log);
  }

  private showLog(lines: readonly LogLine[] | undefined): void {
    const { log } = this;
    const isAtEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
    this.noLog.hidden = !lines || lines.length > 0;
    log.hidden = !lines || lines.length === 0;
    updateChildren(this.lines, lines ?? [], ({ id }) => String(id), ({ time, text }) => (
      element('li', {}, element('span', { class: 'time' }, timeText(time)), element('span', {}, text))), () => undefined);
    if (isAtEnd) log.scrollTop = log.scrollHeight;
  }
}

function progressText({ ended, total, metric, best }: NonNullable<JobView['progress']>): string {
  return `${ended}${total === undefined ? '' : ` of ${total}`} training jobs ended${metric === undefined ? '' : `, best ${metric} ${Number(best!.toPrecision(4))}`}`;
}

function card(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  const id = `${title.toLowerCase()}-title`;
  return element('section', { 'class': 'card', 'aria-labelledby': id }, element('h3', { id }, title), ...content);
}
