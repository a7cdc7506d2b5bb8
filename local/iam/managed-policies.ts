import type { PolicyDocument, Statement } from './policy';

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

function allow(...Action: string[]): Statement {
  return { Effect: 'Allow', Action, Resource: '*' };
}

const STATEMENTS: { readonly [name: string]: Statement } = {
  'AdministratorAccess': allow('*'),
  'AWSXRayDaemonWriteAccess': allow(
    'xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:GetSamplingStatisticSummaries'),
  'AWSCloudFormationReadOnlyAccess': allow(
    'cloudformation:Describe*', 'cloudformation:Detect*', 'cloudformation:EstimateTemplateCost', 'cloudformation:Get*', 'cloudformation:List*',
    'cloudformation:ValidateTemplate'),
  // The permissions for the emulated services.
  'ReadOnlyAccess': allow('logs:FilterLogEvents', ...['cloudformation', 'ecr', 'iam', 'lambda', 'logs', 's3', 'sagemaker', 'ssm', 'states']
    .flatMap((service) => ['Describe', 'Get', 'List'].map((verb) => `${service}:${verb}*`))),
  'service-role/AWSLambdaBasicExecutionRole': allow(...LOGS),
  'service-role/AWSLambdaVPCAccessExecutionRole': allow(
    ...LOGS, 'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'),
};

/** The ARNs of the AWS managed policies that are emulated. */
export const MANAGED_BY_AWS = Object.keys(STATEMENTS).map((name) => `arn:aws:iam::aws:policy/${name}`);

/** Returns an AWS managed policy. Only the policies that the CDK attaches are emulated. */
export function managedPolicy(arn: string): PolicyDocument {
  const [, name] = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  if (name === undefined || !Object.hasOwn(STATEMENTS, name)) throw new Error(`The managed policy ${arn} is not emulated.`);
  return { Version: '2012-10-17', Statement: STATEMENTS[name] };
}
