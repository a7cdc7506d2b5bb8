/** SageMaker, as the lifecycle needs it: an operation of the API by its name. */
export interface SageMakerApi {
  call(operation: string, input: Record<string, unknown>): Promise<Record<string, any>>;
}

/** The executions of the stack's state machine. */
export interface StateMachineExecutions {
  /** Starts an execution; one of that name that exists already is left as it is. */
  start(name: string, input: unknown): Promise<void>;
  /** The names of the executions that are running. */
  running(): Promise<string[]>;
  /** The names of the executions that have begun since then, whether they are running or not. */
  since(time: number): Promise<string[]>;
  stop(name: string): Promise<void>;
}

/** What the handler works with. The entry binds the real ones. */
export interface Services {
  readonly sageMaker: SageMakerApi;
  readonly executions: StateMachineExecutions;
  /** Sends a response to the URL that CloudFormation gave. */
  readonly respond: (url: string, body: string) => Promise<void>;
  readonly now: () => number;
  /** After so many seconds, no invocation of the function that was under way can do anything more. */
  readonly functionTimeout: number;
  readonly region: string;
}
