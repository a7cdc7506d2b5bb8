import { validationError } from '../api/service-error';
import { isObject, type JsonObject } from '../json';
import type { Json } from '../services';

/** The Region of SageMaker, and the Regions of buckets. */
export interface RegionContext {
  readonly region: string;
  /** Returns nothing for an unknown bucket. */
  readonly regionOfBucket: (bucket: string) => string | undefined;
}

/** Members with arbitrary values. */
const FREE = ['Environment', 'HyperParameters', 'OptimizationEnvironment', 'OverrideEnvironment', 'StaticHyperParameters', 'Tags'];
const IMAGE = /^\d{12}\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.([a-z0-9.]+)\//;
const BUCKET = /^s3:\/\/([^/]+)/;
const ARN = /^arn:aws:(kms|sagemaker):([a-z0-9-]+):/;

/** Rejects a request for images, buckets, keys or SageMaker resources in another Region. */
export function checkRegions(request: JsonObject, context: RegionContext): void {
  for (const text of textsOf(request)) {
    const reason = reasonAgainst(text, context);
    if (reason !== undefined) throw validationError(reason);
  }
}

function reasonAgainst(text: string, { region, regionOfBucket }: RegionContext): string | undefined {
  const [, imageRegion = region, suffix] = IMAGE.exec(text) ?? [];
  if (imageRegion !== region) {
    return `Invalid DNS suffix '${suffix}' for region '${imageRegion}' in training image. Please provide the valid <region>.<dns-suffix>: '${region}.${suffix}'`;
  }
  const [, bucket] = BUCKET.exec(text) ?? [];
  const bucketRegion = (bucket === undefined ? undefined : regionOfBucket(bucket)) ?? region;
  if (bucketRegion !== region) {
    return `Failed to access ${text}: The bucket is in this region: ${bucketRegion}. Please use this region to retry the request`;
  }
  const [, service, arnRegion = region] = ARN.exec(text) ?? [];
  if (arnRegion === region) return undefined;
  return service === 'sagemaker' ? `ARN should be scoped to correct region: ${region}` : `Invalid arn ${arnRegion}: the key ${text} is not in region ${region}`;
}

function* textsOf(value: Json): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsOf(item);
  else if (isObject(value)) for (const [member, child] of Object.entries(value)) if (!FREE.includes(member)) yield* textsOf(child);
}
