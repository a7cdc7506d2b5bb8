import type { NativeType } from '../cloudformation';
import type { S3 } from './s3';

/** The type of buckets whose buckets exist in S3. */
export function bucketType(type: NativeType, s3: S3, bootstrapBucket: string): NativeType {
  return {
    ...type,
    exists: (name) => s3.store.has(name),
    put({ physicalId, previous }) {
      // A bootstrap stack takes over the bucket that the local cloud comes with.
      const adopted = physicalId === bootstrapBucket && s3.store.has(physicalId);
      if (!previous && !adopted) s3.createBucket(physicalId);
    },
    remove: ({ physicalId }) => {
      // Whoever has deleted it by hand has done no harm.
      if (s3.store.has(physicalId)) s3.deleteBucket(physicalId);
    },
  };
}
