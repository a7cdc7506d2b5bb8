/** One thing that is wrong with the props of a construct. */
export interface Violation {
  /** The property as the user writes it. */
  readonly property: string;
  /** What must hold. */
  readonly rule: string;
  /** What was given. */
  readonly value?: unknown;
  /** What to do about it. */
  readonly advice?: string;
  /** It may be right, so it is a warning: what that is acknowledged by. */
  readonly warning?: string;
}

const MAX_SHOWN = 80;

/** A violation in one line. */
export function messageOf({ advice, property, rule, value }: Violation): string {
  const got = value === undefined ? '' : `; got ${shown(value)}`;
  return inOneLine(`${property}: ${rule}${got}${advice === undefined ? '' : `. ${advice[0].toUpperCase()}${advice.slice(1)}`}`);
}

/** In the order in which they are reported: by property, and its elements by their numbers. */
export function byProperty(a: Violation, b: Violation): number {
  return a.property.localeCompare(b.property, 'en', { numeric: true }) || a.rule.localeCompare(b.rule, 'en');
}

/** A value as messages show it: shortened, and without the credentials of a URL. */
export function shown(value: unknown): string {
  const text = String(value).replace(/\/\/[^/@\s]+@/g, '//***@');
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** A text whose length matters, as messages show it. */
export function withLength(value: string): string {
  return `${lengthInWords(value)}: ${shown(value)}`;
}

/** What is shown instead of a value that may be a secret. */
export function lengthInWords(value: string): string {
  return `${value.length} character${value.length === 1 ? '' : 's'}`;
}

function inOneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
