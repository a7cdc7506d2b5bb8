/**
 * What the parts of the local cloud ask of each other. The engine of CloudFormation knows the other services by these
 * interfaces only.
 */

/** A JSON document. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A function as AWS::Lambda::Function describes it. */
export interface FunctionConfiguration {
  readonly functionName: string;
  readonly functionArn: string;
  readonly roleArn: string;
  /** The directory of the asset that would be uploaded. */
  readonly codeDirectory: string;
  /** `file.export` */
  readonly handler: string;
  /** Such as `nodejs22.x`. */
  readonly runtime: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: { readonly [name: string]: string };
  /** Default: the one that Lambda makes, `/aws/lambda/` and the function's name. */
  readonly logGroup?: string;
}

/** Lambda: functions that run as processes. */
export interface Functions {
  put(configuration: FunctionConfiguration): void;
  remove(functionArn: string): void;
  /** Invokes and waits for the result; rejects with a `FunctionError` when the function fails. */
  invoke(functionArn: string, payload: Json): Promise<Json>;
  /** Accepts an event and delivers it: at least once, with two retries after an error. */
  invokeAsync(functionArn: string, payload: Json): void;
}

/** The process of a function that has called a service. */
export interface CallingFunction {
  /** Ends it, whatever it does. */
  kill(): Promise<void>;
  /** Time passes until the given function is called, although the function is at work. */
  pause(): () => void;
}

/** What a failed invocation rejects with. */
export class FunctionError extends Error {
  constructor(readonly errorType: string, readonly errorMessage: string) {
    super(`${errorType}: ${errorMessage}`);
  }
}

/** A state machine as AWS::StepFunctions::StateMachine describes it. */
export interface StateMachineConfiguration {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly roleArn: string;
  /** The definition as it was synthesized, in the Amazon States Language. */
  readonly definition: Json;
  /** Whether it delivers logs. */
  readonly logs?: boolean;
  /** As AWS::StepFunctions::StateMachine has it. */
  readonly loggingConfiguration?: Json;
  /** The customer managed key that its definition and the data of its executions are encrypted with. */
  readonly kmsKeyId?: string;
}

/** Step Functions. */
export interface StateMachines {
  put(configuration: StateMachineConfiguration): void;
  /** Ends all executions and forgets the state machine. */
  remove(stateMachineArn: string): void;
}

/** The pre-signed URLs to which custom resources send their responses. */
export interface ResponseUrls {
  /** A new URL; `response` is settled by the first body that is PUT there. */
  create(): { readonly url: string; readonly response: Promise<string> };
  /** The response at a URL that was created before, also by an earlier process. */
  reopen(url: string): Promise<string>;
}

/** Models and endpoints of SageMaker. What is refused is an error. */
export interface Hosting {
  createModel(request: { [member: string]: Json }): void;
  deleteModel(name: string): void;
  createEndpointConfig(request: { [member: string]: Json }): void;
  deleteEndpointConfig(name: string): void;
  createEndpoint(name: string, configName: string): void;
  updateEndpoint(name: string, configName: string): void;
  endpointStatus(name: string): string;
  deleteEndpoint(name: string): void;
}

/** SageMaker. */
export interface SageMakerApi {
  readonly hosting: Hosting;
  /** Calls an operation as a client would; what is refused is an error. */
  call(operation: string, input: { [member: string]: Json }): { [member: string]: Json };
}

/** IAM, which reads roles and policies from the stacks themselves. */
export interface IdentityService {
  /** A role, or a policy, has got other properties, or its first ones. What cannot be enforced is an error. */
  put(resourceType: string, physicalId: string, properties: { [property: string]: Json }, previous?: { [property: string]: Json }): void;
  /** A role, or a policy, is no more. */
  remove(): void;
  /** Whether there is such a role, and its trust policy lets a service assume it for a resource. */
  trusts(roleArn: string, service: string, resourceArn: string): boolean;
  /** Why a role may not do something; nothing when it may. Without a role, an administrator of the account does it. */
  refusalOf?(request: {
    readonly action: string;
    readonly resource: string;
    readonly roleArn?: string;
    /** The role, or the account, that assumes the role first. */
    readonly assumedBy?: string;
  }): string | undefined;
}

/** The Parameter Store. */
export interface ParameterStore {
  find(name: string): { readonly owner?: string } | undefined;
  /** The value of a parameter, or of one of its versions: `name`, `name:2`. */
  value(reference: string): string | undefined;
  /** @param input `owner` is the resource of a stack that the parameter is */
  put(input: {
    readonly name: string;
    readonly value: string;
    readonly type?: 'String' | 'StringList';
    readonly description?: string;
    readonly allowedPattern?: string;
    readonly tier?: 'Standard' | 'Advanced';
    readonly tags?: { readonly [key: string]: string };
    readonly owner?: string;
    readonly overwrite?: boolean;
  }): number;
  delete(name: string): boolean;
}

/** The services that the engine of CloudFormation deploys to. */
export interface Services {
  /** Default: nobody looks at roles. */
  readonly identities?: IdentityService;
  readonly functions: Functions;
  readonly stateMachines: StateMachines;
  readonly responseUrls: ResponseUrls;
  readonly sageMaker: SageMakerApi;
  /** Default: one of the engine's own, which is empty. */
  readonly parameters?: ParameterStore;
}
