import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as realSleep } from 'node:timers/promises';
import { JsonProtocol } from './api/json-protocol';
import type { HttpReply, HttpRequest, Invocation, Protocol, Signer } from './api/protocol';
import type { AuthorizeHook, Call, Fault, FaultHook, Service } from './api/service';
import { ServiceError } from './api/service-error';
import type { Clock } from './clock';
import type { JsonObject } from './json';
import { ResponseBucket } from './response-bucket';
import type { CallingFunction, Json, ResponseUrls } from './services';

/** The account and Region of a request, and the protocols that serve it. */
export interface Destination {
  readonly account: string;
  readonly region: string;
  readonly protocols: readonly Protocol[];
}

/** Decisions that an endpoint delegates. */
export interface EndpointHooks {
  /** Default: every call is authorized. */
  authorize?: AuthorizeHook;
  /** Default: no faults. */
  fault?: FaultHook;
  /** Faults by rules, if `fault` returns none. */
  faultByRule?: FaultHook;
  /** Returns the process of a function that calls with this session token. */
  callingFunction?: (sessionToken: string) => CallingFunction | undefined;
  /** Returns the destination of a request, or throws the error response. Default: the services of the endpoint itself. */
  route?: (signer: Signer | undefined) => Destination;
  /** Returns the error response for a call that exceeds its rate. Default: rates are unlimited. */
  throttle?: (destination: Destination, service: string, operation: string) => ServiceError | undefined;
  /** Responds to a request that is not for a service, while time passes. Returns whether it did. Default: all requests are for services. */
  respond?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface EndpointOptions {
  /** Requests wait for this promise. Default: none. */
  readonly opening?: Promise<void>;
  /** Default: a bucket that keeps nothing. */
  readonly responses?: ResponseBucket;
  /** Default: a free port. */
  readonly port?: number;
  /** The maximum number of calls to keep. The oldest are removed. Default: unlimited. */
  readonly keptCalls?: number;
  /** Returns the time for a caller, in milliseconds since the epoch. Default: the time of the clock. */
  readonly timeFor?: (accessKeyId?: string) => number;
}

/** The time for which a function continues other work while one of its calls is delayed, in real milliseconds. */
const MEANWHILE = 50;

type Outcome = { readonly output: Json } | { readonly error: ServiceError };

/** A connection that breaks instead of returning a response. */
class LostAnswer extends ServiceError {
  constructor() {
    super('ConnectionLost', 'The connection broke.');
  }
}

/** The HTTP server for all services. It receives the requests of all protocols and the responses of functions to CloudFormation. */
export class Endpoint extends EventEmitter<{ call: [Call] }> implements ResponseUrls {
  static async start(clock: Clock, services: readonly Service[], hooks: EndpointHooks = {}, options: EndpointOptions = {}): Promise<Endpoint> {
    const endpoint = new Endpoint(clock, new JsonProtocol(services), hooks, options);
    endpoint.server.listen(options.port ?? 0, '127.0.0.1');
    await once(endpoint.server, 'listening');
    return endpoint;
  }

  /** The calls, oldest first. */
  readonly calls: Call[] = [];

  private readonly server: Server;
  private readonly bucket: ResponseBucket;
  private readonly counts = new Map<string, number>();

