import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { JobProvider } from './private/provider';
import { keepSettings } from './private/provider-settings';

/** What can be said of the function and the state machine that look after the jobs of a stack. */
export interface JobProviderOptions {
  /**
   * The VPC of the function. From its subnets it must reach SageMaker, Step Functions and Amazon S3 (CloudFormation's
   * response URLs), through a NAT gateway or VPC endpoints.
   *
   * @default - the function is in no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the function. Only together with `vpc`.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the function. Only together with `vpc`.
   *
   * @default - one is made, which allows all outbound traffic
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The key that encrypts the function's environment, the state machine's executions and both log groups. The policy of a
   * key of this app is extended so that CloudWatch Logs may use it; the policy of an imported key has to allow that.
   *
   * @default - keys of AWS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long the logs of the function and of the state machine are kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * The function's memory, in MB: 128 to 10240.
   *
   * @default 256
   */
  readonly memorySize?: number;

  /**
   * The function's timeout: 30 seconds to 15 minutes. It limits one look at a job, not how long a job is waited for.
   *
   * @default Duration.minutes(1)
   */
  readonly timeout?: Duration;

  /**
   * What the names of the function's role and of the state machine's role begin with: at most 19 characters. With it they
   * are `<prefix><unique part of the stack id>-function` and `…-states`, and the deployment needs `CAPABILITY_NAMED_IAM`.
   *
   * @default - CloudFormation names the roles
   */
  readonly roleNamePrefix?: string;

  /**
   * Whether AWS X-Ray traces the function and the state machine.
   *
   * @default false
   */
  readonly tracing?: boolean;
}

/**
 * The functions and state machines that look after the jobs of a scope: a stack has one of each, however many jobs it
 * has. What an organization wants to control of them is said once, for an app, a stage or a stack.
 *
 * Tags, permissions boundaries and removal policies are CDK's own matter: `Tags.of(app)`, `iam.PermissionsBoundary.of(app)`
 * and `RemovalPolicies.of(app)` reach these resources like all others.
 *
 * @example
 * import { App } from 'aws-cdk-lib';
 * import * as logs from 'aws-cdk-lib/aws-logs';
 * import { JobProviders } from 'cdk-sagemaker-jobs';
 *
 * declare const app: App;
 *
 * JobProviders.of(app).configure({ logRetention: logs.RetentionDays.ONE_YEAR, roleNamePrefix: 'acme-' });
 */
export class JobProviders {
  /**
   * Those of a scope.
   *
   * @param scope an app, a stage or a stack
   */
  public static of(scope: IConstruct): JobProviders {
    return new JobProviders(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Says how they are made. What is said closer to a stack goes before what is said for the app, property by property.
   * It has to be said before the first job of a stack: what comes later is an error.
   *
   * @param options what is not given stays as it is
   */
  public configure(options: JobProviderOptions): void {
    keepSettings(this.scope, options);
  }

  /**
   * How often the function or the state machine of a stack failed by itself: a sum, over five minutes. An event of
   * CloudFormation may then have got no answer, and a job may need to be looked after by hand. Jobs that fail are no such
   * failures. Only of a stack with a job.
   *
   * @param options of the metric, whose statistic is always the sum
   *
   * @example
   * import { Stack } from 'aws-cdk-lib';
   * import { JobProviders } from 'cdk-sagemaker-jobs';
   *
   * declare const stack: Stack;
   *
   * JobProviders.of(stack).metricFailures().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
   */
  public metricFailures(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    const provider = JobProvider.tryFind(this.scope);
    if (!provider) throw new Error(`${this.scope.node.path}: metricFailures: only a stack with a job has a function and a state machine`);
    return provider.metricFailures(options);
  }
}
