import type { IResource } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';

/** A notebook instance, of this app or not. */
export interface INotebookInstance extends IResource {
  /**
   * The name of the instance (`NotebookInstanceName`).
   *
   * @attribute
   */
  readonly notebookInstanceName: string;

  /**
   * The ARN of the instance (`NotebookInstanceArn`).
   *
   * @attribute
   */
  readonly notebookInstanceArn: string;

  /**
   * The log group that all notebook instances of the account and region write to. The instance's streams begin with
   * `<name>/`: `jupyter.log`, `LifecycleConfigOnCreate`, `LifecycleConfigOnStart`. The service has no metrics of notebook
   * instances: run the CloudWatch agent on the instance where they are wanted.
   */
  readonly logGroup: logs.ILogGroup;

  /**
   * Allows actions on this instance.
   *
   * @param grantee who may take the actions
   * @param actions the actions, such as `sagemaker:DescribeNotebookInstance`
   */
  grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant;

  /**
   * Allows to look at the instance's settings and status.
   *
   * @param grantee who may look at it
   */
  grantDescribe(grantee: iam.IGrantable): iam.Grant;

  /**
   * Allows to open the instance: to make a URL that leads to its Jupyter server, and to use it.
   *
   * @param grantee who may open it
   */
  grantPresignedUrl(grantee: iam.IGrantable): iam.Grant;

  /**
   * Allows to start the instance. The service does in the name of who starts it what a start takes: it passes the role,
   * makes the network interface, uses the key, reads the secrets of repositories. An instance of this app allows that as
   * well; of an imported one no more than its name is known, so that `sagemaker:StartNotebookInstance` is all that this
   * allows: add `iam:PassRole` for its role, and what its VPC, key and repositories take.
   *
   * @param grantee who may start it
   */
  grantStart(grantee: iam.IGrantable): iam.Grant;

  /**
   * Allows to stop the instance.
   *
   * @param grantee who may stop it
   */
  grantStop(grantee: iam.IGrantable): iam.Grant;

  /**
   * A rule that matches whenever the status of the instance changes. The service may send an event more than once.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onStateChange(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * A rule that matches when the instance has come into service.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onInService(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * A rule that matches when the instance has stopped.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onStopped(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * A rule that matches when the instance has failed.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onFailed(id: string, options?: events.OnEventOptions): events.Rule;
}
