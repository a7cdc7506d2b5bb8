import { ArnFormat, Aws, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { ENVIRONMENT, FUNCTION_TIMEOUT_SECONDS } from '../contract';
import { HandlerCode } from './handler-code';
import { type JobProviderOptions, rolePathOf, settingsChecks } from './provider-settings';
import { stateMachineDefinition } from './state-machine';
import { acknowledge } from '../execution-role/accepted-finding';
import { NO_RESOURCES } from '../execution-role/job-permissions';
import { grantKey } from '../execution-role/key-access';
import { omitPathFromOverflowPolicies } from '../execution-role/overflow-policies';
import { acknowledgeWildcards } from '../execution-role/wildcards';
import { nonEmpty } from '../job/request-members';
import { Validation, within } from '../validation/construct-validation';

/** The permissions that Lambda requires for a function in a VPC, as in AWSLambdaVPCAccessExecutionRole. */
const NETWORK_ACTIONS = [
  'ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** The function and the state machine, with their roles and log groups. */
export class ProviderResources {
  readonly functionRole: iam.Role;
  readonly handler: lambda.Function;

  private readonly stackPart = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  private readonly stateMachine: sfn.StateMachine;

  constructor(private readonly scope: Construct, private readonly settings: JobProviderOptions) {
    new Validation(scope).add(...within('JobProviders.configure', settingsChecks(settings)));
    // The state machine refers to the function before it exists, and two stacks may have the same provider.
    const functionName = Fn.join('-', ['SageMakerJobs', this.stackPart]);
    this.stateMachine = this.createStateMachine(this.arn('lambda', 'function', functionName));
    const logGroup = this.createLogGroup('FunctionLogs');
    this.functionRole = this.createRole('FunctionRole', 'function', new iam.ServicePrincipal('lambda.amazonaws.com'));
    logGroup.grantWrite(this.functionRole);
    this.allowExecutions();
    this.handler = this.createFunction(functionName, logGroup);
  }

  metricFailures(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    const period = Duration.minutes(5);
    const sum = { statistic: cloudwatch.Stats.SUM, period };
    return new cloudwatch.MathExpression({
      label: 'Failures of the job provider',
      period,
      ...options,
      expression: 'FILL(errors, 0) + FILL(failed, 0) + FILL(timedOut, 0)',
      usingMetrics: {
        errors: this.handler.metricErrors(sum),
        failed: this.stateMachine.metricFailed(sum),
        timedOut: this.stateMachine.metricTimedOut(sum),
      },
    });
  }

  private createFunction(functionName: string, logGroup: logs.ILogGroup): lambda.Function {
    const {
      allowAllOutbound, enableFailureLogs = true, enableTracing, encryptionKey, memorySize = 256, securityGroups, timeout, vpc, vpcSubnets,
    } = this.settings;
    if (vpc) this.allowNetwork();
    const handler = new lambda.Function(this.scope, 'Function', {
      description: 'Creates, polls, stops and deletes the SageMaker jobs of a stack',
      functionName,
      runtime: lambda.Runtime.NODEJS_22_X,
      code: new HandlerCode(),
      handler: 'index.handler',
      timeout: timeout ?? Duration.seconds(FUNCTION_TIMEOUT_SECONDS),
      memorySize,
      role: this.functionRole,
      logGroup,
      environment: {
        [ENVIRONMENT.stateMachine]: this.stateMachine.stateMachineArn,
        ...enableFailureLogs ? {} : { [ENVIRONMENT.failureLogs]: 'false' },
        ...timeout && { [ENVIRONMENT.timeout]: `${timeout.toSeconds()}` },
      },
      environmentEncryption: encryptionKey,
      tracing: enableTracing ? lambda.Tracing.ACTIVE : undefined,
      ...vpc && { vpc, vpcSubnets, ...nonEmpty(securityGroups) ? { securityGroups } : { allowAllOutbound } },
    });
    acknowledgeFunction(handler, this.settings);
    return handler;
  }

  private createStateMachine(functionArn: string): sfn.StateMachine {
    const { encryptionKey, enableTracing } = this.settings;
    const { account } = Stack.of(this.scope);
    const role = this.createRole('StateMachineRole', 'states', new iam.ServicePrincipal('states.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': this.arn('states', 'stateMachine', '*') } },
    }));
    // CloudWatch Logs and X-Ray do not support resource-level permissions for the actions that the CDK grants.
    acknowledgeWildcards(role, ['*'], NO_RESOURCES);
    const stateMachine = new sfn.StateMachine(this.scope, 'StateMachine', {
      comment: 'Runs the function again and again until a job is as CloudFormation wants it',
      definitionBody: sfn.DefinitionBody.fromString(Stack.of(this.scope).toJsonString(stateMachineDefinition(functionArn))),
      role,
      // All steps are logged, but without their input, which contains the response URL of CloudFormation.
      logs: { destination: this.createLogGroup('StateMachineLogs'), level: sfn.LogLevel.ALL, includeExecutionData: false },
      encryptionConfiguration: encryptionKey && new sfn.CustomerManagedEncryptionConfiguration(encryptionKey),
      tracingEnabled: enableTracing || undefined,
    });
    acknowledgeStateMachine(stateMachine, this.settings);
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }));
    return stateMachine;
  }

  private allowNetwork(): void {
    this.functionRole.addToPolicy(new iam.PolicyStatement({ actions: NETWORK_ACTIONS, resources: ['*'] }));
    acknowledgeWildcards(this.functionRole, ['*'], 'The managed policy of Lambda grants these permissions on all resources, too');
  }

  private allowExecutions(): void {
    const { stateMachineArn, stateMachineName } = this.stateMachine;
    this.functionRole.addToPolicy(new iam.PolicyStatement({
      actions: ['states:StartExecution', 'states:ListExecutions'],
      resources: [stateMachineArn],
    }));
    const executions = this.arn('states', 'execution', `${stateMachineName}:*`);
    this.functionRole.addToPolicy(new iam.PolicyStatement({ actions: ['states:StopExecution'], resources: [executions] }));
    acknowledgeWildcards(this.functionRole, [executions], 'The name of an execution depends on an event of CloudFormation');
    // Step Functions encrypts and decrypts the input of an execution with the permissions of the caller.
    if (this.settings.encryptionKey) grantKey(this.settings.encryptionKey, this.functionRole, ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  private createRole(id: string, purpose: string, assumedBy: iam.IPrincipal): iam.Role {
    const { roleNamePrefix } = this.settings;
    return omitPathFromOverflowPolicies(new iam.Role(this.scope, id, {
      assumedBy,
      path: rolePathOf(this.scope),
      roleName: roleNamePrefix === undefined ? undefined : Fn.join('', [roleNamePrefix, this.stackPart, `-${purpose}`]),
    }));
  }

  private createLogGroup(id: string): logs.LogGroup {
    const { encryptionKey, logRetention: retention = logs.RetentionDays.ONE_MONTH } = this.settings;
    if (encryptionKey) this.allowLogs(encryptionKey);
    return new logs.LogGroup(this.scope, id, { retention, encryptionKey, removalPolicy: RemovalPolicy.DESTROY });
  }

  /** CloudWatch Logs uses the key itself, for log groups of the account. */
  private allowLogs(key: kms.IKey): void {
    const { region } = Stack.of(this.scope);
    key.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': this.arn('logs', 'log-group', '*') } },
    }));
  }

  private arn(service: string, resource: string, resourceName: string): string {
    return Stack.of(this.scope).formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  }
}

