import { randomUUID } from 'node:crypto';
import type { Model } from '../api/api-model';
import type { HttpReply, HttpRequest, Invocation, Protocol } from '../api/protocol';
import { ServiceError } from '../api/service-error';
import { validate } from '../api/validate';
import type { JsonObject } from '../json';
import type { Json } from '../services';
import { parseForm } from './form';
import { typedForm } from './typed-form';
import { withMembers, writeXml } from './xml';

/** A service with the AWS Query protocol. */
export interface QueryService {
  /** The name as in the credential scope. */
  readonly name: string;
  /** The XML namespace of the responses. */
  readonly namespace: string;
  /** Whether responses have the format of EC2: no element around the result. */
  readonly isFlat?: boolean;
  /** Whether the items of lists have no element around them. */
  readonly hasFlatLists?: boolean;
  readonly operations: { readonly [operation: string]: QueryOperation };
  /** The constraints of inputs. Default: none are checked. */
  readonly model?: Model;
}

/** An operation. Every scalar of its input is a string. A member may be missing or empty. */
// Each operation names the members that it reads.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type QueryOperation = (input: any, caller: string) => JsonObject | void | Promise<JsonObject | void>;

const FORM = 'application/x-www-form-urlencoded';

/** AWS Query: requests are forms, responses are XML. */
export class QueryProtocol implements Protocol {
  readonly emulated: Protocol['emulated'];

  constructor(private readonly services: readonly QueryService[]) {
    this.emulated = Object.fromEntries(services.map(({ name, operations }) => [name, Object.keys(operations)]));
  }

  speaks({ method, url, headers }: HttpRequest): boolean {
    return url.pathname === '/' && (headers['content-type']?.startsWith(FORM) === true || (method === 'GET' && url.searchParams.has('Action')));
  }

  read(request: HttpRequest): Invocation {
    const { signer } = request;
    if (!signer) throw new ServiceError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
    const { Action: operation, Version: version, ...input } = formOf(request);
    const service = this.service(request);
    if (!service || typeof operation !== 'string' || !Object.hasOwn(service.operations, operation)) {
      throw new ServiceError('InvalidAction', `The local cloud does not emulate ${signer.service}:${String(operation)} of version ${String(version)}.`);
    }
    return {
      service: service.name,
      operation,
      input,
      carryOut: async () => {
        checkInput(service, operation, input);
        return (await service.operations[operation](structuredClone(input), signer.accessKeyId) ?? {}) as Json;
      },
      reply: (output) => xml(200, {
        [`${operation}Response`]: service.isFlat ? { '@xmlns': service.namespace, 'requestId': randomUUID(), ...output as JsonObject } : {
          '@xmlns': service.namespace,
          [`${operation}Result`]: service.hasFlatLists ? output : withMembers(output),
          'ResponseMetadata': { RequestId: randomUUID() },
        },
      }),
    };
  }

  refuse({ code, message, statusCode }: ServiceError, request: HttpRequest): HttpReply {
    if (this.service(request)?.isFlat) {
      return xml(statusCode, { Response: { Errors: { Error: { Code: code, Message: message } }, RequestID: randomUUID() } });
    }
    return xml(statusCode, {
      ErrorResponse: {
        '@xmlns': this.service(request)?.namespace ?? 'http://webservices.amazon.com/AWSFault/2005-15-09',
        'Error': { Type: statusCode < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
        'RequestId': randomUUID(),
      },
    });
  }

  private service({ signer }: HttpRequest): QueryService | undefined {
    return this.services.find(({ name }) => name === signer?.service);
  }
}

function checkInput({ model }: QueryService, operation: string, input: JsonObject): void {
  const shape = model?.operations[operation]?.input;
  if (model && shape !== undefined) validate(model, operation, typedForm(model, shape, input), 'ValidationError');
}

function formOf({ method, url, body }: HttpRequest): { [member: string]: Json } {
  try {
    return parseForm(method === 'GET' ? url.searchParams : new URLSearchParams(body.toString()));
  } catch {
    throw new ServiceError('MalformedInput', 'The request body is no valid form.');
  }
}

function xml(status: number, document: object): HttpReply {
  return { status, headers: { 'Content-Type': 'text/xml' }, body: writeXml(document) };
}
