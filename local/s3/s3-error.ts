import { ServiceError } from '../api/service-error';

/** An error response with members besides code and message. */
export class S3Error extends ServiceError {
  constructor(
    code: string,
    message: string,
    statusCode: number,
    /** Members of the response body. */
    readonly details: { readonly [member: string]: string },
    readonly headers: { readonly [name: string]: string },
  ) {
    super(code, message, statusCode);
  }
}

/** The error for a pre-signed URL that is no longer valid. */
export function expired(seconds: string | null, expiry: Date, now: Date): S3Error {
  const timeOf = (time: Date) => time.toISOString().replace(/\.\d+/, '');
  const details = { 'X-Amz-Expires': String(seconds), 'Expires': timeOf(expiry), 'ServerTime': timeOf(now) };
  return new S3Error('AccessDenied', 'Request has expired', 403, details, {});
}

/** The error for a bucket in another Region than the endpoint. */
export function permanentRedirect(bucket: string, region: string): S3Error {
  return new S3Error(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    301,
    { Endpoint: `${bucket}.s3.${region}.amazonaws.com`, Bucket: bucket },
    { 'x-amz-bucket-region': region },
  );
}

/** The error for a signature of an older version. */
export function unsupportedSignature(): ServiceError {
  return new ServiceError('InvalidRequest', 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.');
}
