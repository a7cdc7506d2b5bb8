import type { Json } from '../services';
import type { HttpReply, HttpRequest, Invocation, Protocol } from './protocol';
import type { Service } from './service';
import { ServiceError } from './service-error';
import { validate } from './validate';
import { isObject, type JsonObject } from '../json';

/** AWS JSON 1.0 and 1.1: a header names the operation. */
export class JsonProtocol implements Protocol {
  readonly emulated: Protocol['emulated'];

  constructor(private readonly services: readonly Service[]) {
    this.emulated = Object.fromEntries(services.map(({ name, operations }) => [name, Object.keys(operations)]));
  }

  speaks(request: HttpRequest): boolean {
    return this.target(request).service !== undefined;
  }

  read(request: HttpRequest): Invocation {
    const { method, url, headers, body, signer } = request;
    const { service, operation } = this.target(request);
    const [contentType] = String(headers['content-type']).split(';');
    if (method !== 'POST' || url.pathname !== '/' || !service || operation === undefined || contentType.trim().toLowerCase() !== service.contentType) {
      throw notEmulated(request, operation, service?.name);
    }
    if (!signer) throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
    const input = parseObject(body.toString());
    return {
      service: service.name,
      operation,
      input,
      carryOut: () => {
        if (!Object.hasOwn(service.operations, operation)) throw notEmulated(request, operation, service.name);
        return (service.operations[operation](structuredClone(validate(service.model, operation, input, service.invalidInput))) ?? {}) as Json;
      },
      reply: (output) => ({ status: 200, headers: { 'Content-Type': service.contentType }, body: JSON.stringify(output) }),
    };
  }

  refuse({ code, message, statusCode }: ServiceError, { headers }: HttpRequest): HttpReply {
    const contentType = headers['content-type']?.startsWith('application/x-amz-json-1.0') ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1';
    return { status: statusCode, headers: { 'Content-Type': contentType }, body: JSON.stringify({ __type: code, message }) };
  }

  private target({ headers }: HttpRequest): { readonly service?: Service; readonly operation?: string } {
    // Some prefixes contain dots.
    const [, targetPrefix, operation] = /^(.*)\.([^.]*)$/.exec(String(headers['x-amz-target'] ?? '')) ?? [];
    return { service: this.services.find((candidate) => candidate.targetPrefix === targetPrefix), operation };
  }
}

/** The error for an operation that AWS may have, but the local cloud does not. */
export function notEmulated({ method, signer, url }: HttpRequest, operation?: string, service = signer?.service): ServiceError {
  const what = operation ?? `${method} ${url.pathname}`;
  return new ServiceError('UnknownOperationException', `The local cloud does not emulate ${service === undefined ? 'the request ' : `${service}:`}${what}.`);
}

function parseObject(body: string): JsonObject {
  let value: Json;
  try {
    value = body === '' ? {} : JSON.parse(body) as Json;
  } catch {
    throw new ServiceError('SerializationException', 'The request body is no valid JSON.');
  }
  if (!isObject(value)) throw new ServiceError('SerializationException', 'Expected structure or null');
  return value;
}
