import type { IResource } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';

/** A job of any kind, of this app or not. */
export interface IJob extends IResource {
  /**
   * The log group that all jobs of the kind write to in the account and region. The job's streams begin with its name.
   * A tuning job has none of its own: it is that of the training jobs, whose names begin with the tuning job's.
   */
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
}

/** A job whose changes are events in Amazon EventBridge. */
export interface IObservableJob extends IJob {
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
}
