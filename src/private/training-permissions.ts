import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { MlflowConfig, ModelPackageConfig } from '../experiment';
import type { ServerlessJobConfig } from '../serverless-job';
import { grantJob } from './job-permissions';

/** What the role of a training job has to be able to do beyond what it is granted by the things that the job uses. */
export interface TrainingPermissions {
  readonly inVpc: boolean;
  readonly rules?: boolean;
  readonly remoteDebug?: boolean;
  readonly mlflow?: MlflowConfig;
  readonly modelPackage?: ModelPackageConfig;
  readonly serverless?: ServerlessJobConfig;
}

const REMOTE_DEBUG_ACTIONS = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map((action) => `ssmmessages:${action}`);

const MLFLOW_ACTIONS = [
  'CreateExperiment', 'GetExperiment', 'GetExperimentByName', 'SetExperimentTag',
  'CreateRun', 'GetRun', 'UpdateRun', 'SetTag',
  'LogBatch', 'LogInputs', 'LogMetric', 'LogModel', 'LogParam',
].map((action) => `sagemaker-mlflow:${action}`);

export function grantTraining(scope: Construct, grantee: iam.IGrantable, permissions: TrainingPermissions): void {
  const { inVpc, rules, remoteDebug, mlflow, modelPackage, serverless } = permissions;
  const grant = (actions: string[], resourceArns: string[]) => iam.Grant.addToPrincipal({ grantee, actions, resourceArns });

  grantJob(scope, grantee, { logGroups: ['TrainingJobs', ...rules ? ['ProcessingJobs'] : []], inVpc });
  if (remoteDebug) grant(REMOTE_DEBUG_ACTIONS, ['*']);
  if (mlflow) grant(MLFLOW_ACTIONS, [mlflow.mlflowResourceArn]);
  if (serverless) grantServerless(grant, serverless);
  if (modelPackage) grantModelPackages(scope, grant, modelPackage);
}

type GrantActions = (actions: string[], resourceArns: string[]) => iam.Grant;

function grantServerless(grant: GrantActions, { baseModelArn, evaluatorArn }: ServerlessJobConfig): void {
  grant(['sagemaker:DescribeHubContent'], [baseModelArn]);
  if (evaluatorArn?.includes(':lambda:')) grant(['lambda:InvokeFunction'], [evaluatorArn]);
}

function grantModelPackages(scope: Construct, grant: GrantActions, { modelPackageGroupArn, sourceModelPackageArn }: ModelPackageConfig): void {
  const group = Stack.of(scope).splitArn(modelPackageGroupArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName;
  const packages = Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'model-package', resourceName: `${group}/*` });
  grant(['sagemaker:CreateModelPackage', 'sagemaker:DescribeModelPackage', 'sagemaker:AddTags'], [packages]);
  grant(['sagemaker:DescribeModelPackageGroup', 'sagemaker:CreateModelPackage'], [modelPackageGroupArn]);
  if (sourceModelPackageArn) grant(['sagemaker:DescribeModelPackage'], [sourceModelPackageArn]);
}
