import { createHash } from 'node:crypto';
import type { Iam } from './iam';
import type { FunctionRoles } from '../lambda';
import type { ExecutionRoles } from '../sagemaker/execution-role';
import type { StateMachineRoles } from '../stepfunctions/role';

/** The roles of jobs, notebook instances and models. */
export function executionRoles(iam: Iam, keyOfBucket: ExecutionRoles['keyOfBucket']): ExecutionRoles {
  return {
    canAssume: (roleArn, resourceArn) => iam.canAssume(roleArn, 'sagemaker.amazonaws.com', resourceArn),
    refusal: (roleArn, { action, resource, context = {} }) => iam.refusal({ roleArn, sessionName: 'SageMaker' }, { action, resource, context }),
    keyOfBucket,
  };
}

/** The roles of functions. */
export function functionRoles(iam: Iam, region: string, account: string): FunctionRoles {
  return {
    trusts: (roleArn, functionArn) => iam.trusts(roleArn, 'lambda.amazonaws.com', functionArn),
    writesLogs: (roleArn, logGroup) => ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) => iam.willAllow(roleArn, {
      action, resource: `arn:aws:logs:${region}:${account}:log-group:${logGroup}:log-stream:local`, context: {},
    })),
    createsLogGroup: (roleArn, logGroup) => iam.willAllow(roleArn, {
      action: 'logs:CreateLogGroup', resource: `arn:aws:logs:${region}:${account}:log-group:${logGroup}`, context: {},
    }),
  };
}

/** What Step Functions needs to deliver logs: Step Functions Developer Guide, Logging in CloudWatch Logs. */
const LOG_DELIVERY = [
  'CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries', 'PutResourcePolicy', 'DescribeResourcePolicies',
  'DescribeLogGroups',
];

/** The roles of state machines; their sessions have names that say nothing. */
export function stateMachineRoles(iam: Iam): StateMachineRoles {
  return {
    trusts: (roleArn, stateMachineArn) => iam.trusts(roleArn, 'states.amazonaws.com', stateMachineArn),
    deliversLogs: (roleArn) => LOG_DELIVERY.every((operation) => iam.willAllow(roleArn, { action: `logs:${operation}`, resource: '*', context: {} })),
    refusal: (roleArn, functionArn) => iam.refusal(
      { roleArn, sessionName: createHash('sha256').update(roleArn).digest('base64url').replace(/[-_]/g, '').slice(0, 32) },
      { action: 'lambda:InvokeFunction', resource: functionArn, context: {} },
    ),
  };
}
