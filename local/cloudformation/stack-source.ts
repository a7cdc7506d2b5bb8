/** What a stack is made from. */
export interface StackSource {
  /** The template's text. */
  template: string;
  parameters: { [name: string]: string };
  tags: { [key: string]: string };
}
