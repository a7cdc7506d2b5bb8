import { placeOf, stackHref } from './activity';
import { badge, element, setAttribute, setText, toneOf, updateChildren } from './elements';
import type { CloudView, StackView } from '../view-model';

/** The stacks as a list of links. */
export class StackCards {
  readonly container = element('ul', { class: 'cards' });

  show({ stacks, jobs }: CloudView, selected: string | undefined): void {
    const isDeleted = ({ status }: StackView) => status === 'DELETE_COMPLETE';
    const shown = [...stacks].reverse().sort((one, other) => Number(isDeleted(one)) - Number(isDeleted(other)));
    updateChildren(this.container, shown, ({ id }) => id, ({ id, name }) => element('li', {}, element('a', { class: 'stack', href: stackHref(id) },
      element('span', { class: 'title' }, name), element('span', { class: 'state' }), element('span', { class: 'note' }), element('span', { class: 'reason' }))),
    (item, stack) => {
      const link = item.firstElementChild!;
      const [, state, note, reason] = link.children as unknown as HTMLElement[];
      setAttribute(link, 'aria-current', stack.id === selected ? 'true' : undefined);
      setAttribute(link, 'data-deleted', isDeleted(stack) ? '' : undefined);
      if (state.textContent !== stack.status) state.replaceChildren(badge(stack.status, toneOf(stack.status)));
      const ended = stack.resources.filter(({ status = '' }) => status.endsWith('_COMPLETE')).length;
      const running = jobs.filter(({ stackId, isRunning, parentArn }) => stackId === stack.id && isRunning && parentArn === undefined).length;
      setText(note, [
        placeOf(stacks, stack),
        ...isDeleted(stack) ? [] : [`${ended} of ${stack.resources.length} resources`],
        ...running > 0 ? [`${running} ${running === 1 ? 'job runs' : 'jobs run'}`] : [],
      ].join('  ·  '));
      setText(reason, stack.failure ?? '');
      reason.hidden = stack.failure === undefined;
    });
  }
}
