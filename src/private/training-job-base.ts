import { Resource, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { ITrainingJob } from '../training-job-interface';

const NAMESPACE = '/aws/sagemaker/TrainingJobs';

/**
 * What can be done with a training job, whether it is of this app or not.
 *
 * @internal
 */
export abstract class TrainingJobBase extends Resource implements ITrainingJob {
  /** The name of the job (`TrainingJobName`). */
  public abstract readonly trainingJobName: string;
  /** The ARN of the job (`TrainingJobArn`). */
  public abstract readonly trainingJobArn: string;
  /**
   * The job's name, or `<prefix>-*` where a change of the job changes its name.
   *
   * @internal
   */
  protected abstract readonly _namePattern: string;

  /** The log group that all training jobs of the account and region write to. */
  public get logGroup(): logs.ILogGroup {
    const id = 'LogGroup';
    return this.node.tryFindChild(id) as logs.ILogGroup | undefined ?? logs.LogGroup.fromLogGroupName(this, id, NAMESPACE);
  }

  /** Allows actions on this job, and on those that take its place when it changes. */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    // The service makes lower case of names in ARNs.
    const resourceName = Token.isUnresolved(this._namePattern) ? this._namePattern : this._namePattern.toLowerCase();
    const { account, region } = this.env;
    return iam.Grant.addToPrincipal({
      grantee,
      actions,
      resourceArns: [Stack.of(this).formatArn({ service: 'sagemaker', region, account, resource: 'training-job', resourceName })],
    });
  }

  /** Allows to look at this job, and at those that take its place when it changes. */
  public grantDescribe(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'sagemaker:DescribeTrainingJob');
  }

  /** Allows to stop this job, and those that take its place when it changes. */
  public grantStop(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'sagemaker:StopTrainingJob');
  }

  /** A rule that matches whenever the status of the job changes, also of those that take its place when it changes. */
  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options);
  }

  /** A rule that matches when the job is completed. */
  public onCompleted(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Completed');
  }

  /** A rule that matches when the job has failed. */
  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Failed');
  }

  /** A rule that matches when the job was stopped. */
  public onStopped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Stopped');
  }

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

  private onStatus(id: string, options: events.OnEventOptions, ...statuses: string[]): events.Rule {
    const rule = new events.Rule(options.crossStackScope ?? this, id, options);
    rule.addEventPattern({
      source: ['aws.sagemaker'],
      detailType: ['SageMaker Training Job State Change'],
      detail: {
        TrainingJobName: [this._namePattern.endsWith('-*') ? { prefix: this._namePattern.slice(0, -1) } : this._namePattern],
        ...statuses.length > 0 ? { TrainingJobStatus: statuses } : {},
      },
    });
    rule.addTarget(options.target);
    return rule;
  }
}
