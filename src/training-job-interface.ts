import type { IResource } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';

/** A training job, of this app or not. */
export interface ITrainingJob extends IResource {
  /**
   * The name of the job (`TrainingJobName`).
   *
   * @attribute
   */
  readonly trainingJobName: string;

  /**
   * The ARN of the job (`TrainingJobArn`).
   *
   * @attribute
   */
  readonly trainingJobArn: string;

  /** The log group that all training jobs of the account and region write to; the job's streams begin with `<name>/algo-`. */
  readonly logGroup: logs.ILogGroup;

  /**
   * Allows actions on this job, and on those that take its place when it changes.
   *
   * @param grantee who may take the actions
   * @param actions the actions, such as `sagemaker:DescribeTrainingJob`
   */
  grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant;

  /**
   * Allows to look at this job, and at those that take its place when it changes.
   *
   * @param grantee who may look at it
   */
  grantDescribe(grantee: iam.IGrantable): iam.Grant;

  /**
   * Allows to stop this job, and those that take its place when it changes.
   *
   * @param grantee who may stop it
   */
  grantStop(grantee: iam.IGrantable): iam.Grant;

  /**
   * A rule that matches whenever the status of the job changes, also of those that take its place when it changes.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onStateChange(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * A rule that matches when the job is completed.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onCompleted(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * A rule that matches when the job has failed.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onFailed(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * A rule that matches when the job was stopped.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onStopped(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * A metric of the job's first instance, in the namespace `/aws/sagemaker/TrainingJobs`. For another instance give
   * `dimensionsMap: { Host: '<name>/algo-2' }`.
   *
   * @param metricName the name of the metric
   * @param props settings of the metric (default: the average of five minutes)
   */
  metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * A metric of the algorithm, as `metricDefinitions` or the algorithm itself define it.
   *
   * @param metricName the name of the metric
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricAlgorithm(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How busy the CPUs of the first instance are, 0 to 100 for each CPU, in percent.
   *
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricCpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How much of the memory of the first instance is in use, in percent.
   *
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How busy the GPUs of the first instance are, 0 to 100 for each GPU, in percent.
   *
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricGpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How much of the memory of the GPUs of the first instance is in use, 0 to 100 for each GPU, in percent.
   *
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricGpuMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How much of the disks of the first instance is in use, in percent.
   *
   * @param props settings of the metric (default: the average of five minutes)
   */
  metricDiskUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric;
}