  private constructor(
    private readonly clock: Clock,
    private readonly otherwise: Protocol,
    readonly hooks: EndpointHooks,
    private readonly options: EndpointOptions,
  ) {
    super();
    this.bucket = options.responses ?? new ResponseBucket();
    this.server = createServer(async (request, response) => {
      await options.opening;
      if (this.hooks.respond?.(request, response)) return;
      await this.clock.work(() => this.receive(request, response)).catch(() => response.destroy());
    });
    // A function's process may keep its connection for hours of virtual time that pass in no real time, and the reverse.
    this.server.keepAliveTimeout = 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  create(): { readonly url: string; readonly response: Promise<string> } {
    const { path, response } = this.bucket.create(new Date(this.clock.now()));
    return { url: this.url + path, response };
  }

  reopen(url: string): Promise<string> {
    const { pathname, search } = new URL(url);
    return this.bucket.reopen(pathname + search);
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async receive(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(message);
    const reply = this.bucket.accepts(request) ? this.bucket.put(request, this.clock.now()) : await this.reply(request);
    if (!reply) {
      response.destroy();
      return;
    }
    // An SDK corrects its clock by this header.
    response.sendDate = false;
    const { timeFor = () => this.clock.now() } = this.options;
    const date = new Date(timeFor(request.signer?.accessKeyId)).toUTCString();
    const { status, headers, body = '' } = reply;
    // The response to HEAD contains the length of a body that it does not have.
    const length = { 'Content-Length': Buffer.byteLength(body) };
    response.writeHead(status, { ...length, ...headers, 'Date': date, 'x-amzn-RequestId': randomUUID() }).end(body);
  }

  /** Returns the response, or nothing if it is lost. */
  private async reply(request: HttpRequest): Promise<HttpReply | undefined> {
    const { route } = this.hooks;
    let protocol = protocolOf(request, route?.(undefined).protocols) ?? this.otherwise;
    try {
      const destination = route?.(request.signer);
      protocol = protocolOf(request, destination?.protocols) ?? protocol;
      const invocation = protocol.read(request);
      return invocation.reply(await this.answer(invocation, request, destination));
    } catch (error) {
      return error instanceof LostAnswer ? undefined : protocol.refuse(asServiceError(error), request);
    }
  }

  /** Carries out a call, records it, and responds with its result or as the fault specifies. */
  private async answer(invocation: Invocation, { signer, headers }: HttpRequest, destination?: Destination): Promise<Json> {
    const { service, operation, input } = invocation;
    const { accessKeyId: caller } = signer!;
    const { account, region } = destination ?? {};
    const throttled = destination && this.hooks.throttle?.(destination, service, operation);
    if (throttled) {
      this.record({ service, operation, input, caller, account, region, outcome: plain({ error: throttled }), time: new Date(this.clock.now()) });
      throw throttled;
    }
    const fault = this.faultOf(invocation, caller);
    const callingFunction = this.hooks.callingFunction?.(String(headers['x-amz-security-token']));
    if (fault?.delaySeconds !== undefined) await this.delay(fault.delaySeconds, callingFunction);

    const breaks = fault && fault.delaySeconds === undefined && !fault.alter;
    const broken = { error: fault?.answer ?? new LostAnswer() };
    const outcome = breaks && !fault.afterDeed ? broken : await this.carryOut(invocation, signer!);
    this.record({ service, operation, input, caller, account, region, outcome: plain(outcome), fault, time: new Date(this.clock.now()) });
    if (fault?.kill) await callingFunction?.kill();
    const answered = breaks ? broken : outcome;
    if ('error' in answered) throw answered.error;
    return fault?.alter?.(answered.output as JsonObject) ?? answered.output;
  }

  private faultOf({ service, operation, input }: Invocation, caller: string): Fault | undefined {
    const key = `${service}.${operation}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    const { fault, faultByRule } = this.hooks;
    const call = () => [service, operation, structuredClone(input), count, caller] as const;
    return fault?.(...call()) ?? faultByRule?.(...call());
  }

  /** Lets time pass although the call, and the function that waits for it, are in progress. */
  private async delay(seconds: number, callingFunction: CallingFunction | undefined): Promise<void> {
    // The other work of the function, such as parallel calls, takes place first.
    await realSleep(MEANWHILE);
    const resumes = [this.clock.pause(), callingFunction?.pause()];
    await this.clock.sleep(seconds * 1000);
    for (const resume of resumes) resume?.();
  }

  private async carryOut(invocation: Invocation, { accessKeyId, region }: Signer): Promise<Outcome> {
    const { service, operation, input } = invocation;
    try {
      const refusal = this.hooks.authorize?.(accessKeyId, service, operation, structuredClone(input), region);
      if (refusal) throw refusal;
      return { output: await invocation.carryOut() };
    } catch (error) {
      return { error: asServiceError(error) };
    }
  }

  private record(call: Call): void {
    this.calls.push(call);
    this.calls.splice(0, this.calls.length - (this.options.keptCalls ?? Infinity));
    this.emit('call', call);
  }
}

function protocolOf(request: HttpRequest, protocols: readonly Protocol[] = []): Protocol | undefined {
  return protocols.find((candidate) => candidate.speaks(request));
}

async function read(message: IncomingMessage): Promise<HttpRequest> {
  const { method = 'GET', headers } = message;
  const url = new URL(message.url!, 'http://localhost');
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? url.searchParams.get('X-Amz-Credential') ?? '';
  const [accessKeyId, , region = '', service = ''] = credential.split('/');
  return { method, url, headers, body: await buffer(message), ...accessKeyId && { signer: { accessKeyId, region, service } } };
}

function plain(outcome: Outcome): Call['outcome'] {
  return 'output' in outcome ? outcome : { error: { code: outcome.error.code, message: outcome.error.message } };
}

function asServiceError(error: unknown): ServiceError {
  return error instanceof ServiceError ? error : new ServiceError('InternalFailure', String(error instanceof Error ? error.stack : error), 500);
}
