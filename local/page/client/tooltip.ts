import { element } from './elements';

/** A description of bars and marks beside the pointer. The tables have the same data for other input devices. */
export class Tooltip {
  private readonly box = element('div', { 'class': 'tooltip', 'aria-hidden': 'true' });
  private readonly lines = new WeakMap<Element, () => readonly string[]>();
  private target?: Element;

  constructor() {
    this.box.hidden = true;
    document.body.append(this.box);
    document.addEventListener('keydown', ({ key }) => { if (key === 'Escape') this.hide(); });
  }

  /** Shows the description of an element while the pointer is over it. */
  attach<Target extends HTMLElement>(target: Target): Target {
    target.addEventListener('pointerenter', (event) => this.show(target, event));
    target.addEventListener('pointermove', (event) => this.place(event));
    target.addEventListener('pointerleave', () => this.hide());
    return target;
  }

  describe(target: Element, lines: () => readonly string[]): void {
    this.lines.set(target, lines);
    if (this.target === target) this.fill();
  }

  private show(target: Element, event: PointerEvent): void {
    this.target = target;
    this.fill();
    this.box.hidden = false;
    this.place(event);
  }

  private fill(): void {
    const lines = this.lines.get(this.target!)?.() ?? [];
    this.box.replaceChildren(...lines.map((line) => element('div', {}, line)));
  }

  private place({ clientX, clientY }: PointerEvent): void {
    const { offsetWidth, offsetHeight } = this.box;
    const { clientWidth, clientHeight } = document.documentElement;
    this.box.style.left = `${Math.max(8, Math.min(clientX + 14, clientWidth - offsetWidth - 8))}px`;
    this.box.style.top = `${clientY + 18 + offsetHeight > clientHeight ? clientY - offsetHeight - 12 : clientY + 18}px`;
  }

  private hide(): void {
    this.box.hidden = true;
    this.target = undefined;
  }
}
