import { validationError } from '../api/service-error';
import { isObject, type JsonObject } from '../json';
import type { Json } from '../services';

/** The resources that a request can name. */
export interface NamedPlaces {
  /** Returns the Region of a bucket of any account, or nothing if it does not exist. */
  regionOfBucket(bucket: string): string | undefined;
  /** Whether the account has an image. */
  hasImage(repository: string, tag: string | undefined): boolean;
  /** @param key The ID of a key, or the name of an alias */
  hasKey(key: string): boolean;
  hasSubnet(id: string): boolean;
  hasSecurityGroup(id: string): boolean;
  hasCodeRepository(name: string): boolean;
}

export interface PlaceContext {
  readonly account: string;
  readonly region: string;
  readonly places: NamedPlaces;
}

/** Members with arbitrary values. */
const FREE = ['Environment', 'HyperParameters', 'OptimizationEnvironment', 'OverrideEnvironment', 'StaticHyperParameters', 'Tags'];
const IMAGE = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.([a-z0-9.]+)\/([^:@]+)(?::([^@]+))?/;
const BUCKET = /^s3:\/\/([^/]+)/;
const ARN = /^arn:aws:(kms|sagemaker):([a-z0-9-]+):(\d*):(.+)$/;
/** Buckets of AWS with public models and samples. */
const OF_AWS = /^(jumpstart-|sagemaker-sample-)/;
const KEY = /KmsKeyId$/;
const CODE_REPOSITORIES = ['DefaultCodeRepository', 'AdditionalCodeRepositories'];

/** Rejects a request for images, buckets, keys, networks or SageMaker resources that do not exist, or are in another Region. */
export function checkPlaces(request: JsonObject, context: PlaceContext): void {
  for (const [member, text] of textsOf(request, '')) {
    const reason = reasonAgainst(member, text, context);
    if (reason !== undefined) throw validationError(reason);
  }
}

function reasonAgainst(member: string, text: string, { account, region, places }: PlaceContext): string | undefined {
  if (member === 'Subnets' || member === 'SubnetId') return places.hasSubnet(text) ? undefined : `The subnet ID '${text}' does not exist`;
  if (member === 'SecurityGroupIds') return places.hasSecurityGroup(text) ? undefined : `The security group '${text}' does not exist`;
  if (CODE_REPOSITORIES.includes(member)) return /^https:\/\//.test(text) || places.hasCodeRepository(text) ? undefined : `Code repository ${text} does not exist.`;
  if (KEY.test(member) && text !== '' && !text.startsWith('arn:')) return places.hasKey(text) ? undefined : noKey(text);
  const [, registry, imageRegion, suffix, repository, tag] = IMAGE.exec(text) ?? [];
  if (repository !== undefined) {
    if (imageRegion !== region) {
      return `Invalid DNS suffix '${suffix}' for region '${imageRegion}' in training image. Please provide the valid <region>.<dns-suffix>: '${region}.${suffix}'`;
    }
    return registry !== account || places.hasImage(repository, tag) ? undefined : `Requested image ${text} not found.`;
  }
  const [, bucket] = BUCKET.exec(text) ?? [];
  if (bucket !== undefined && !OF_AWS.test(bucket)) {
    const bucketRegion = places.regionOfBucket(bucket);
    if (bucketRegion === undefined) return `Failed to access ${text}: The specified bucket does not exist. Please ensure that the bucket exists in the selected region (${region}).`;
    if (bucketRegion !== region) return `Failed to access ${text}: The bucket is in this region: ${bucketRegion}. Please use this region to retry the request`;
  }
  const [, service, arnRegion = region, owner, resource = ''] = ARN.exec(text) ?? [];
  if (arnRegion !== region) {
    return service === 'sagemaker' ? `ARN should be scoped to correct region: ${region}` : `Invalid arn ${arnRegion}: the key ${text} is not in region ${region}`;
  }
  return service === 'kms' && owner === account && !places.hasKey(resource.replace(/^key\//, '')) ? noKey(text) : undefined;
}

function noKey(key: string): string {
  return `Key '${key}' does not exist`;
}

function* textsOf(value: Json, member: string): Generator<readonly [member: string, text: string]> {
  if (typeof value === 'string') yield [member, value];
  else if (Array.isArray(value)) for (const item of value) yield* textsOf(item, member);
  else if (isObject(value)) for (const [name, child] of Object.entries(value)) if (!FREE.includes(name)) yield* textsOf(child, name);
}
