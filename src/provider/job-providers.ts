import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { JobProvider } from './job-provider';
import { JobProviderOptions, keepSettings } from './provider-settings';

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
    return provider.resources.metricFailures(options);
  }
}
