import { randomUUID } from 'node:crypto';
import type { Json } from '../services';
import type { CustomResourceEvent, RequestType } from './custom-resource-event';
import { clone } from './documents';
import { type Cloud, type Provider, type Run } from './resource-provider';
import { generatedName } from './resource-types';
import type { DesiredResource, ResourceState } from './state';
import { isObject, type JsonObject } from '../json';

/** Delivers an event by calling `invoke` any number of times. */
export type Deliver = (event: CustomResourceEvent, invoke: () => void) => void;

interface Response {
  readonly physicalId: string;
  readonly data: JsonObject;
  readonly noEcho: boolean;
}

/** The largest event that CloudFormation was observed to send, in bytes. Lambda accepts larger ones. */
const MAXIMUM_EVENT = 262_144;
const MAXIMUM_RESPONSE = 4096;
const MAXIMUM_PHYSICAL_ID = 1024;
const MAXIMUM_TIMEOUT = 3600;

/** A failure that the function reported, with the physical ID in its response. */
class Reported extends Error {
  constructor(message: string, readonly physicalId: string) {
    super(message);
  }
}

/** The contract between CloudFormation and the function of a custom resource. */
export class CustomResources implements Provider {
  constructor(private readonly cloud: Cloud, private readonly deliver: Deliver) {}

  async create(resource: ResourceState, run: Run): Promise<void> {
    if (!resource.pending) run.emit(resource, 'CREATE_IN_PROGRESS');
    try {
      accept(resource, await this.request('Create', resource, run));
    } catch (error) {
      // The resource may exist. Without a response, CloudFormation generates an ID to delete it by.
      if (error instanceof Reported) resource.physicalId = error.physicalId;
      else if (resource.requestId) resource.physicalId = generatedName(run.stack.stackName, resource.logicalId);
      throw error;
    }
    run.emit(resource, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
  }

  async update(resource: ResourceState, desired: DesiredResource, run: Run): Promise<void> {
    const before = resource.before ?? clone(resource);
    if (!resource.pending) {
      if (before.properties.ServiceToken !== desired.properties.ServiceToken) throw new Error('Modifying service token is not allowed.');
      this.control(desired.properties);
      Object.assign(resource, desired, { before });
      run.emit(resource, 'UPDATE_IN_PROGRESS');
    }
    const response = await this.request('Update', resource, run, before.properties);
    accept(resource, response);
    if (response.physicalId !== before.physicalId) {
      run.replaced(before, resource);
      run.emit(resource, 'UPDATE_IN_PROGRESS', 'Requested update required the provider to create a new physical resource');
    }
  }

  async delete(resource: ResourceState, run: Run): Promise<void> {
    await this.request('Delete', resource, run);
  }

  /** The properties that CloudFormation itself reads. */
  private control({ ServiceToken, ServiceTimeout }: JsonObject): { readonly serviceToken: string; readonly timeout: number } {
    const [, region] = /^arn:[^:]+:lambda:([^:]+):\d{12}:function:.+$/.exec(String(ServiceToken)) ?? [];
    if (region !== this.cloud.environment.region) throw new Error('Invalid service token.');
    const timeout = Number(ServiceTimeout ?? MAXIMUM_TIMEOUT);
    if (!Number.isInteger(timeout) || timeout < 1 || timeout > MAXIMUM_TIMEOUT) {
      throw new Error(`Invalid ServiceTimeout: ${ServiceTimeout}, it must be an integer from 1 to ${MAXIMUM_TIMEOUT}`);
    }
    return { serviceToken: String(ServiceToken), timeout };
  }

  /** Sends an event, unless an earlier one still waits for its response, and returns the response. */
  private async request(requestType: RequestType, resource: ResourceState, run: Run, oldProperties?: JsonObject): Promise<Response> {
    const { clock, services } = this.cloud;
    const response = resource.pending
      ? services.responseUrls.reopen(resource.pending.event.ResponseURL)
      : this.send(requestType, resource, run, oldProperties);
    const { event, deadline } = resource.pending!;
    const answered = new AbortController();
    const signal = run.signal ? AbortSignal.any([run.signal, answered.signal]) : answered.signal;
    try {
      const silence = clock.sleep(Math.max(deadline - clock.now(), 0), signal).then<never>(() => {
        throw new Error(
          `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${event.RequestId}]. ` +
          'If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach ' +
          'the updated version.',
        );
      });
      return parse(await Promise.race([response, silence]), event);
    } finally {
      delete resource.pending;
      answered.abort();
    }
  }

  private send(requestType: RequestType, resource: ResourceState, run: Run, oldProperties?: JsonObject): Promise<string> {
    const { clock, services } = this.cloud;
    const { serviceToken, timeout } = this.control(resource.properties);
    const { roleArn } = run.stack;
    const refusal = roleArn === undefined ? undefined : services.stackRoles?.refusalOfInvocation(roleArn, serviceToken);
    if (refusal !== undefined) throw new Error(`${refusal} (Service: Lambda, Status Code: 403)`);
    const { url, response } = services.responseUrls.create();
    const event: CustomResourceEvent = {
      RequestType: requestType,
      ServiceToken: serviceToken,
      ResponseURL: url,
      StackId: run.stack.stackId,
      RequestId: randomUUID(),
      LogicalResourceId: resource.logicalId,
      ...requestType !== 'Create' && { PhysicalResourceId: resource.physicalId },
      ResourceType: resource.type,
      ResourceProperties: stringified(resource.properties) as JsonObject,
      ...oldProperties && { OldResourceProperties: stringified(oldProperties) as JsonObject },
    };
    const size = Buffer.byteLength(JSON.stringify(event));
    if (size > MAXIMUM_EVENT) throw new Error(`Request must be smaller than ${MAXIMUM_EVENT} bytes for the InvokeFunction operation; got ${size} bytes`);
    this.deliver(event, () => services.functions.invokeAsync(serviceToken, clone(event) as Json));
    resource.requestId = event.RequestId;
    resource.pending = { event, deadline: clock.now() + timeout * 1000 };
    run.changed();
    return response;
  }
}

/** The message of CloudFormation for an attribute that the template reads and the response lacks. */
export function missingAttribute(stackId: string, resource: ResourceState, attribute: string): string {
  return `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ` +
    `${stackId}|${resource.logicalId}|${resource.requestId}`;
}

function accept(resource: ResourceState, { physicalId, data, noEcho }: Response): void {
  resource.physicalId = physicalId;
  resource.attributes = data;
  resource.noEcho = noEcho;
}

/** CloudFormation passes every scalar as a string. */
function stringified(value: Json): Json {
  if (Array.isArray(value)) return value.map(stringified);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, stringified(member)]));
  return String(value);
}

