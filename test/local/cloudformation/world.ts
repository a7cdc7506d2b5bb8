import { randomUUID } from 'node:crypto';
import { Clock } from '../../../local/clock';
import { CloudFormation, type CloudFormationOptions, type CustomResourceEvent, type StackInput, type StackResult } from '../../../local/cloudformation';
import { SageMaker } from '../../../local/sagemaker';
import { Secrets } from '../../../local/secretsmanager/secrets';
import type { FunctionConfiguration, Json, Services, StateMachineConfiguration } from '../../../local/services';
import { Parameters } from '../../../local/ssm/parameters';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const PROVIDER = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:provider`;

/** How a function answers: a response's members, its raw text, or nothing. */
export interface Answer {
  readonly after?: number;
  readonly silent?: boolean;
  readonly raw?: string;
  readonly response?: { readonly [member: string]: Json };
}

export const silent: Answer = { silent: true };

/** A response's members besides the ones that repeat the request. */
export function success(physicalId: string, data: { [name: string]: Json } = {}, after = 1): Answer {
  return { after, response: { Status: 'SUCCESS', PhysicalResourceId: physicalId, Data: data } };
}

export function failure(reason: string, physicalId = 'failed', after = 1): Answer {
  return { after, response: { Status: 'FAILED', Reason: reason, PhysicalResourceId: physicalId } };
}

/** An engine whose custom resources answer as the test says. */
export class World {
  readonly sent: CustomResourceEvent[] = [];
  readonly functions = new Map<string, FunctionConfiguration>();
  readonly stateMachines = new Map<string, StateMachineConfiguration>();
  readonly sagemaker: SageMaker;
  readonly parameters: Parameters;
  readonly secrets: Secrets;
  readonly services: Services;
  readonly cfn: CloudFormation;
  private readonly responses = new Map<string, (body: string) => void>();

  constructor(
    options: Partial<CloudFormationOptions> = {},
    readonly clock = new Clock({ startAt: new Date('2030-01-01T00:00:00Z') }),
    earlier?: World,
  ) {
    this.sagemaker = new SageMaker({ clock, region: REGION, account: ACCOUNT });
    this.parameters = earlier?.parameters ?? new Parameters({ now: () => clock.now() });
    this.secrets = earlier?.secrets ?? new Secrets({ arnPrefix: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}`, now: () => clock.now() });
    const services: Services = this.services = {
      parameters: this.parameters,
      secrets: this.secrets,
      functions: {
        put: configuration => void this.functions.set(configuration.functionArn, configuration),
        remove: functionArn => void this.functions.delete(functionArn),
        invoke: () => Promise.reject(new Error('Custom resources are invoked asynchronously')),
        invokeAsync: (functionArn, payload) => this.invoke(functionArn, payload as unknown as CustomResourceEvent),
      },
      stateMachines: {
        put: configuration => void this.stateMachines.set(configuration.stateMachineArn, configuration),
        remove: stateMachineArn => void this.stateMachines.delete(stateMachineArn),
      },
      sageMaker: this.sagemaker,
      responseUrls: {
        create: () => {
          const url = `https://responses.test/${randomUUID()}`;
          return { url, response: new Promise(resolve => this.responses.set(url, resolve)) };
        },
        reopen: url => new Promise((resolve) => {
          this.responses.set(url, resolve);
          this.respond(earlier!.sent.find(({ ResponseURL }) => ResponseURL === url)!);
        }),
      },
    };
    this.cfn = new CloudFormation({
      clock: this.clock,
      services,
      region: REGION,
      account: ACCOUNT,
      inlineCode: () => '/inline',
      assets: key => `/assets/${key.replace('.zip', '')}`,
      ssmParameters: { '/cdk-bootstrap/hnb659fds/version': '30' },
      ...options,
    });
  }

  /** To be replaced by the test. */
  answer: (event: CustomResourceEvent) => Answer = event => success(event.PhysicalResourceId ?? `${event.LogicalResourceId}-1`);

  create(Resources: object, rest: object = {}, input: Partial<StackInput> = {}): Promise<StackResult> {
    return this.clock.run(this.cfn.createStack({ stackName: 'Stack', template: { Resources, ...rest }, ...input }));
  }

  update(Resources: object, rest: object = {}, input: Partial<StackInput> = {}): Promise<StackResult> {
    return this.clock.run(this.cfn.updateStack({ stackName: 'Stack', template: { Resources, ...rest }, ...input }));
  }

  async delete(retainResources?: string[]): Promise<StackResult> {
    return (await this.clock.run(this.cfn.deleteStack('Stack', { retainResources })))!;
  }

  /** The events that a custom resource was sent: `Create A`, `Update A a-1`. */
  requests(): string[] {
    return this.sent.map(({ RequestType, LogicalResourceId, PhysicalResourceId }) => [RequestType, LogicalResourceId, PhysicalResourceId].filter(Boolean).join(' '));
  }

  /** The engine ends in the midst of its work; another one starts with what it knew, and the functions go on. */
  restart(options: Partial<CloudFormationOptions> = {}): World {
    const stacks = JSON.parse(JSON.stringify(this.cfn.list()));
    const next = new World({ ...options, stacks }, new Clock({ startAt: new Date(this.clock.now()) }), this);
    next.answer = this.answer;
    return next;
  }

  /** Goes on with what was under way, to its end. */
  async resume(): Promise<StackResult> {
    const [begun] = this.cfn.resume();
    return this.clock.run(begun.done);
  }

  private invoke(functionArn: string, event: CustomResourceEvent): void {
    if (functionArn !== PROVIDER && !this.functions.has(functionArn)) throw new Error(`Function not found: ${functionArn}`);
    this.sent.push(event);
    this.respond(event);
  }

  private respond(event: CustomResourceEvent): void {
    const { after = 1, silent: noAnswer, raw, response } = this.answer(event);
    if (noAnswer) return;
    const { StackId, RequestId, LogicalResourceId } = event;
    const body = raw ?? JSON.stringify({ StackId, RequestId, LogicalResourceId, ...response });
    void this.clock.sleep(after * 1000).then(() => this.responses.get(event.ResponseURL)!(body));
  }
}

export function custom(properties: object = {}, rest: object = {}): object {
  return { Type: 'Custom::Thing', Properties: { ServiceToken: PROVIDER, ...properties }, ...rest };
}

/** The events in short: `A CREATE_COMPLETE`. */
export function history({ events }: StackResult): string[] {
  return events.map(({ logicalResourceId, resourceStatus }) => `${logicalResourceId} ${resourceStatus}`);
}

export function reasonOf({ events }: StackResult, logicalId: string, status: string): string | undefined {
  return events.find(event => event.logicalResourceId === logicalId && event.resourceStatus === status)?.resourceStatusReason;
}
