import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { JobProvider } from './job-provider';
import { JobProviderOptions, keepSettings } from './provider-settings';

/**
 * The functions and state machines that manage the jobs of a scope. A stack has one function and one state machine for all of
 * its jobs. Configure them for an app, a stage or a stack.
 *
 * `Tags.of(app)`, `iam.PermissionsBoundary.of(app)` and `RemovalPolicies.of(app)` apply to these resources like to all others.
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
   * Returns the providers of a scope.
   *
   * @param scope an app, a stage or a stack. For `metricFailures()`, a stack or a construct in it
   */
  public static of(scope: IConstruct): JobProviders {
    return new JobProviders(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Configures the functions and state machines of an app, a stage or a stack. Options of an inner scope take precedence over options of an outer
   * scope, property by property. Call this method before the first job or notebook instance of a stack is defined. A call after
   * the function of the stack was created throws an error.
   *
   * @param options properties that are not specified keep their values
   */
  public configure(options: JobProviderOptions): void {
    keepSettings(this.scope, options);
  }

  /**
   * Returns the metric for failures of the function and the state machine of a stack, a sum over five minutes. After a failure,
   * CloudFormation may wait for a response until it times out, and a job may need to be stopped or deleted manually. Failed jobs do not
   * count. The scope must be a stack that contains a job.
   *
   * @param props the properties of the metric, whose statistic is always the sum
   *
   * @example
   * import { Stack } from 'aws-cdk-lib';
   * import { JobProviders } from 'cdk-sagemaker-jobs';
   *
   * declare const stack: Stack;
   *
   * JobProviders.of(stack).metricFailures().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
   */
  public metricFailures(props?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    if (!this.scope.node.scopes.some((scope) => Stack.isStack(scope))) {
      throw new Error(`${this.scope.node.path || 'App'}: metricFailures: the scope must be a stack, or a construct in a stack`);
    }
    const provider = JobProvider.tryFind(this.scope);
    if (!provider) throw new Error(`${this.scope.node.path}: metricFailures: the stack must contain a job before this call`);
    return provider.resources.metricFailures(props);
  }
}
