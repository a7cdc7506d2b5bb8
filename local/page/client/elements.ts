import { select } from 'd3-selection';

/** The color and the sign of a status. */
export type Tone = 'running' | 'done' | 'failed' | 'stopped' | 'plain';

type Attributes = { readonly [name: string]: string | undefined };

/** Creates an element. Strings become text nodes, so a value is never interpreted as HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name, attributes: Attributes = {}, ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) if (value !== undefined) created.setAttribute(attribute, value);
  created.append(...children);
  return created;
}

/** Returns the element of the page with this ID. */
export function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}

/** Changes the text of an element only if it differs, so that a selection of the text stays. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Sets an attribute, or removes it. */
export function setAttribute(target: Element, name: string, value: string | undefined): void {
  if (value === undefined) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** Makes the children of an element correspond to items. An existing child keeps its focus and its position. */
export function updateChildren<Item>(
  parent: Element,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  create: (item: Item) => HTMLElement,
  update: (child: HTMLElement, item: Item) => void,
): void {
  select(parent).selectChildren<HTMLElement, Item>()
    // d3 calls the function with a child as `this`, and with its item, or with an item.
    .data(items as Item[], keyOf)
    .join((enter) => enter.append((item) => create(item)))
    .order()
    .each(function updateChild(item) {
      update(this, item);
    });
}

export function badge(text: string, tone: Tone): HTMLElement {
  return element('span', { 'class': 'badge', 'data-tone': tone }, text);
}

/** A status as a sign. Screen readers read its name. */
export function sign(status: string): HTMLElement {
  return element('span', { 'class': 'badge sign', 'data-tone': toneOf(status), 'title': status }, element('span', { class: 'hidden' }, status));
}

/** Returns the tone of a status of a stack, a resource or a job. */
export function toneOf(status: string = ''): Tone {
  if (status.startsWith('REVIEW')) return 'plain';
  if (/FAILED|^Failed$|ROLLBACK_COMPLETE$|^ROLLBACK_|UPDATE_ROLLBACK/.test(status)) return status.endsWith('IN_PROGRESS') ? 'running' : 'failed';
  if (/IN_?PROGRESS|^Starting|^Stopping|^Pending|^Updating|^Deleting/i.test(status)) return 'running';
  if (/^DELETE_(COMPLETE|SKIPPED)$|^Stopped$|^Max/i.test(status)) return 'stopped';
  if (/COMPLETE|InService/i.test(status)) return 'done';
  return 'plain';
}

/** Makes a container that scrolls reachable with the keyboard, while it has something to scroll. */
export function makeScrollable(container: HTMLElement, label: string): void {
  const check = () => {
    const scrolls = container.scrollWidth > container.clientWidth || container.scrollHeight > container.clientHeight;
    setAttribute(container, 'tabindex', scrolls ? '0' : undefined);
    setAttribute(container, 'role', scrolls ? 'group' : undefined);
    setAttribute(container, 'aria-label', scrolls ? label : undefined);
  };
  const observer = new ResizeObserver(check);
  observer.observe(container);
  for (const child of container.children) observer.observe(child);
}
