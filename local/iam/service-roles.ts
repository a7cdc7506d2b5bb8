import { createHash } from 'node:crypto';
import type { CallContext } from './calls/permissions';
import { permissionsOfChange } from './calls/resource-changes';
import { permissionsOfSageMaker } from './calls/sagemaker';
import type { Iam } from './iam';
import type { AccessRequest } from './policy';
import type { FunctionRoles } from '../lambda';
import type { ExecutionRoles } from '../sagemaker/execution-role';
import type { StackRoles } from '../services';
import type { StateMachineRoles } from '../stepfunctions/role';

export interface ExecutionRolesOptions {
  readonly iam: Iam;
  readonly keyOfBucket: ExecutionRoles['keyOfBucket'];
}

/**
 * The resources that SageMaker supplies when it assumes a role, as documented: SageMaker AI Developer Guide, Cross-service confused
 * deputy prevention. No key is documented for tuning jobs and notebook instances.
 */
const SOURCES = /:(training-job|compilation-job|processing-job|transform-job|model)\/[^:]*$/;

/** The execution roles of jobs, notebook instances and models. */
export function executionRoles({ iam, keyOfBucket }: ExecutionRolesOptions): ExecutionRoles {
  return {
    canAssume: (roleArn, resourceArn) => iam.canAssume(roleArn, 'sagemaker.amazonaws.com', SOURCES.test(resourceArn) ? resourceArn : undefined),
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

/** The permissions of Step Functions to deliver logs: Step Functions Developer Guide, Logging in CloudWatch Logs. */
const LOG_DELIVERY = [
  'CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries', 'PutResourcePolicy', 'DescribeResourcePolicies',
  'DescribeLogGroups',
];

/** The roles of state machines. Their sessions have random names. */
export function stateMachineRoles(iam: Iam, context: CallContext): StateMachineRoles {
  const sessionOf = (roleArn: string) => (
    { roleArn, sessionName: createHash('sha256').update(roleArn).digest('base64url').replace(/[-_]/g, '').slice(0, 32) });
  const ruleArn = (name: string) => `arn:aws:events:${context.region}:${context.account}:rule/${name}`;
  return {
    trusts: (roleArn, stateMachineArn) => iam.trusts(roleArn, 'states.amazonaws.com', stateMachineArn),
    deliversLogs: (roleArn) => LOG_DELIVERY.every((operation) => iam.willAllow(roleArn, { action: `logs:${operation}`, resource: '*', context: {} })),
    refusal: (roleArn, functionArn) => iam.refusal(sessionOf(roleArn), { action: 'lambda:InvokeFunction', resource: functionArn, context: {} }),
    refusalOfCall: (roleArn, operation, input) => {
      const [refusal] = permissionsOfSageMaker(operation, input, context)!.flatMap((request) => iam.refusal(sessionOf(roleArn), request) ?? []);
      return refusal;
    },
    createsRule: (roleArn, name) => ['DescribeRule', 'PutRule', 'PutTargets'].every((operation) => (
      iam.willAllow(roleArn, { action: `events:${operation}`, resource: ruleArn(name), context: {} }))),
  };
}

/** The execution roles of stacks: CloudFormation User Guide, CloudFormation service role. No keys are documented for their assumption. */
export function stackRoles(iam: Iam, context: CallContext): StackRoles {
  const roleArnOf = (name: string) => Object.values(iam.rolesOfStacks()).find(({ roleName }) => roleName === name)?.roleArn
    ?? `arn:aws:iam::${context.account}:role/${name}`;
  const refusal = (roleArn: string, requests: readonly AccessRequest[]) => iam.isGivenExecutionRole(roleArn)
    ? undefined
    : requests.map((request) => iam.refusal({ roleArn, sessionName: 'AWSCloudFormation' }, request)).find((reason) => reason !== undefined);
  return {
    canAssume: (roleArn) => iam.isGivenExecutionRole(roleArn) || iam.canAssume(roleArn, 'cloudformation.amazonaws.com'),
    refusalOfChange: (roleArn, change) => refusal(roleArn, [
      ...permissionsOfChange(change, { ...context, roleArnOf }),
      // A nested stack has the execution role of its parent.
      ...change.type === 'AWS::CloudFormation::Stack'
        ? [{ action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } }]
        : [],
    ]),
    refusalOfInvocation: (roleArn, functionArn) => refusal(roleArn, [{ action: 'lambda:InvokeFunction', resource: functionArn, context: {} }]),
  };
}
