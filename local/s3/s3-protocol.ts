import { randomUUID } from 'node:crypto';
import { readBody } from './body';
import { BUCKET_OPERATIONS, listFirst } from './bucket-operations';
import { copySource } from './copy-source';
import { MULTIPART_OPERATIONS } from './multipart';
import type { MultipartUploads } from './multipart-uploads';
import { copyObject, OBJECT_OPERATIONS } from './object-operations';
import type { S3 } from './s3';
import { expired, S3Error, unsupportedSignature } from './s3-error';
import type { S3Operation, S3Operations } from './s3-operation';
import type { HttpReply, HttpRequest, Invocation, Protocol } from '../api/protocol';
import { ServiceError } from '../api/service-error';
import type { Principal } from '../iam';
import { expiryOf, MAXIMUM_VALIDITY } from '../presigned-url';
import { writeXml } from '../query/xml';

const OPERATIONS: S3Operations = { ...BUCKET_OPERATIONS, ...OBJECT_OPERATIONS, ...MULTIPART_OPERATIONS };

/** Operations that share a route with another one. */
const COPY: S3Operation = { name: 'CopyObject', run: copyObject };
const FIRST_LIST: S3Operation = { name: 'ListObjects', run: listFirst };

/** Operations whose header `x-amz-tagging` tags the object. */
const TAGGED = ['CopyObject', 'CreateMultipartUpload', 'PutObject'];

/** The subresources of buckets and objects. */
const SUBRESOURCES = [
  'accelerate', 'acl', 'analytics', 'attributes', 'cors', 'delete', 'encryption', 'intelligent-tiering', 'inventory', 'legal-hold',
  'lifecycle', 'location', 'logging', 'metrics', 'notification', 'object-lock', 'ownershipControls', 'policy', 'policyStatus',
  'publicAccessBlock', 'replication', 'requestPayment', 'restore', 'retention', 'select', 'tagging', 'torrent', 'uploadId', 'uploads',
  'versioning', 'versions', 'website',
];

/** The name of an operation that is not emulated, such as `PutObjectAcl`. */
function operationName(method: string, level: string, subresource: string): string {
  const words = [method.toLowerCase(), level, ...subresource.split('-')].filter((word) => word !== '');
  return words.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}

function pathOf({ pathname }: URL): string[] {
  try {
    return pathname.slice(1).split('/').map(decodeURIComponent);
  } catch {
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

const HOST_WITH_BUCKET = /^[^:]+\.localhost(:\d+)?$/;

/** Whether a request is signed with Signature Version 2, which S3 does not accept for buckets that were created after June 24, 2020. */
function hasOldSignature({ headers, url }: HttpRequest): boolean {
  return url.searchParams.has('AWSAccessKeyId') || headers.authorization?.startsWith('AWS ') === true;
}

/** The REST protocol of S3, with path-style requests. */
export class S3Protocol implements Protocol {
  readonly emulated = { s3: [...Object.values(OPERATIONS), COPY, FIRST_LIST].map(({ name }) => name) };
  private readonly uploads: MultipartUploads = new Map();

  /** @param principalOf Returns the principal that signs with an access key */
  constructor(private readonly s3: S3, private readonly principalOf: (accessKeyId: string) => Principal) {}

  speaks(request: HttpRequest): boolean {
    return hasOldSignature(request) || (request.signer?.service === 's3' && !request.headers['x-amz-target']);
  }

  read(request: HttpRequest): Invocation {
    const { method, url, headers, signer } = request;
    if (hasOldSignature(request)) throw unsupportedSignature();
    if (HOST_WITH_BUCKET.test(String(headers.host))) {
      throw new ServiceError('NotImplemented', `The local cloud does not emulate virtual-hosted-style addresses of s3 (${headers.host}). Use path-style addresses.`, 501);
    }
    const [bucket, ...rest] = pathOf(url);
    const key = rest.join('/');
    const level = key ? 'object' : bucket ? 'bucket' : 'service';
    const subresource = SUBRESOURCES.find((name) => url.searchParams.has(name)) ?? '';
    const isCopy = method === 'PUT' && level === 'object' && subresource === '' && headers['x-amz-copy-source'] !== undefined;
    const isFirstList = method === 'GET' && level === 'bucket' && subresource === '' && url.searchParams.get('list-type') !== '2';
    const operation = isCopy ? COPY : isFirstList ? FIRST_LIST : OPERATIONS[`${method} ${level} ${subresource}`];
    if (!operation) throw new ServiceError('NotImplemented', `The local cloud does not emulate s3:${operationName(method, level, subresource)}.`, 501);
    let reply: HttpReply;
    return {
      service: 's3',
      operation: operation.name,
      input: { ...bucket && { Bucket: bucket }, ...key && { Key: key }, ...method === 'PUT' && key && { ContentLength: request.body.length } },
      carryOut: () => {
        this.checkExpiry(url);
        const principal = this.principalOf(signer!.accessKeyId);
        if (bucket && operation.name !== 'CreateBucket') this.s3.admit(bucket, principal, operation.name, key);
        if (isCopy) this.admitCopy(principal, headers, bucket, key);
        const writesTags = TAGGED.includes(operation.name) && headers['x-amz-tagging'] !== undefined && headers['x-amz-tagging-directive'] !== 'COPY';
        if (writesTags) this.s3.admitAlso(bucket, principal, 'PutObjectTagging', key);
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

  /** A copy also reads its source, and, unless the request replaces them, the tags of its source: S3 API, CopyObject. */
  private admitCopy(principal: Principal, headers: HttpRequest['headers'], bucket: string, key: string): void {
    const { bucket: sourceBucket, key: sourceKey } = copySource(String(headers['x-amz-copy-source']));
    this.s3.admitAlso(sourceBucket, principal, 'GetObject', sourceKey);
    const tags = this.s3.store.has(sourceBucket) ? this.s3.store.object(sourceBucket, sourceKey)?.tags : undefined;
    if (headers['x-amz-tagging-directive'] === 'REPLACE' || Object.keys(tags ?? {}).length === 0) return;
    this.s3.admitAlso(sourceBucket, principal, 'GetObjectTagging', sourceKey);
    this.s3.admitAlso(bucket, principal, 'PutObjectTagging', key);
  }

  private checkExpiry(url: URL): void {
    const expiry = expiryOf(url);
    if (expiry === undefined) return;
    const seconds = url.searchParams.get('X-Amz-Expires');
    if (Number(seconds) > MAXIMUM_VALIDITY) throw new ServiceError('AuthorizationQueryParametersError', `X-Amz-Expires must be at most a week: ${MAXIMUM_VALIDITY} seconds.`);
    const now = this.s3.now();
    if (expiry < now.getTime()) throw expired(seconds, new Date(expiry), now);
  }
}
