import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { ITrainingJob } from '../training-job-interface';
import { ObservableJobBase } from './job-base';

const NAMESPACE = '/aws/sagemaker/TrainingJobs';

/**
 * What can be done with a training job, whether it is of this app or not.
 *
 * @internal
 */
export abstract class TrainingJobBase extends ObservableJobBase implements ITrainingJob {
  /** The name of the job (`TrainingJobName`). */
  public abstract readonly trainingJobName: string;
  /** The ARN of the job (`TrainingJobArn`). */
  public abstract readonly trainingJobArn: string;
  /** @internal */
  protected readonly _kind = 'trainingJob';

  /** A metric of the job's first instance, in the namespace `/aws/sagemaker/TrainingJobs`. */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.makeMetric(metricName, { Host: `${this.trainingJobName}/algo-1` }, props);
  }

  /** A metric of the algorithm, as `metricDefinitions` or the algorithm itself define it. */
  public metricAlgorithm(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.makeMetric(metricName, { TrainingJobName: this.trainingJobName }, props);
  }

  /** How busy the CPUs of the first instance are, 0 to 100 for each CPU, in percent. */
  public metricCpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CPUUtilization', props);
  }

  /** How much of the memory of the first instance is in use, in percent. */
  public metricMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MemoryUtilization', props);
  }

  /** How busy the GPUs of the first instance are, 0 to 100 for each GPU, in percent. */
  public metricGpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('GPUUtilization', props);
  }

  /** How much of the memory of the GPUs of the first instance is in use, 0 to 100 for each GPU, in percent. */
  public metricGpuMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('GPUMemoryUtilization', props);
  }

  /** How much of the disks of the first instance is in use, in percent. */
  public metricDiskUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DiskUtilization', props);
  }

  private makeMetric(metricName: string, dimensionsMap: { [name: string]: string }, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({ namespace: NAMESPACE, metricName, dimensionsMap, statistic: cloudwatch.Stats.AVERAGE, ...props }).attachTo(this);
  }
}
