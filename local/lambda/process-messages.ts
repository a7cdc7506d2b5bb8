/** What a function's process sends when it has loaded the handler: its time starts to run then. */
export const READY = 'ready';

/** What a line begins with that is no output of the function as it stands, but a `Printed` in JSON. */
export const FRAME = '\u001e';

/** What a function's process has to say on its output. */
export type Printed =
  | { readonly level: string; readonly requestId?: string; readonly time: number; readonly message: string }
  /** An invocation has printed all that it prints. */
  | { readonly ended: string };

/** What passes between the local cloud and a function's process. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly event: unknown;
  /** The virtual time. */
  readonly now: number;
  /** When the function will be ended, in virtual time. */
  readonly deadline: number;
}

/** Time has passed while the function waited. */
export interface TimeUpdate {
  /** The virtual time. */
  readonly now: number;
}

export type Outcome =
  | { readonly result: string }
  | { readonly error: { readonly errorType: string; readonly errorMessage: string; readonly trace: readonly string[] } };
