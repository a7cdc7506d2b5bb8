import { randomBytes } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import type { MultipartUpload } from './multipart-uploads';
import { storedHeaders } from './object-operations';
import { md5 } from './s3';
import { documentIn, malformedXml, numberIn, type S3Operations, type S3Request, tagsOf, xml } from './s3-operation';
import { ServiceError } from '../api/service-error';

/** The minimum size of all parts except the last one, in bytes. */
const SMALLEST_PART = 5 * 1024 * 1024;
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Part' });

export const MULTIPART_OPERATIONS: S3Operations = {
  'POST object uploads': {
    name: 'CreateMultipartUpload',
    run: ({ s3, uploads, bucket, key, headers }) => {
      const uploadId = randomBytes(24).toString('base64url');
      uploads.set(uploadId, { bucket: s3.existing(bucket), key, headers: storedHeaders(headers), tags: tagsOf(headers), parts: new Map() });
      return xml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: uploadId });
    },
  },
  'PUT object uploadId': {
    name: 'UploadPart',
    run: (request) => {
      const { content, checksums } = request.body();
      const eTag = `"${md5(content)}"`;
      uploadOf(request).parts.set(partNumberOf(request.query), { content, eTag });
      return { status: 200, headers: { ETag: eTag, ...checksums } };
    },
  },
  'POST object uploadId': { name: 'CompleteMultipartUpload', run: complete },
  'DELETE object uploadId': {
    name: 'AbortMultipartUpload',
    run: (request) => {
      uploadOf(request);
      request.uploads.delete(request.query.get('uploadId')!);
      return { status: 204 };
    },
  },
};

function complete(request: S3Request) {
  const { s3, uploads, bucket, key } = request;
  const { parts, headers, tags } = uploadOf(request);
  const { Part: listed = [] } = documentIn(request.body().content, 'CompleteMultipartUpload', parser) as unknown as CompleteRequest;
  if (listed.length === 0 || listed.some(({ ETag, PartNumber }) => typeof PartNumber !== 'string' || typeof ETag !== 'string')) throw malformedXml();
  const chosen = listed.map(({ PartNumber, ETag }) => {
    const part = parts.get(Number(PartNumber));
    if (part?.eTag.replaceAll('"', '') !== ETag.replaceAll('&quot;', '').replaceAll('"', '')) {
      throw new ServiceError('InvalidPart', 'One or more of the specified parts could not be found.');
    }
    return part;
  });
  if (listed.some(({ PartNumber }, index) => index > 0 && Number(PartNumber) <= Number(listed[index - 1].PartNumber))) {
    throw new ServiceError('InvalidPartOrder', 'The list of parts was not in ascending order.');
  }
  if (chosen.slice(0, -1).some(({ content }) => content.length < SMALLEST_PART)) {
    throw new ServiceError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  const digests = Buffer.concat(chosen.map(({ eTag }) => Buffer.from(eTag.replaceAll('"', ''), 'hex')));
  const eTag = `"${md5(digests)}-${chosen.length}"`;
  s3.put(bucket, key, Buffer.concat(chosen.map(({ content }) => content)), headers, eTag, tags);
  uploads.delete(request.query.get('uploadId')!);
  return xml('CompleteMultipartUploadResult', { Location: `/${bucket}/${key}`, Bucket: bucket, Key: key, ETag: eTag });
}

interface CompleteRequest {
  readonly Part?: Array<{ readonly PartNumber: string; readonly ETag: string }>;
}

const MAXIMUM_PARTS = 10_000;

function partNumberOf(query: URLSearchParams): number {
  return numberIn(query, 'partNumber', 0, 1, MAXIMUM_PARTS, `Part number must be an integer between 1 and ${MAXIMUM_PARTS}, inclusive`);
}

function uploadOf({ uploads, bucket, key, query }: S3Request): MultipartUpload {
  const upload = uploads.get(query.get('uploadId')!);
  if (upload?.bucket !== bucket || upload.key !== key) throw new ServiceError('NoSuchUpload', 'The specified upload does not exist.', 404);
  return upload;
}
