import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ServiceError } from './api/errors';
import type { AuthorizeHook, Call, FaultHook, Service } from './api/service';
import { type JsonObject, validate } from './api/validate';
import type { Clock } from './clock';
import { ResponseBucket } from './response-bucket';
import type { Json, ResponseUrls } from './services';

/** What an endpoint lets be decided elsewhere. */
export interface EndpointHooks {
  /** Default: everybody may do everything. */
  authorize?: AuthorizeHook;
  /** Default: no faults. */
  fault?: FaultHook;
}

interface Request {
  readonly service: Service;
  readonly operation: string;
  readonly caller: string;
  readonly input: JsonObject;
}

type Outcome = { readonly output: Json } | { readonly error: ServiceError };

/** A connection that breaks instead of an answer. */
class LostAnswer extends ServiceError {
  constructor() {
    super('ConnectionLost', 'The connection broke.');
  }
}

/** Where the functions' SDK clients and their responses to CloudFormation arrive: one HTTP server for all services. */
export class Endpoint extends EventEmitter<{ call: [Call] }> implements ResponseUrls {
  static async start(clock: Clock, services: readonly Service[], hooks: EndpointHooks = {}): Promise<Endpoint> {
    const endpoint = new Endpoint(clock, services, hooks);
    endpoint.server.listen(0, '127.0.0.1');
    await once(endpoint.server, 'listening');
    return endpoint;
  }

  /** All calls, oldest first. */
  readonly calls: Call[] = [];

  private readonly server: Server;
  private readonly bucket = new ResponseBucket();
  private readonly counts = new Map<string, number>();

  private constructor(private readonly clock: Clock, private readonly services: readonly Service[], readonly hooks: EndpointHooks) {
    super();
    this.server = createServer((request, response) => {
      void this.clock.work(() => this.receive(request, response)).catch(() => response.destroy());
    });
    // A function's process may keep its connection through hours of virtual time that pass in no real time, and the reverse.
    this.server.keepAliveTimeout = 0;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  create(): { readonly url: string; readonly response: Promise<string> } {
    const { path, response } = this.bucket.create(new Date(this.clock.now()));
    return { url: this.url + path, response };
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    // The SDK corrects its clock by this header, so it has to be the virtual time.
    response.sendDate = false;
    response.setHeader('Date', new Date(this.clock.now()).toUTCString());
    response.setHeader('x-amzn-RequestId', randomUUID());
    if (request.method === 'PUT') {
      const { status, content } = this.bucket.put(request, body);
      response.writeHead(status, { 'content-type': 'application/xml' }).end(content);
      return;
    }
    try {
      const call = this.parse(request, body);
      response.setHeader('Content-Type', call.service.contentType);
      response.end(JSON.stringify(this.answer(call)));
    } catch (error) {
      if (error instanceof LostAnswer) {
        response.destroy();
        return;
      }
      const { code, message, statusCode } = asServiceError(error);
      response.statusCode = statusCode;
      response.end(JSON.stringify({ __type: code, message }));
    }
  }

  private parse(request: IncomingMessage, body: string): Request {
    const [targetPrefix, operation] = String(request.headers['x-amz-target']).split('.');
    const service = this.services.find((candidate) => candidate.targetPrefix === targetPrefix);
    if (request.method !== 'POST' || request.url !== '/' || !service || request.headers['content-type'] !== service.contentType) {
      throw new ServiceError('UnknownOperationException', '');
    }
    const caller = /Credential=([^/,]+)\//.exec(request.headers.authorization ?? '')?.[1];
    if (!caller) throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
    return { service, operation, caller, input: parseObject(body) };
  }

  /** Does what a call asks for, records it and answers: with what came of it, or as the fault says. */
  private answer(request: Request): Json {
    const { service, operation, caller, input } = request;
    const key = `${service.name}.${operation}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    const fault = this.hooks.fault?.(service.name, operation, structuredClone(input), count);

    const faulty = { error: fault?.answer ?? new LostAnswer() };
    const outcome = fault && !fault.afterDeed ? faulty : this.carryOut(request);
    const time = new Date(this.clock.now());
    this.record({ service: service.name, operation, input, caller, outcome: plain(outcome), fault, time });
    const answered = fault ? faulty : outcome;
    if ('error' in answered) throw answered.error;
    return answered.output;
  }

  private carryOut({ service, operation, caller, input }: Request): Outcome {
    try {
      const refusal = this.hooks.authorize?.(caller, service.name, operation, structuredClone(input));
      if (refusal) throw refusal;
      if (!Object.hasOwn(service.operations, operation)) throw new ServiceError('UnknownOperationException', '');
      return { output: service.operations[operation](structuredClone(validate(service.model, operation, input))) ?? {} };
    } catch (error) {
      return { error: asServiceError(error) };
    }
  }

  private record(call: Call): void {
    this.calls.push(call);
    this.emit('call', call);
  }
}

function parseObject(body: string): JsonObject {
  let value: Json;
  try {
    value = body === '' ? {} : JSON.parse(body) as Json;
  } catch {
    throw new ServiceError('SerializationException', 'The request body is no valid JSON.');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new ServiceError('SerializationException', 'Expected structure or null');
  }
  return value;
}

function plain(outcome: Outcome): Call['outcome'] {
  return 'output' in outcome ? outcome : { error: { code: outcome.error.code, message: outcome.error.message } };
}

function asServiceError(error: unknown): ServiceError {
  return error instanceof ServiceError ? error : new ServiceError('InternalFailure', String(error instanceof Error ? error.stack : error), 500);
}
