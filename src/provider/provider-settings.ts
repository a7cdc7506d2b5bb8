import { type Duration, Stack, Stage, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { networkChecks } from '../job/job-network';
import { type Check, textViolations, Validation, within } from '../validation/construct-validation';
import type { Violation } from '../validation/violation';

/** Options for the function and the state machine that manage the jobs of a stack. */
export interface JobProviderOptions {
  /**
   * The VPC that the function connects to. The subnets need a route to SageMaker, Step Functions, Amazon S3 and CloudWatch Logs,
   * through a NAT gateway or VPC endpoints. It is not the VPC of the jobs, which have a prop of their own.
   *
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the VPC in which the function has its network interfaces. Requires `vpc`.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the function. Requires `vpc`.
   *
   * @default - a new security group without inbound traffic if `vpc` is specified
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the new security group of the function allows all outbound traffic. Requires `vpc`. Has no effect on `securityGroups`.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;

  /**
   * The KMS key that encrypts the environment of the function, the executions of the state machine and both log groups. With a
   * key, events about executions on the default event bus contain neither the request of a job nor the response URL. The
   * policy of a key of this app is extended so that CloudWatch Logs can use it. The policy of an imported key must allow this.
   *
   * @default - AWS owned and AWS managed keys
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The retention period of the logs of the function and the state machine.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Whether the function prints the last 30 lines of a failed job's log into its own log, which the CDK CLI shows. It reads at most
   * three log streams and hides values that may be secrets. The line with the error also appears in the events of the stack.
   *
   * @default true
   */
  readonly enableFailureLogs?: boolean;

  /**
   * The memory size of the function in MB, 128 to 10240.
   *
   * @default 256
   */
  readonly memorySize?: number;

  /**
   * The timeout of the function, 30 seconds to 15 minutes. It limits one step, not the runtime of a job.
   *
   * @default Duration.minutes(1)
   */
  readonly timeout?: Duration;

  /**
   * The prefix of the names of the function's role and the state machine's role, at most 19 characters. The names are
   * `<prefix><unique part of the stack ID>-function` and `…-states`, and the deployment requires `CAPABILITY_NAMED_IAM`.
   *
   * @default - CloudFormation generates the names of the roles
   */
  readonly roleNamePrefix?: string;

  /**
   * The path of all roles that are created for jobs, notebook instances, schedules, the function and the state machine, such as
   * `/acme/`: at most 400 characters, with a slash at both ends. The paths of the roles of jobs and notebook instances have
   * additional parts, by which the function is allowed to pass them.
   *
   * @default '/'
   */
  readonly rolePath?: string;

  /**
   * Whether the trust policies of the roles that are created for tuning jobs, optimization jobs and notebook instances
   * require `aws:SourceAccount`. AWS does not document this key for them. If SageMaker does not supply it, it cannot assume the
   * roles. Roles of other jobs always require the documented `aws:SourceArn`.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
   */
  readonly requireSourceAccount?: boolean;

  /**
   * Whether to trace the function and the state machine with AWS X-Ray.
   *
   * @default false
   */
  readonly enableTracing?: boolean;
}

/** The ID of the provider in its stack. */
export const PROVIDER_ID = 'SageMakerJobProvider';

const SETTINGS = Symbol.for('cdk-sagemaker-jobs.JobProviderOptions');

interface WithSettings {
  [SETTINGS]?: JobProviderOptions;
}

/** Stores the options of a scope. */
export function keepSettings(scope: IConstruct, options: JobProviderOptions): void {
  // The function of a stack does not see options of a construct inside of it.
  if (!Stage.isStage(scope) && !Stack.isStack(scope)) throw new Error(`${scope.node.path}: JobProviders.configure: the scope must be an app, a stage or a stack`);
  const made = scope.node.findAll().find((construct) => Stack.isStack(construct) && construct.node.tryFindChild(PROVIDER_ID));
  if (made) throw new Error(`${made.node.path}: JobProviders.configure: must be called before the first job or notebook instance of the stack is defined`);
  const holder = scope as unknown as WithSettings;
  // Not a check of the provider, because the path also applies to notebook instances, which a stack without a provider can have.
  if (!holder[SETTINGS]) new Validation(scope).add(...within('JobProviders.configure', [() => pathViolations(holder[SETTINGS]?.rolePath)]));
  holder[SETTINGS] = { ...holder[SETTINGS], ...withoutUndefined(options) };
}

/** Returns the options that apply to a scope. Options of inner scopes take precedence. */
export function settingsOf(scope: IConstruct): JobProviderOptions {
  return Object.assign({}, ...scope.node.scopes.map((outer) => (outer as unknown as WithSettings)[SETTINGS]));
}

/** Checks the options of a provider. */
export function settingsChecks(options: JobProviderOptions): Check[] {
  const { memorySize, roleNamePrefix, timeout } = options;
  return [
    () => outside('memorySize', memorySize, 128, 10240, 'MB'),
    () => outside('timeout', timeout?.isUnresolved() ? undefined : timeout?.toSeconds(), 30, 900, 'seconds'),
    () => textViolations('roleNamePrefix', roleNamePrefix, { min: 1, max: 19 }),
    ...networkChecks(options),
  ];
}

/** Returns the path that is configured for all roles, unless a check reports it. A later call of `configure` can change it. */
export function rolePathOf(scope: IConstruct): string | undefined {
  const { rolePath } = settingsOf(scope);
  return pathViolations(rolePath).length === 0 ? rolePath : undefined;
}

/** The format of IAM: visible ASCII characters between slashes. */
function pathViolations(path: string | undefined): Violation[] {
  const property = 'rolePath';
  if (path === undefined) return [];
  if (Token.isUnresolved(path)) return [{ property, rule: 'must be known at synthesis', value: 'a token' }];
  if (!/^\/([\x21-\x7e]+\/)?$/.test(path)) return [{ property, rule: 'must begin and end with a slash', value: path }];
  return path.length > 400 ? [{ property, rule: 'must have at most 400 characters', value: `${path.length} characters` }] : [];
}

function outside(property: string, value: number | undefined, min: number, max: number, unit: string): Violation[] {
  if (value === undefined || Token.isUnresolved(value) || (value >= min && value <= max)) return [];
  return [{ property, rule: `must be ${min} to ${max} ${unit}`, value }];
}

function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
