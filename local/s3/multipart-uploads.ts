import type { ObjectInfo } from './object-store';

/** An incomplete multipart upload. */
export interface MultipartUpload {
  readonly bucket: string;
  readonly key: string;
  readonly headers: ObjectInfo['headers'];
  readonly tags?: ObjectInfo['tags'];
  readonly parts: Map<number, { readonly content: Buffer; readonly eTag: string }>;
}

/** Incomplete uploads by ID, in memory only. */
export type MultipartUploads = Map<string, MultipartUpload>;
