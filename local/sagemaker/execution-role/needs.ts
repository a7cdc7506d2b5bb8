import type { Need } from './execution-roles';
import type { Surroundings } from './job-role';
import { kmsKeyArn } from '../../kms-key';

/** Permissions that several kinds of jobs need. */

/** A VPC configuration in requests. */
export interface Network {
  readonly Subnets?: readonly string[];
  readonly SecurityGroupIds?: readonly string[];
}

const IMAGE = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.[a-z0-9.]+\/([^:@]+)/;

function s3(uri: string): { readonly bucket: string; readonly key: string } | undefined {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

/**
 * Access to objects of a directory bucket requires a session, and no other permission: Amazon S3 User Guide, Authorizing Regional
 * endpoint API operations with IAM.
 */
function session(bucket: string, { region, account }: Surroundings): Need[] | undefined {
  return bucket.endsWith('--x-s3') ? [{ action: 's3express:CreateSession', resource: `arn:aws:s3express:${region}:${account}:bucket/${bucket}` }] : undefined;
}

/** Lists the objects under a prefix. SageMaker does not document whether it lists it with or without a trailing slash. */
export function listing(uri: string, surroundings: Surroundings): Need[] {
  const { bucket, key } = s3(uri) ?? {};
  if (bucket === undefined) return [];
  const contexts: Need['context'][] = key ? [...new Set([key, key.replace(/\/$/, '')])].map((prefix) => ({ 's3:prefix': prefix })) : [{}];
  return session(bucket, surroundings) ?? contexts.map((context) => ({ action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context }));
}

/** Reads a file if the key has an extension, otherwise objects under the prefix. */
export function reading(uri: string, surroundings: Surroundings): Need[] {
  const { bucket, key = '' } = s3(uri) ?? {};
  if (bucket === undefined) return [];
  const object = /\.[^/]+$/.test(key) ? key : `${key}${key === '' || key.endsWith('/') ? '' : '/'}part-00000`;
  return session(bucket, surroundings) ?? [
    { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${object}` },
    ...keyUse('kms:Decrypt', surroundings.keyOfBucket(bucket), 's3', surroundings),
  ];
}

/** Writes under a prefix, encrypted with a key or with the bucket's default key. */
export function writing(uri: string, surroundings: Surroundings, key?: string): Need[] {
  const { bucket, key: prefix = '' } = s3(uri) ?? {};
  if (bucket === undefined) return [];
  return session(bucket, surroundings) ?? [
    { action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/${prefix.replace(/\/?$/, '/').replace(/^\//, '')}${surroundings.jobName}/output` },
    ...keyUse('kms:GenerateDataKey', key ?? surroundings.keyOfBucket(bucket), 's3', surroundings),
    ...keyUse('kms:Encrypt', key, 's3', surroundings),
  ];
}

/** Uses the key of a query for objects in S3. */
export function usingKey(action: string, key: string | undefined, surroundings: Surroundings): Need[] {
  return keyUse(action, key, 's3', surroundings);
}

/** Encrypts the volumes of the service with a key. */
export function volumeKey(key: string | undefined, surroundings: Surroundings): Need[] {
  return keyUse('kms:CreateGrant', key, 'sagemaker', surroundings).map((need) => ({ ...need, context: { ...need.context, 'kms:GrantIsForAWSResource': 'true' } }));
}

function keyUse(action: string, key: string | undefined, via: string, surroundings: Surroundings): Need[] {
  const resource = kmsKeyArn(key, surroundings);
  if (resource === undefined) return [];
  const { region, account } = surroundings;
  return [{ action, resource, context: { 'kms:ViaService': `${via}.${region}.amazonaws.com`, 'kms:CallerAccount': account } }];
}

/** Returns the repository of an image in Amazon ECR, and its registry. */
export function repositoryOf(image: string): { readonly registry: string; readonly name: string; readonly arn: string } | undefined {
  const [, registry, region, name] = IMAGE.exec(image) ?? [];
  return name === undefined ? undefined : { registry, name, arn: `arn:aws:ecr:${region}:${registry}:repository/${name}` };
}

export const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** Pulls an image. */
export function pulling(image: string | undefined): Need[] {
  const repository = image === undefined ? undefined : repositoryOf(image);
  return repository ? PULL.map((action) => ({ action, resource: repository.arn })) : [];
}

/** Logs in to the registry of an image. */
export function registryLogin(image: string | undefined): Need[] {
  return image !== undefined && repositoryOf(image) ? [{ action: 'ecr:GetAuthorizationToken', resource: '*' }] : [];
}

/** Creates and deletes network interfaces in a VPC. */
export function networkInterfaces(network: Network | undefined, { region, account }: Surroundings): Need[] {
  if (!network) return [];
  const arn = (resource: string) => `arn:aws:ec2:${region}:${account}:${resource}`;
  const networkInterface = arn('network-interface/eni-0a1b2c3d4e5f60718');
  return [
    ...['Vpcs', 'Subnets', 'SecurityGroups', 'DhcpOptions', 'NetworkInterfaces'].map((noun) => ({ action: `ec2:Describe${noun}`, resource: '*' })),
    ...[
      networkInterface,
      ...(network.Subnets ?? []).map((id) => arn(`subnet/${id}`)),
      ...(network.SecurityGroupIds ?? []).map((id) => arn(`security-group/${id}`)),
    ].map((resource) => ({ action: 'ec2:CreateNetworkInterface', resource })),
    // SageMaker documents no condition keys of these calls.
    ...['CreateNetworkInterfacePermission', 'DeleteNetworkInterface', 'DeleteNetworkInterfacePermission']
      .map((action) => ({ action: `ec2:${action}`, resource: networkInterface })),
  ];
}

/** Changes the network interfaces of a compilation job. */
export function changingNetworkInterfaces({ SecurityGroupIds: groups = [] }: Network, { region, account }: Surroundings): Need[] {
  const resources = ['network-interface/eni-0a1b2c3d4e5f60718', ...groups.map((id) => `security-group/${id}`)];
  return [
    { action: 'ec2:DescribeVpcEndpoints', resource: '*' },
    ...resources.map((resource) => ({ action: 'ec2:ModifyNetworkInterfaceAttribute', resource: `arn:aws:ec2:${region}:${account}:${resource}` })),
  ];
}

/** Writes to a log group of the service. `group` is the last part of its name. */
export function logging(group: string, { region, account, jobName }: Surroundings): Need[] {
  const arn = `arn:aws:logs:${region}:${account}:log-group:/aws/sagemaker/${group}`;
  return [
    ...['logs:CreateLogGroup', 'logs:DescribeLogStreams'].map((action) => ({ action, resource: arn })),
    ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ action, resource: `${arn}:log-stream:${jobName}/algo-1` })),
  ];
}

/** Publishes metrics in a namespace of the service. */
export function measuring(namespace: string): Need[] {
  return [{ action: 'cloudwatch:PutMetricData', resource: '*', context: { 'cloudwatch:namespace': `/aws/sagemaker/${namespace}` } }];
}
