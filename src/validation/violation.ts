/** A violation of a rule by the props of a construct. */
export interface Violation {
  /** The path of the property in the props. */
  readonly property: string;
  /** The violated rule. */
  readonly rule: string;
  /** The specified value. */
  readonly value?: unknown;
  /** The solution. */
  readonly advice?: string;
  /** The ID that acknowledges the warning, if the violation is a warning. */
  readonly warning?: string;
}

const MAX_SHOWN = 80;
/** The representation of a token in a string. Its number says nothing to a user. */
const TOKEN = /\$\{Token\[[^\]]*\]\}/g;

/** Renders a violation in one line. */
export function messageOf({ advice, property, rule, value }: Violation): string {
  const got = value === undefined ? '' : `; got ${shown(value)}`;
  return inOneLine(`${property}: ${rule}${got}${advice === undefined ? '' : `. ${advice[0].toUpperCase()}${advice.slice(1)}`}`);
}

/** The order of violations in messages: by property, with indices as numbers. */
export function byProperty(a: Violation, b: Violation): number {
  return a.property.localeCompare(b.property, 'en', { numeric: true }) || a.rule.localeCompare(b.rule, 'en');
}

/** Renders a value in messages: shortened, and without the credentials of a URL. */
export function shown(value: unknown): string {
  const text = String(value).replace(/\/\/[^/@\s]+@/g, '//***@').replace(TOKEN, '${Token}');
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** Renders a string with its length. */
export function withLength(value: string): string {
  return `${lengthInWords(value)}: ${shown(value)}`;
}

/** Renders a value that may be a secret. */
export function lengthInWords(value: string): string {
  return `${value.length} character${value.length === 1 ? '' : 's'}`;
}

function inOneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
