import type { ObjectInfo } from './object-store';

/** An upload in parts that is not complete. */
export interface MultipartUpload {
  readonly bucket: string;
  readonly key: string;
  readonly headers: ObjectInfo['headers'];
  readonly parts: Map<number, { readonly content: Buffer; readonly eTag: string }>;
}

/** Incomplete uploads by their ids, in memory: they do not outlive the process. */
export type MultipartUploads = Map<string, MultipartUpload>;
