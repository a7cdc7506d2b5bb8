/** What the model of the API says of the values of one type. What is left out is not limited. */
export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'integer' | 'long' | 'float' | 'double' | 'boolean';
  /** The members of a structure and their shapes. */
  readonly members?: { readonly [member: string]: string };
  readonly required?: readonly string[];
  /** The shape of what is in a list. */
  readonly member?: string;
  /** The shape of the keys of a map. */
  readonly key?: string;
  /** The shape of the values of a map. */
  readonly value?: string;
  /** The least number, length of a text, or size of a list or map. */
  readonly min?: number;
  readonly max?: number;
  /** What a text matches as a whole. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** What the constructs make: the requests that are checked. */
export type RequestKind = 'trainingJob' | 'hyperParameterTuningJob' | 'compilationJob' | 'notebookInstance' | 'notebookInstanceLifecycleConfig';
