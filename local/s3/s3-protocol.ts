import { randomUUID } from 'node:crypto';
import { readBody } from './body';
import { BUCKET_OPERATIONS } from './bucket-operations';
import { MULTIPART_OPERATIONS } from './multipart';
import type { MultipartUploads } from './multipart-uploads';
import { OBJECT_OPERATIONS } from './object-operations';
import type { S3 } from './s3';
import { S3Error } from './s3-error';
import type { S3Operations } from './s3-operation';
import type { HttpReply, HttpRequest, Invocation, Protocol } from '../api/protocol';
import { ServiceError } from '../api/service-error';
import type { Principal } from '../iam';
import { writeXml } from '../query/xml';

const OPERATIONS: S3Operations = { ...BUCKET_OPERATIONS, ...OBJECT_OPERATIONS, ...MULTIPART_OPERATIONS };

/** The subresources of buckets and objects. */
const SUBRESOURCES = [
  'accelerate', 'acl', 'analytics', 'attributes', 'cors', 'delete', 'encryption', 'intelligent-tiering', 'inventory', 'legal-hold',
  'lifecycle', 'location', 'logging', 'metrics', 'notification', 'object-lock', 'ownershipControls', 'policy', 'policyStatus',
  'publicAccessBlock', 'replication', 'requestPayment', 'restore', 'retention', 'select', 'tagging', 'torrent', 'uploadId', 'uploads',
  'versioning', 'versions', 'website',
];

/** The REST protocol of S3, with path-style requests. */
export class S3Protocol implements Protocol {
  private readonly uploads: MultipartUploads = new Map();

  /** @param principalOf Returns the principal that signs with an access key */
  constructor(private readonly s3: S3, private readonly principalOf: (accessKeyId: string) => Principal) {}

  speaks({ headers, signer }: HttpRequest): boolean {
    return signer?.service === 's3' && !headers['x-amz-target'];
  }

  read(request: HttpRequest): Invocation {
    const { method, url, headers, signer } = request;
    const [bucket, ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent);
    const key = rest.join('/');
    const level = key ? 'object' : bucket ? 'bucket' : 'service';
    const subresource = SUBRESOURCES.find((name) => url.searchParams.has(name)) ?? '';
    const operation = OPERATIONS[`${method} ${level} ${subresource}`];
    if (!operation) throw new ServiceError('NotImplemented', `${method} of this ${subresource || level} is not emulated.`, 501);
    let reply: HttpReply;
    return {
      service: 's3',
      operation: operation.name,
      input: { ...bucket && { Bucket: bucket }, ...key && { Key: key }, ...method === 'PUT' && key && { ContentLength: request.body.length } },
      carryOut: () => {
        if (bucket && operation.name !== 'CreateBucket') this.s3.admit(bucket, this.principalOf(signer!.accessKeyId), operation.name, key);
        reply = operation.run({
          s3: this.s3, uploads: this.uploads, bucket, key, query: url.searchParams, headers, body: () => readBody(request),
        });
        return { status: reply.status };
      },
      reply: () => reply,
    };
  }

  refuse(error: ServiceError, { method, url }: HttpRequest): HttpReply {
    const { code, message, statusCode: status } = error;
    const { details = {}, headers = {} } = error instanceof S3Error ? error : {};
    // The response to HEAD has no body, only the status and the headers.
    if (method === 'HEAD') return { status, headers };
    const body = writeXml({ Error: { Code: code, Message: message, ...details, Resource: url.pathname, RequestId: randomUUID() } });
    return { status, headers: { 'Content-Type': 'application/xml', ...headers }, body };
  }
}
