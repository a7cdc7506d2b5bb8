/** What a function's process sends when it has loaded the handler: its time starts to run then. */
export const READY = 'ready';

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
