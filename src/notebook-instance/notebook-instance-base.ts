import { ArnFormat, type IResource, Resource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';

/**
 * A notebook instance, defined in this app or imported.
 *
 * As a grantee, it represents its execution role. An instance that was imported without its role cannot receive permissions: a
 * grant adds a warning with the statement, or throws an error if the resource has a policy. Pass `role` to
 * `fromNotebookInstanceAttributes()`.
 */
export interface INotebookInstance extends IResource, iam.IGrantable, ec2.IConnectable {
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
   * The log group that all notebook instances in the account and Region share, so a metric filter or a grant applies to all of
   * them. The log streams of the instance begin with `<name>/`: `jupyter.log`, `LifecycleConfigOnCreate`, `LifecycleConfigOnStart`.
   * SageMaker publishes no metrics of notebook instances. For metrics, run the CloudWatch agent on the instance.
   */
  readonly logGroup: logs.ILogGroup;

  /**
   * Grants permission for actions on this instance.
   *
   * @param grantee the principal
   * @param actions the actions, such as `sagemaker:DescribeNotebookInstance`
   */
  grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant;

  /**
   * Grants permission to describe the instance.
   *
   * @param grantee the principal
   */
  grantDescribe(grantee: iam.IGrantable): iam.Grant;

  /**
   * Grants permission to create a presigned URL of the Jupyter server, which opens the instance.
   *
   * @param grantee the principal
   */
  grantCreatePresignedUrl(grantee: iam.IGrantable): iam.Grant;

  /**
   * Grants permission to start the instance. SageMaker starts it with the permissions of the caller. Therefore, the grantee is
   * also allowed to pass the role of the instance, to create its network interface, and to use the key of its volume and the
   * secrets of its code repositories. For an imported instance, pass `role` and `volumeEncryptionKey` to
   * `fromNotebookInstanceAttributes()`, and grant the permissions for its VPC and its private repositories separately.
   *
   * @param grantee the principal
   */
  grantStart(grantee: iam.IGrantable): iam.Grant;

  /**
   * Grants permission to stop the instance.
   *
   * @param grantee the principal
   */
  grantStop(grantee: iam.IGrantable): iam.Grant;

  /**
   * Creates an EventBridge rule that matches every status change of the instance. SageMaker may send an event more than once.
   *
   * @param id the ID of the rule
   * @param options the target and other options of the rule
   */
  onStateChange(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * Creates an EventBridge rule that matches when the instance is in service.
   *
   * @param id the ID of the rule
   * @param options the target and other options of the rule
   */
  onInService(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * Creates an EventBridge rule that matches when the instance has stopped.
   *
   * @param id the ID of the rule
   * @param options the target and other options of the rule
   */
  onStopped(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * Creates an EventBridge rule that matches when the instance has failed.
   *
   * @param id the ID of the rule
   * @param options the target and other options of the rule
   */
  onFailed(id: string, options?: events.OnEventOptions): events.Rule;
}

const LOG_GROUP = '/aws/sagemaker/NotebookInstances';

/**
 * A new or imported notebook instance.
 *
 * @internal
 */
export abstract class NotebookInstanceBase extends Resource implements INotebookInstance {
  public abstract readonly notebookInstanceName: string;
  public abstract readonly notebookInstanceArn: string;
  /** The principal of the execution role. */
  public abstract readonly grantPrincipal: iam.IPrincipal;
  /** The security groups of the instance. Throws an error for an instance without a VPC. */
  public abstract readonly connections: ec2.Connections;

  public get logGroup(): logs.ILogGroup {
    const id = 'LogGroup';
    return this.node.tryFindChild(id) as logs.ILogGroup | undefined ?? logs.LogGroup.fromLogGroupArn(this, id, Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: LOG_GROUP,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      account: this.env.account,
      region: this.env.region,
    }));
  }

  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.notebookInstanceArn] });
  }

  public grantDescribe(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'sagemaker:DescribeNotebookInstance');
  }

  public grantCreatePresignedUrl(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'sagemaker:CreatePresignedNotebookInstanceUrl');
  }

  public grantStart(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'sagemaker:StartNotebookInstance');
  }

  public grantStop(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'sagemaker:StopNotebookInstance');
  }

  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options);
  }

  public onInService(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'InService');
  }

  public onStopped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Stopped');
  }

  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Failed');
  }

  /**
   * The event detail that identifies the instance.
   *
   * @internal
   */
  protected _eventDetail(): { [member: string]: string[] } {
    return { NotebookInstanceName: [this.notebookInstanceName] };
  }

  private onStatus(id: string, options: events.OnEventOptions, ...statuses: string[]): events.Rule {
    const rule = new events.Rule(options.crossStackScope ?? this, id, options);
    rule.addEventPattern({
      source: ['aws.sagemaker'],
      detailType: ['SageMaker Notebook Instance State Change'],
      detail: {
        ...this._eventDetail(),
        ...statuses.length > 0 ? { NotebookInstanceStatus: statuses } : {},
      },
    });
    rule.addTarget(options.target);
    return rule;
  }
}
