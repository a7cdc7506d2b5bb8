import { DataTable } from './data-table';
import { badge, element, setText, toneOf } from './elements';
import { recentTimeText } from './time-text';
import type { EventView, ResourceView, StackView } from '../view-model';

/** The resources, events and outputs of a stack. */
export class StackPanel {
  private readonly resources = new DataTable<ResourceView>('Resources', [
    { title: 'Resource', style: 'code', cell: ({ name, logicalId }) => ({ text: name, ...name !== logicalId && { note: logicalId } }) },
    { title: 'Status', cell: ({ status = 'not started' }) => ({ text: status, tone: toneOf(status) }) },
    { title: 'Type', style: 'code', cell: ({ type }) => ({ text: type }) },
    { title: 'Physical ID', style: 'code long', cell: ({ physicalId = '' }) => ({ text: physicalId }) },
    { title: 'Reason', style: 'wide', cell: ({ reason = '' }) => ({ text: reason }) },
  ], ({ logicalId }) => logicalId, 'The stack has no resources.');

  private readonly events = new DataTable<EventView & { readonly now: number }>('Events', [
    { title: 'Time (UTC)', style: 'code', cell: ({ time, now }) => ({ text: recentTimeText(time, now) }) },
    { title: 'Resource', style: 'code', cell: ({ name, logicalId }) => ({ text: name, ...name !== logicalId && { note: logicalId } }) },
    { title: 'Status', cell: ({ status }) => ({ text: status, tone: toneOf(status) }) },
    { title: 'Type', style: 'code', cell: ({ type }) => ({ text: type }) },
    { title: 'Reason', style: 'wide', cell: ({ reason = '' }) => ({ text: reason }) },
  ], ({ id }) => id, 'The stack has no events.');

  private readonly outputs = new DataTable<StackView['outputs'][number]>('Outputs', [
    { title: 'Output', style: 'code', cell: ({ key }) => ({ text: key }) },
    { title: 'Value', style: 'code wide', cell: ({ value }) => ({ text: value }) },
  ], ({ key }) => key, 'The stack has no outputs.');

  private readonly heading = element('h2', { id: 'details-title', tabindex: '-1' });
  private readonly state = element('span');
  private readonly facts = element('p', { class: 'facts' });
  private readonly failure = element('p', { class: 'failure' });
  readonly container = element('div', { class: 'panel' },
    element('header', {}, this.heading, this.state), this.facts, this.failure,
    element('section', { 'class': 'card', 'aria-labelledby': 'resources-title' }, element('h3', { id: 'resources-title' }, 'Resources'), this.resources.container),
    element('section', { 'class': 'card', 'aria-labelledby': 'events-title' }, element('h3', { id: 'events-title' }, 'Events'), this.events.container),
    element('section', { 'class': 'card', 'aria-labelledby': 'outputs-title' }, element('h3', { id: 'outputs-title' }, 'Outputs'), this.outputs.container));

  show({ name, status, environment, failure, resources, events, outputs, id }: StackView, now: number): void {
    setText(this.heading, `Stack ${name}`);
    if (this.state.textContent !== status) this.state.replaceChildren(badge(status, toneOf(status)));
    setText(this.facts, `${environment}  ·  ${id}`);
    this.failure.hidden = failure === undefined;
    setText(this.failure, failure ?? '');
    this.resources.show(resources);
    this.events.show([...events].reverse().map((event) => ({ ...event, now })));
    this.outputs.show(outputs);
  }
}
