import { ArnFormat, Fn, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { AthenaInputOptions, RedshiftInputOptions } from './processing-input-options';
import { allow } from '../execution-role/grantee';
import { grantAnywhere } from '../execution-role/job-permissions';
import { acknowledgeWildcards } from '../execution-role/wildcards';
import { asPattern } from '../job/state-value';

/** The database that a processing job creates for the results of Athena queries. */
const RESULTS_DATABASE = 'sagemaker_processing';

/** Grants permission to run a query in Athena, and to read its tables in the AWS Glue Data Catalog. */
export function grantAthenaQuery(scope: Construct, grantee: iam.IGrantable, options: AthenaInputOptions): void {
  const { database, workGroup = 'primary' } = options;
  const stack = Stack.of(scope);
  const glue = (resource: string, resourceName?: string) => stack.formatArn({ service: 'glue', resource, resourceName });
  const grant = (actions: string[], resourceArns: string[], reason?: string) => {
    allow(grantee, { actions, resourceArns });
    if (reason) acknowledgeWildcards(grantee, resourceArns, reason);
  };
  grant(
    ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StopQueryExecution'],
    [stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: workGroup })],
  );
  grant(
    ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetPartitions', 'glue:GetTable', 'glue:GetTables'],
    [glue('catalog'), glue('database', database), glue('table', `${database}/*`)],
    'The query names the tables',
  );
  // Athena requires the permission for the database `default`, too.
  grant(['glue:CreateDatabase', 'glue:GetDatabase'], [glue('catalog'), glue('database', 'default'), glue('database', RESULTS_DATABASE)]);
  grant(
    // Athena describes a table before it creates or deletes it.
    ['glue:CreateTable', 'glue:DeleteTable', 'glue:GetTable'],
    // SageMaker documents all databases. A table requires permission for its database and its catalog, too.
    [glue('catalog'), glue('database', '*'), glue('table', '*/sagemaker_tmp_*')],
    'SageMaker chooses the names of the temporary tables',
  );
}

/** Grants permission to find the bucket of the result of a query. Athena checks it before it runs the query. */
export function grantBucketLocation(scope: Construct, grantee: iam.IGrantable, location: string): void {
  const uri = asPattern(location);
  if (uri === '*') return;
  const bucket = uri.startsWith('s3://') ? uri.split('/')[2] : Fn.select(2, Fn.split('/', uri));
  const bucketArn = Stack.of(scope).formatArn({ service: 's3', region: '', account: '', resource: bucket });
  allow(grantee, { actions: ['s3:GetBucketLocation'], resourceArns: [bucketArn] });
}

/** Grants permission to run a query in a Redshift cluster. */
export function grantRedshiftQuery(scope: Construct, grantee: iam.IGrantable, options: RedshiftInputOptions): void {
  const { clusterId, database, dbUser } = options;
  const redshift = (resource: string, resourceName: string) => (
    Stack.of(scope).formatArn({ service: 'redshift', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }));
  allow(grantee, { actions: ['redshift-data:ExecuteStatement'], resourceArns: [redshift('cluster', clusterId)] });
  grantAnywhere(grantee, ['redshift-data:CancelStatement', 'redshift-data:DescribeStatement', 'redshift-data:GetStatementResult']);
  allow(grantee, {
    actions: ['redshift:GetClusterCredentials'],
    resourceArns: [redshift('dbuser', `${clusterId}/${dbUser}`), redshift('dbname', `${clusterId}/${database}`)],
  });
}
