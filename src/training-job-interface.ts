import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { IObservableJob } from './job-interface';

/** A training job, of this app or not. */
export interface ITrainingJob extends IObservableJob {
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
