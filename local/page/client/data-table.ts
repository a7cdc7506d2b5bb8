import { badge, element, makeScrollable, type Tone, updateChildren } from './elements';

export interface Cell {
  readonly text: string;
  /** Shows the text as a status. */
  readonly tone?: Tone;
  /** A second line. */
  readonly note?: string;
  readonly href?: string;
}

export interface Column<Item> {
  readonly title: string;
  /** A class of page.css, such as `code` or `number`. */
  readonly style?: string;
  cell(item: Item): Cell;
}

/** A table whose rows follow a list of items. */
export class DataTable<Item> {
  readonly container: HTMLElement;
  private readonly body: HTMLElement;
  private readonly empty: HTMLElement;

  /** @param emptyText Replaces the table when it has no rows */
  constructor(caption: string, private readonly columns: readonly Column<Item>[], private readonly keyOf: (item: Item) => string, emptyText: string) {
    this.body = element('tbody');
    this.empty = element('p', { class: 'empty' }, emptyText);
    const heads = columns.map(({ title, style }) => element('th', { scope: 'col', class: style }, title));
    const table = element('table', {}, element('caption', { class: 'hidden' }, caption), element('thead', {}, element('tr', {}, ...heads)), this.body);
    const scroller = element('div', { class: 'table' }, table);
    makeScrollable(scroller, caption);
    this.container = element('div', { class: 'data' }, scroller, this.empty);
  }

  /** @param items Undefined: they are not known yet */
  show(items: readonly Item[] | undefined): void {
    this.empty.hidden = items === undefined || items.length > 0;
    (this.container.firstElementChild as HTMLElement).hidden = !items || items.length === 0;
    updateChildren(this.body, items ?? [], this.keyOf, () => element('tr', {}, ...this.columns.map(({ style }) => element('td', { class: style }))), (row, item) => {
      this.columns.forEach((column, index) => fill(row.children[index] as HTMLElement, column.cell(item)));
    });
  }
}

function fill(target: HTMLElement, { text, tone, note, href }: Cell): void {
  const content = JSON.stringify([text, tone, note, href]);
  if (target.dataset.content === content) return;
  target.dataset.content = content;
  const main = tone && text !== '' ? badge(text, tone) : href !== undefined ? element('a', { href }, text) : text;
  target.replaceChildren(main, ...note ? [element('div', { class: 'note' }, note)] : []);
}