function parse(body: string, event: CustomResourceEvent): Response {
  if (Buffer.byteLength(body) > MAXIMUM_RESPONSE) throw new Error('Response object is too long.');
  let response: Json;
  try {
    response = JSON.parse(body);
  } catch {
    throw new Error('Invalid response object: it is not JSON');
  }
  if (!isObject(response)) throw new Error('Invalid response object: it is not an object');
  for (const member of ['StackId', 'RequestId', 'LogicalResourceId'] as const) {
    if (response[member] !== event[member]) throw new Error(`Invalid response object: ${member} is not the one of the request`);
  }
  const { Status, Reason, PhysicalResourceId, Data = {}, NoEcho } = response;
  if (Status !== 'SUCCESS' && Status !== 'FAILED') throw new Error('Invalid response object: Status must be SUCCESS or FAILED');
  if (typeof PhysicalResourceId !== 'string' || PhysicalResourceId === '' || Buffer.byteLength(PhysicalResourceId) > MAXIMUM_PHYSICAL_ID) {
    throw new Error('Invalid PhysicalResourceId');
  }
  if (Status === 'FAILED') {
    if (typeof Reason !== 'string' || Reason === '') throw new Reported('Invalid response object: Reason is required when Status is FAILED', PhysicalResourceId);
    throw new Reported(
      `Received response status [FAILED] from custom resource. Message returned: ${Reason} (RequestId: ${event.RequestId})`, PhysicalResourceId);
  }
  if (!isObject(Data)) throw new Error('Invalid response object: Data must be an object');
  return { physicalId: PhysicalResourceId, data: Data, noEcho: NoEcho === true || NoEcho === 'true' };
}
