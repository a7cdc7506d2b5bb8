import type { Need } from './execution-roles';
import type { Surroundings, Use } from './job-role';
import { listing, logging, measuring, PULL, pulling, reading, registryLogin, repositoryOf, usingKey, volumeKey, writing } from './needs';
import type { CreateProcessingJobRequest as Request, QueryResult } from '../processing/processing-types';

const inputs = ({ ProcessingInputs = [] }: Request) => ProcessingInputs.flatMap(({ S3Input }) => S3Input?.S3Uri ?? []);
const queries = ({ ProcessingInputs = [] }: Request) => ProcessingInputs.flatMap(({ DatasetDefinition }) => DatasetDefinition ?? []);
const outputs = ({ ProcessingOutputConfig: config }: Request) => config?.Outputs ?? [];

const NETWORK = [
  'CreateNetworkInterface', 'CreateNetworkInterfacePermission', 'DeleteNetworkInterface', 'DeleteNetworkInterfacePermission',
  'DescribeDhcpOptions', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcs',
].map((action) => `ec2:${action}`);

/** "Don't scope … with any conditions or resource filters": the nine actions are checked without any. */
function unscopedNetwork({ NetworkConfig: network }: Request): Need[] {
  return network?.VpcConfig ? NETWORK.map((action) => ({ action, resource: '*' })) : [];
}

/**
 * Runs the query, reads its tables, and keeps its result in a temporary table. "Fine-Grained Access to Databases and Tables in the AWS
 * Glue Data Catalog" names the database `default`, and the actions on a table that is created or deleted.
 */
function athena(request: Request, surroundings: Surroundings): Need[] {
  const { region, account } = surroundings;
  return queries(request).flatMap(({ AthenaDatasetDefinition: query }) => {
    if (!query) return [];
    const glue = (resource: string) => `arn:aws:glue:${region}:${account}:${resource}`;
    const workGroup = `arn:aws:athena:${region}:${account}:workgroup/${query.WorkGroup ?? 'primary'}`;
    const on = (actions: string[], ...resources: string[]) => actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
    return [
      ...on(['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StopQueryExecution'], workGroup),
      { action: 's3:GetBucketLocation', resource: `arn:aws:s3:::${query.OutputS3Uri.split('/')[2]}` },
      ...on(['glue:GetTable', 'glue:GetTables', 'glue:GetPartitions'], glue('catalog'), glue(`database/${query.Database}`), glue(`table/${query.Database}/table`)),
      ...on(['glue:GetDatabase', 'glue:GetDatabases'], glue('catalog'), glue(`database/${query.Database}`)),
      ...on(['glue:CreateDatabase', 'glue:GetDatabase'], glue('catalog'), glue('database/default'), glue('database/sagemaker_processing')),
      ...on(['glue:CreateTable', 'glue:DeleteTable', 'glue:GetTable'], glue('catalog'), glue('database/sagemaker_processing'), glue('table/sagemaker_processing/sagemaker_tmp_1')),
      ...writing(query.OutputS3Uri, surroundings),
      ...usingKey('kms:GenerateDataKey', query.KmsKeyId, surroundings),
      ...result(query, surroundings),
    ];
  });
}

function redshift(request: Request, surroundings: Surroundings): Need[] {
  const { region, account } = surroundings;
  return queries(request).flatMap(({ RedshiftDatasetDefinition: query }) => {
    if (!query) return [];
    const arn = (resource: string) => `arn:aws:redshift:${region}:${account}:${resource}`;
    return [
      { action: 'redshift-data:ExecuteStatement', resource: arn(`cluster:${query.ClusterId}`) },
      ...['CancelStatement', 'DescribeStatement', 'GetStatementResult'].map((action) => ({ action: `redshift-data:${action}`, resource: '*' })),
      { action: 'redshift:GetClusterCredentials', resource: arn(`dbuser:${query.ClusterId}/${query.DbUser}`) },
      { action: 'redshift:GetClusterCredentials', resource: arn(`dbname:${query.ClusterId}/${query.Database}`) },
      ...result(query, surroundings),
    ];
  });
}

/** Reads the result of a query. */
function result({ OutputS3Uri: uri, KmsKeyId: key }: QueryResult, surroundings: Surroundings): Need[] {
  return [...listing(uri, surroundings), ...reading(uri, surroundings), ...usingKey('kms:Decrypt', key, surroundings)];
}

/** The uses of a processing job's role, in order: "SageMaker roles", the execution role of CreateProcessingJob. */
export const PROCESSING_USES: readonly Use<Request>[] = [
  {
    when: 'Starting',
    needs: unscopedNetwork,
    refused: (_request, { roleArn }, denial) => `The role ${roleArn} must have permissions for the VpcConfig without conditions or resource filters. ${denial}`,
  },
  {
    when: 'Starting',
    needs: ({ AppSpecification: { ImageUri: image } }) => pulling(image),
    refused: ({ AppSpecification: { ImageUri: image } }, { roleArn }) => {
      const { name, registry } = repositoryOf(image)!;
      return `Access denied for repository: ${name} in registry ID: ${registry}. Please check if your ECR repository and image exist and role ${roleArn} `
        + `has proper pull permissions for SageMaker: ${PULL.join(', ')}`;
    },
  },
  { when: 'Starting', needs: ({ AppSpecification: { ImageUri: image } }) => registryLogin(image) },
  { when: 'Starting', needs: ({ ProcessingResources: { ClusterConfig: cluster } }, surroundings) => volumeKey(cluster.VolumeKmsKeyId, surroundings) },
  { when: 'Downloading', needs: (request, surroundings) => inputs(request).flatMap((uri) => listing(uri, surroundings)), failure: 'Failed to download data' },
  { when: 'Downloading', needs: (request, surroundings) => inputs(request).flatMap((uri) => reading(uri, surroundings)), failure: 'Failed to download data' },
  { when: 'Downloading', needs: athena, failure: 'Failed to run the Athena query' },
  { when: 'Downloading', needs: redshift, failure: 'Failed to run the Redshift query' },
  {
    when: 'Training',
    needs: (request, { region, account }) => outputs(request).flatMap(({ FeatureStoreOutput: output }) => (
      output ? [{ action: 'sagemaker:PutRecord', resource: `arn:aws:sagemaker:${region}:${account}:feature-group/${output.FeatureGroupName}` }] : [])),
    failure: 'Failed to put records',
  },
  {
    when: 'Uploading',
    needs: (request, surroundings) => outputs(request)
      .flatMap(({ S3Output: output }) => (output ? writing(output.S3Uri, surroundings, request.ProcessingOutputConfig!.KmsKeyId || undefined) : [])),
    failure: 'Failed to upload data',
  },
  { when: 'aside', needs: (_, surroundings) => logging('ProcessingJobs', surroundings) },
  { when: 'aside', needs: () => measuring('ProcessingJobs') },
];
