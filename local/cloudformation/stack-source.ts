/** The source of a stack. */
export interface StackSource {
  /** The body of the template. */
  template: string;
  parameters: { [name: string]: string };
  tags: { [key: string]: string };
  /** The values that were read from the Parameter Store. Default: they are read when the template is used. */
  resolved?: { [name: string]: string };
}
