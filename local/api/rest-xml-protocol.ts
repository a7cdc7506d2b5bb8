import { randomUUID } from 'node:crypto';
import { notEmulated } from './json-protocol';
import type { HttpReply, HttpRequest, Invocation, Protocol } from './protocol';
import type { ServiceError } from './service-error';
import { writeXml } from '../query/xml';

/** The services whose errors are XML, besides S3 and those with AWS Query. */
const SERVICES = ['cloudfront', 'route53'];

/** The REST protocol of services that are not emulated, so that an SDK can read the error. */
export class RestXmlProtocol implements Protocol {
  readonly emulated = {};

  speaks({ signer }: HttpRequest): boolean {
    return signer !== undefined && SERVICES.includes(signer.service);
  }

  read(request: HttpRequest): Invocation {
    throw notEmulated(request);
  }

  refuse({ code, message, statusCode: status }: ServiceError): HttpReply {
    const body = writeXml({ ErrorResponse: { Error: { Type: 'Sender', Code: code, Message: message }, RequestId: randomUUID() } });
    return { status, headers: { 'Content-Type': 'text/xml' }, body };
  }
}
