import { ServiceError } from '../api/service-error';

/** Returns the object that a request copies, from its header `x-amz-copy-source`. */
export function copySource(header: string): { readonly bucket: string; readonly key: string } {
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decoded(header.split('?')[0])) ?? [];
  if (bucket === undefined) throw new ServiceError('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  return { bucket, key };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new ServiceError('InvalidArgument', 'Copy Source must be URL-encoded');
  }
}
