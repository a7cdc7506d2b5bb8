/** The interfaces between the parts of the local cloud. The CloudFormation engine uses the other services only through them. */

/** A JSON document. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The configuration of a function, with the members of AWS::Lambda::Function. */
export interface FunctionConfiguration {
  readonly functionName: string;
  readonly functionArn: string;
  readonly roleArn: string;
  /** The asset directory that would be uploaded. */
  readonly codeDirectory: string;
  /** `file.export` */
  readonly handler: string;
  /** Such as `nodejs22.x`. */
  readonly runtime: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly description?: string;
  readonly environment: { readonly [name: string]: string };
  /** Default: the log group that Lambda creates, `/aws/lambda/` and the function's name. */
  readonly logGroup?: string;
}

/** Lambda: functions that run as processes. */
export interface Functions {
  put(configuration: FunctionConfiguration): void;
  remove(functionArn: string): void;
  /** Returns the current configuration of a function. */
  find?(functionArn: string): FunctionConfiguration | undefined;
  /** Invokes a function and waits for the result. Rejects with a `FunctionError` when the function fails. */
  invoke(functionArn: string, payload: Json): Promise<Json>;
  /** Accepts an event and delivers it at least once, with two retries after an error. */
  invokeAsync(functionArn: string, payload: Json): void;
}

/** The process of a function that called a service. */
export interface CallingFunction {
  /** Kills the process. */
  kill(): Promise<void>;
  /** Lets time pass until the caller calls the returned function, although the function is working. */
  pause(): () => void;
}

/** The error of a failed invocation. */
export class FunctionError extends Error {
  constructor(readonly errorType: string, readonly errorMessage: string) {
    super(`${errorType}: ${errorMessage}`);
  }
}

/** The configuration of a state machine, with the members of AWS::StepFunctions::StateMachine. */
export interface StateMachineConfiguration {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly roleArn: string;
  /** The synthesized definition in the Amazon States Language. */
  readonly definition: Json;
  /** Whether it delivers logs. */
  readonly logs?: boolean;
  /** The property of AWS::StepFunctions::StateMachine. */
  readonly loggingConfiguration?: Json;
  /** The customer managed key that encrypts the definition and the data of executions. */
  readonly kmsKeyId?: string;
}

export interface StateMachines {
  put(configuration: StateMachineConfiguration): void;
  /** Ends all executions and deletes the state machine. */
  remove(stateMachineArn: string): void;
}

/** The pre-signed URLs to which custom resources send their responses. */
export interface ResponseUrls {
  /** Creates a URL. The first body that is PUT to it settles `response`. */
  create(): { readonly url: string; readonly response: Promise<string> };
  /** Returns the response at a URL that was created before, also by an earlier process. */
  reopen(url: string): Promise<string>;
}

/** Models and endpoints of SageMaker. Rejected requests throw an error. */
export interface Hosting {
  createModel(request: { [member: string]: Json }): void;
  deleteModel(name: string): void;
  createEndpointConfig(request: { [member: string]: Json }): void;
  deleteEndpointConfig(name: string): void;
  createEndpoint(name: string, configName: string, tags?: Json): void;
  updateEndpoint(name: string, configName: string): void;
  endpointStatus(name: string): string;
  deleteEndpoint(name: string): void;
}

/** A network interface of a job. */
export interface NetworkInterface {
  readonly id: string;
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
}

export interface SageMakerApi {
  readonly hosting: Hosting;
  /** Returns the current network interfaces of all jobs. */
  networkInterfaces(): NetworkInterface[];
  /** Calls an operation as a client would. A rejected request throws an error. */
  call(operation: string, input: { [member: string]: Json }): { [member: string]: Json };
}

/** IAM, which reads roles and policies from the stacks. */
export interface IdentityService {
  /** Registers new or changed properties of a role or policy. Throws an error if a property cannot be enforced. */
  put(resourceType: string, physicalId: string, properties: { [property: string]: Json }, previous?: { [property: string]: Json }): void;
  /** Rejects the policy of a resource, such as a bucket or a key. */
  checkResourcePolicy?(document: Json, kind: 'key' | 'other'): void;
  /** Registers the deletion of a role or policy. */
  remove(): void;
  /** Whether a role exists and its trust policy allows a service to assume it for a resource. */
  trusts(roleArn: string, service: string, resourceArn: string): boolean;
  /** Returns the reason why a role is not allowed an action, or nothing. Without a role, an administrator of the account acts. */
  refusalOf?(request: {
    readonly action: string;
    readonly resource: string;
    readonly roleArn?: string;
    /** The role, or the account, that first assumes the role. */
    readonly assumedBy?: string;
  }): string | undefined;
}

/** A change of a resource by CloudFormation. */
export interface ResourceChange {
  readonly kind: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly physicalId: string;
  /** The ARN, if the type has one. */
  readonly arn?: string;
  readonly properties: { readonly [property: string]: Json };
  /** The properties before an update. */
  readonly previous?: { readonly [property: string]: Json };
}

/** The execution roles of stacks. */
export interface StackRoles {
  /** Whether a role exists and CloudFormation is allowed to assume it. */
  canAssume(roleArn: string): boolean;
  /** Returns the reason why a role is not allowed to change a resource, or nothing. */
  refusalOfChange(roleArn: string, change: ResourceChange): string | undefined;
  /** Returns the reason why a role is not allowed to invoke the function of a custom resource, or nothing. */
  refusalOfInvocation(roleArn: string, functionArn: string): string | undefined;
}

/** The Parameter Store. */
export interface ParameterStore {
  find(name: string): { readonly owner?: string; readonly versions: ReadonlyArray<{ readonly type: string }> } | undefined;
  /** The value of a parameter or of one of its versions, such as `name` or `name:2`. */
  value(reference: string): string | undefined;
  /** @param input `owner` is the stack resource that owns the parameter */
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

/** The secrets of Secrets Manager. */
export interface SecretStore {
  /** Finds a secret by its name or ARN. */
  find(id: string): { readonly arn: string; readonly description?: string } | undefined;
  /** Returns a version, by default the current one. Throws an error if it does not exist. */
  read(id: string, version?: { readonly stage?: string; readonly id?: string }): { readonly string?: string };
  create(input: {
    readonly name: string;
    readonly arn: string;
    readonly description?: string;
    readonly kmsKeyId?: string;
    readonly tags?: { readonly [key: string]: string };
    readonly string?: string;
  }): unknown;
  putVersion(id: string, content: { readonly string: string }): unknown;
  update(id: string, changes: { readonly description?: string; readonly kmsKeyId?: string }): void;
  tag(id: string, tags: { readonly [key: string]: string }): void;
  untag(id: string, keys: readonly string[]): void;
  /** Deletes a secret without a recovery window. */
  delete(id: string): boolean;
}

/** The services that the CloudFormation engine deploys to. */
export interface Services {
  /** Default: roles are not checked. */
  readonly identities?: IdentityService;
  /** Default: every role is allowed everything. */
  readonly stackRoles?: StackRoles;
  readonly functions: Functions;
  readonly stateMachines: StateMachines;
  readonly responseUrls: ResponseUrls;
  readonly sageMaker: SageMakerApi;
  /** Default: an empty Parameter Store of the engine. */
  readonly parameters?: ParameterStore;
  /** Default: secrets cannot be created or read. */
  readonly secrets?: SecretStore;
}
