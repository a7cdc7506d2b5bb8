import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { MlflowOptions, ModelPackageOptions } from './experiment';
import type { ServerlessJobOptions } from './serverless-job';
import { allow, takesNothing } from '../execution-role/grantee';
import { grantAnywhere, grantHubContent, grantJob } from '../execution-role/job-permissions';
import { acknowledgeWildcards } from '../execution-role/wildcards';

/** What the role of a training job has to be able to do beyond what it is granted by the things that the job uses. */
export interface TrainingPermissions {
  /** The subnets that the job runs in, if it is in a VPC. */
  readonly subnetIds?: readonly string[];
  readonly rules?: boolean;
  readonly remoteDebug?: boolean;
  readonly mlflow?: MlflowOptions;
  readonly modelPackage?: ModelPackageOptions;
  readonly serverless?: ServerlessJobOptions;
}

const REMOTE_DEBUG_ACTIONS = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map((action) => `ssmmessages:${action}`);

const MLFLOW_ACTIONS = [
  'CreateExperiment', 'GetExperiment', 'GetExperimentByName', 'SetExperimentTag',
  'CreateRun', 'GetRun', 'UpdateRun', 'SetTag',
  'LogBatch', 'LogInputs', 'LogMetric', 'LogModel', 'LogParam',
].map((action) => `sagemaker-mlflow:${action}`);

const MLFLOW_APP_ACTION = 'sagemaker:CallMlflowAppApi';

export function grantTraining(scope: Construct, grantee: iam.IGrantable, permissions: TrainingPermissions): void {
  if (takesNothing(grantee)) return;
  const { mlflow, modelPackage, remoteDebug, rules, serverless, subnetIds } = permissions;
  const grant = (actions: string[], arn: string) => allow(grantee, { actions, resourceArns: [arn] });

  grantJob(scope, grantee, { logGroups: ['TrainingJobs', ...rules ? ['ProcessingJobs'] : []], subnetIds });
  if (remoteDebug) grantAnywhere(grantee, REMOTE_DEBUG_ACTIONS);
  if (mlflow) grant(mlflowActions(mlflow.mlflowResourceArn), mlflow.mlflowResourceArn);
  if (serverless) {
    grantHubContent(scope, grantee, serverless.baseModelArn);
    if (serverless.evaluatorArn?.includes(':lambda:')) grant(['lambda:InvokeFunction'], serverless.evaluatorArn);
  }
  if (modelPackage) grantModelPackages(scope, grantee, modelPackage);
}

/** An app authorizes every call of MLflow by one action, a tracking server each by one of its own. */
function mlflowActions(mlflowResourceArn: string): string[] {
  if (Token.isUnresolved(mlflowResourceArn)) return [...MLFLOW_ACTIONS, MLFLOW_APP_ACTION];
  return mlflowResourceArn.includes(':mlflow-app/') ? [MLFLOW_APP_ACTION] : MLFLOW_ACTIONS;
}

function grantModelPackages(scope: Construct, grantee: iam.IGrantable, { modelPackageGroupArn, sourceModelPackageArn }: ModelPackageOptions): void {
  const group = Stack.of(scope).splitArn(modelPackageGroupArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName;
  const packages = Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'model-package', resourceName: `${group}/*` });
  const grant = (actions: string[], arn: string) => allow(grantee, { actions, resourceArns: [arn] });
  grant(['sagemaker:CreateModelPackage', 'sagemaker:DescribeModelPackage', 'sagemaker:AddTags'], packages);
  grant(['sagemaker:DescribeModelPackageGroup'], modelPackageGroupArn);
  if (sourceModelPackageArn) grant(['sagemaker:DescribeModelPackage'], sourceModelPackageArn);
  acknowledgeWildcards(grantee, [packages], 'The service makes the number of the package in its group');
}
