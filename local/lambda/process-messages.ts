/** The message of a process that has loaded the handler. The function's time starts then. */
export const READY = 'ready';

/** The first character of a line that is not function output but a `Printed` in JSON. */
export const FRAME = '\u001e';

/** A message of a function's process on its output. */
export type Printed =
  | { readonly level: string; readonly requestId?: string; readonly time: number; readonly message: string }
  /** All output of an invocation is complete. */
  | { readonly ended: string };

/** An invocation sent to a function's process. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly event: unknown;
  /** The virtual time. */
  readonly now: number;
  /** The time when the function times out, in virtual time. */
  readonly deadline: number;
}

/** The new time, after time passed while the function waited. */
export interface TimeUpdate {
  /** The virtual time. */
  readonly now: number;
}

export type Outcome =
  | { readonly result: string }
  | { readonly error: { readonly errorType: string; readonly errorMessage: string; readonly trace: readonly string[] } };
