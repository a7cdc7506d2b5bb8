/** A text with the full stop that it may lack; a link stays as it is. */
export function sentence(text: string): string {
  return /[.!?]$|https:\S+$/.test(text) ? text : `${text}.`;
}
