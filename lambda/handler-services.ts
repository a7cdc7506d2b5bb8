/** A service: calls an operation of its API by name. */
export interface Api {
  call(operation: string, input: Record<string, unknown>): Promise<Record<string, any>>;
}

/** The executions of the stack's state machine. */
export interface StateMachineExecutions {
  /** Starts an execution. An existing execution with the same name is not changed. */
  start(name: string, input: unknown): Promise<void>;
  /** The names of the running executions, listed at this time or later, in milliseconds since the epoch. */
  running(notBefore: number): Promise<string[]>;
  /** The names of the executions that have begun since a time, including ended ones. */
  since(time: number): Promise<string[]>;
  stop(name: string): Promise<void>;
}

/** The services that the handler uses. The entry point binds the real ones. */
export interface Services {
  readonly sageMaker: Api;
  readonly executions: StateMachineExecutions;
  /** CloudWatch Logs with the logs of the jobs. Undefined if the function does not read them. */
  readonly logs?: Api;
  /** Returns the IDs of the network interfaces that use a security group. */
  readonly networkInterfacesOf: (securityGroupId: string) => Promise<string[]>;
  /** Sends a response to the URL from CloudFormation. */
  readonly respond: (url: string, body: string) => Promise<void>;
  readonly now: () => number;
  /** The number of seconds after which no earlier invocation of the function can still be running. */
  readonly functionTimeout: number;
  readonly region: string;
}