const RUNTIME = 'The function is bundled for this runtime and tested with it; releases of the library update it';
const NO_TRACING = 'Tracing incurs costs for each step; JobProviders.of(app).configure({ enableTracing: true }) enables it';
const NO_QUEUE = 'An event that is handled after a delay in a queue has no effect: CloudFormation itself reports a missing response';

/** Acknowledges the findings of cdk-nag about the function. */
export function acknowledgeFunction(handler: lambda.Function, { enableTracing }: JobProviderOptions): void {
  acknowledge(handler, () => [
    { id: 'AwsSolutions::AwsSolutions-L1', reason: RUNTIME },
    { id: 'Serverless::Serverless-LambdaLatestVersion', reason: RUNTIME },
    { id: 'Serverless::Serverless-LambdaDLQ', reason: NO_QUEUE },
    ...enableTracing ? [] : [{ id: 'Serverless::Serverless-LambdaTracing', reason: NO_TRACING }],
  ]);
}

/** Acknowledges the findings of cdk-nag about the state machine. */
export function acknowledgeStateMachine(stateMachine: sfn.StateMachine, { enableTracing }: JobProviderOptions): void {
  if (enableTracing) return;
  acknowledge(stateMachine, () => [
    { id: 'AwsSolutions::AwsSolutions-SF2', reason: NO_TRACING },
    { id: 'Serverless::Serverless-StepFunctionStateMachineXray', reason: NO_TRACING },
  ]);
}
