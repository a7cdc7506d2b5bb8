import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { MlflowOptions, ModelPackageOptions } from './model-tracking';
import type { ServerlessJobOptions } from './serverless-job';
import { allow, isImmutable } from '../execution-role/grantee';
import { grantAnywhere, grantHubContent, grantJob } from '../execution-role/job-permissions';
import { acknowledgeWildcards } from '../execution-role/wildcards';
import { asPattern } from '../job/state-value';

/** The props of a training job that require permissions of its role. */
export interface TrainingRoleOptions {
  readonly debugRuleConfigurations?: readonly unknown[];
  readonly profilerRuleConfigurations?: readonly unknown[];
  readonly enableRemoteDebug?: boolean;
  readonly mlflowConfig?: MlflowOptions;
  readonly modelPackageConfig?: ModelPackageOptions;
  readonly serverlessJobConfig?: ServerlessJobOptions;
}

interface TrainingPermissions extends TrainingRoleOptions {
  /** The subnets of the job, if it runs in a VPC. */
  readonly subnetIds?: readonly string[];
}

const REMOTE_DEBUG_ACTIONS = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map((action) => `ssmmessages:${action}`);

const MLFLOW_ACTIONS = [
  'CreateExperiment', 'GetExperiment', 'GetExperimentByName', 'SetExperimentTag',
  'CreateRun', 'GetRun', 'UpdateRun', 'SetTag',
  'LogBatch', 'LogInputs', 'LogMetric', 'LogModel', 'LogParam',
].map((action) => `sagemaker-mlflow:${action}`);

const MLFLOW_APP_ACTION = 'sagemaker:CallMlflowAppApi';

/** Grants the role of a training job the permissions that the resources of the job do not grant. */
export function grantTraining(scope: Construct, grantee: iam.IGrantable, permissions: TrainingPermissions): void {
  if (isImmutable(grantee)) return;
  const { enableRemoteDebug, mlflowConfig: mlflow, modelPackageConfig, serverlessJobConfig: serverless, subnetIds } = permissions;
  const rules = [...permissions.debugRuleConfigurations ?? [], ...permissions.profilerRuleConfigurations ?? []];
  const grant = (actions: string[], arn: string) => allow(grantee, { actions, resourceArns: [arn] });

  grantJob(scope, grantee, { logGroups: ['TrainingJobs', ...rules.length > 0 ? ['ProcessingJobs'] : []], subnetIds });
  if (enableRemoteDebug) grantAnywhere(grantee, REMOTE_DEBUG_ACTIONS);
  if (mlflow) grant(mlflowActions(asPattern(mlflow.mlflowResourceArn)), mlflow.mlflowResourceArn);
  if (serverless) {
    grantHubContent(scope, grantee, serverless.baseModelArn);
    serverless.evaluator?._grantUse(grantee);
  }
  if (modelPackageConfig) grantModelPackages(scope, grantee, modelPackageConfig);
}

/** An MLflow app authorizes all calls by one action. A tracking server has an action for each call. */
function mlflowActions(mlflowResourceArn: string): string[] {
  if (Token.isUnresolved(mlflowResourceArn)) return [...MLFLOW_ACTIONS, MLFLOW_APP_ACTION];
  return mlflowResourceArn.includes(':mlflow-app/') ? [MLFLOW_APP_ACTION] : MLFLOW_ACTIONS;
}

function grantModelPackages(scope: Construct, grantee: iam.IGrantable, { sourceModelPackageArn, ...options }: ModelPackageOptions): void {
  const modelPackageGroupArn = asPattern(options.modelPackageGroupArn);
  // A check reports a string that is no ARN.
  if (!Token.isUnresolved(modelPackageGroupArn) && !modelPackageGroupArn.startsWith('arn:')) return;
  const group = Stack.of(scope).splitArn(modelPackageGroupArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName;
  const packages = Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'model-package', resourceName: `${group}/*` });
  const grant = (actions: string[], arn: string) => allow(grantee, { actions, resourceArns: [arn] });
  grant(['sagemaker:CreateModelPackage', 'sagemaker:DescribeModelPackage', 'sagemaker:AddTags'], packages);
  grant(['sagemaker:DescribeModelPackageGroup'], modelPackageGroupArn);
  if (sourceModelPackageArn) grant(['sagemaker:DescribeModelPackage'], sourceModelPackageArn);
  acknowledgeWildcards(grantee, [packages], 'SageMaker chooses the number of the package in its group');
}
