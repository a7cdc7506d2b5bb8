import type { NativeType } from '../cloudformation';
import type { S3 } from './s3';

/** AWS::S3::Bucket, which creates buckets in S3. */
export function bucketType(type: NativeType, s3: S3, bootstrapBucket: string): NativeType {
  return {
    ...type,
    exists: (name) => s3.store.has(name),
    put({ physicalId, previous, properties }) {
      // A bootstrap stack adopts the bucket that the local cloud comes with.
      const adopted = physicalId === bootstrapBucket && s3.store.has(physicalId);
      if (!previous && !adopted) s3.createBucket(physicalId);
      const tags = (properties.Tags ?? []) as unknown as ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
      s3.tagBucket(physicalId, Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])));
    },
    actual: ({ physicalId, properties: { Tags: _, ...properties } }) => {
      const bucket = s3.store.bucket(physicalId);
      const tags = Object.entries(bucket?.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
      return bucket && { ...properties, ...tags.length > 0 && { Tags: tags } };
    },
    remove: ({ physicalId }) => {
      // The bucket may have been deleted outside the stack.
      if (s3.store.has(physicalId)) s3.deleteBucket(physicalId);
    },
  };
}
