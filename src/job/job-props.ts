import type { Duration, IResource, RemovalPolicy } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';

/**
 * A job of any kind, defined in this app or imported.
 *
 * As a grantee, it represents its execution role. A tuning job represents all roles of its definitions: each of them receives the
 * permission. A job that was imported without its role cannot receive permissions: a grant adds a warning with the statement, or
 * throws an error if the resource has a policy. Pass `role` to `from…Attributes()`.
 */
export interface IJob extends IResource, iam.IGrantable, ec2.IConnectable {
  /**
   * The log group of all jobs of this kind. It is shared by all jobs in the account and Region, so a metric filter or a grant applies
   * to all of them. The names of this job's log streams begin with its name. A tuning job uses the log group of
   * its training jobs, whose names begin with the name of the tuning job.
   */
  readonly logGroup: logs.ILogGroup;

  /**
   * Grants permission for actions on this job and its replacements.
   *
   * @param grantee the principal
   * @param actions the actions, such as `sagemaker:DescribeTrainingJob`
   */
  grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant;

  /**
   * Grants permission to describe this job and its replacements.
   *
   * @param grantee the principal
   */
  grantDescribe(grantee: iam.IGrantable): iam.Grant;

  /**
   * Grants permission to stop this job and its replacements.
   *
   * @param grantee the principal
   */
  grantStop(grantee: iam.IGrantable): iam.Grant;

  /**
   * Grants permission to read the output of the job in S3 and to decrypt it, such as for the role of a model that is created from
   * the output. An imported job requires its output in `from…Attributes()`.
   *
   * @param grantee the principal
   */
  grantReadOutput(grantee: iam.IGrantable): iam.Grant;
}

/** A job that sends events to Amazon EventBridge. */
export interface IObservableJob extends IJob {
  /**
   * Creates an EventBridge rule that matches every status change of this job and its replacements.
   *
   * @param id the ID of the rule
   * @param options the target and other options of the rule
   */
  onStateChange(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * Creates an EventBridge rule that matches when the job has completed.
   *
   * @param id the ID of the rule
   * @param options the target and other options of the rule
   */
  onCompleted(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * Creates an EventBridge rule that matches when the job has failed.
   *
   * @param id the ID of the rule
   * @param options the target and other options of the rule
   */
  onFailed(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * Creates an EventBridge rule that matches when the job was stopped.
   *
   * @param id the ID of the rule
   * @param options the target and other options of the rule
   */
  onStopped(id: string, options?: events.OnEventOptions): events.Rule;
}

/** A job whose instances publish metrics in Amazon CloudWatch. */
export interface IMeasuredJob extends IObservableJob {
  /**
   * Returns a metric of the job's first instance, in the namespace with the name of the log group, such as
   * `/aws/sagemaker/TrainingJobs`. For another instance, specify `dimensionsMap: { Host: '<name>/algo-2' }`.
   *
   * @param metricName the name of the metric
   * @param props the properties of the metric (default: the average over 5 minutes)
   */
  metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Returns the CPU utilization of the first instance in percent, 0 to 100 for each CPU.
   *
   * @param props the properties of the metric (default: the average over 5 minutes)
   */
  metricCpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Returns the memory utilization of the first instance in percent.
   *
   * @param props the properties of the metric (default: the average over 5 minutes)
   */
  metricMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Returns the GPU utilization of the first instance in percent, 0 to 100 for each GPU.
   *
   * @param props the properties of the metric (default: the average over 5 minutes)
   */
  metricGpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Returns the GPU memory utilization of the first instance in percent, 0 to 100 for each GPU.
   *
   * @param props the properties of the metric (default: the average over 5 minutes)
   */
  metricGpuMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Returns the disk utilization of the first instance in percent.
   *
   * @param props the properties of the metric (default: the average over 5 minutes)
   */
  metricDiskUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** Deployment options common to all jobs. */
export interface JobOptions {
  /**
   * An arbitrary value. A new value runs the job again. Returning to an earlier value reuses the job that ran with it. New data
   * at the same location does not run a job again.
   *
   * @default - the job runs again only when something changes that its result depends on
   */
  readonly rerunTrigger?: string;

  /**
   * Whether the deployment waits until the job has ended, and fails if the job fails. Otherwise, the deployment continues once
   * the job is created, and values that are known only at the end, such as the location of the model, cannot be read.
   *
   * @default true
   */
  readonly waitForCompletion?: boolean;

  /**
   * The maximum time that the deployment waits for the job, at most 183 hours. After this time, the job is stopped and the
   * deployment fails. Cannot be combined with `waitForCompletion: false`. Required if a limit of the job is a token.
   *
   * The limit of a job is its `maxRuntime`, or `maxWaitTime` with managed spot training, plus `maxPendingTime`. The limit of a
   * tuning job is its `maxRuntime`, or the limits of all rounds of training jobs.
   *
   * @default - the limit of the job plus 45 minutes, at most 183 hours; 24 hours for a job without a limit
   */
  readonly waitTimeout?: Duration;

  /**
   * Whether the deployment succeeds if the job is stopped, by one of its limits or by another principal. The result is
   * what the job had stored when it stopped. Otherwise, the deployment fails.
   *
   * @default false
   */
  readonly acceptStopped?: boolean;

  /**
   * The policy when the job is removed from the stack. `DESTROY` stops the job, and deletes its record with the stack. `RETAIN`
   * keeps both, and the role and the security group that were created for the job. With either policy, the
   * job is stopped if its creation is rolled back or it is replaced. Outputs in S3 are always kept.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}
