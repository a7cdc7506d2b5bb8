/** What a stack is made from. */
export interface StackSource {
  /** The template's text. */
  template: string;
  parameters: { [name: string]: string };
  tags: { [key: string]: string };
  /** The values of those parameters that are in the Parameter Store, as they were read for this. Default: they are read now. */
  resolved?: { [name: string]: string };
}
