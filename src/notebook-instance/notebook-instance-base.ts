import { type IResource, Resource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';

/**
 * A notebook instance, created by this app or imported.
 *
 * As a grantee it stands for the role of the instance. An instance that was imported without its role is granted nothing.
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
   * Grants permission to start the instance. SageMaker starts it with the permissions of the caller. Therefore, the grantee is
   * also allowed to pass the role of the instance, to create its network interface, and to use the key of its volume and the
   * secrets of its code repositories. For an imported instance, pass `role` and `volumeEncryptionKey` to
   * `fromNotebookInstanceAttributes()`, and grant the permissions for its VPC and its private repositories separately.
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

const LOG_GROUP = '/aws/sagemaker/NotebookInstances';

/**
 * What can be done with a notebook instance, whether it is of this app or not.
 *
 * @internal
 */
export abstract class NotebookInstanceBase extends Resource implements INotebookInstance {
  /** The name of the instance (`NotebookInstanceName`). */
  public abstract readonly notebookInstanceName: string;
  /** The ARN of the instance (`NotebookInstanceArn`). */
  public abstract readonly notebookInstanceArn: string;
  /** The principal of the role that the instance runs with. */
  public abstract readonly grantPrincipal: iam.IPrincipal;
  /** The security groups of the instance. Reading them fails for an instance without a VPC. */
  public abstract readonly connections: ec2.Connections;

  /** The log group that all notebook instances of the account and region write to. */
  public get logGroup(): logs.ILogGroup {
    const id = 'LogGroup';
    return this.node.tryFindChild(id) as logs.ILogGroup | undefined ?? logs.LogGroup.fromLogGroupName(this, id, LOG_GROUP);
  }

  /** Allows actions on this instance. */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.notebookInstanceArn] });
  }

  /** Allows to look at the instance's settings and status. */
  public grantDescribe(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'sagemaker:DescribeNotebookInstance');
  }

  /** Allows to open the instance: to make a URL that leads to its Jupyter server, and to use it. */
  public grantPresignedUrl(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'sagemaker:CreatePresignedNotebookInstanceUrl');
  }

  /** Allows to start the instance. */
  public grantStart(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'sagemaker:StartNotebookInstance');
  }

  /** Allows to stop the instance. */
  public grantStop(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'sagemaker:StopNotebookInstance');
  }

  /** A rule that matches whenever the status of the instance changes. */
  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options);
  }

  /** A rule that matches when the instance has come into service. */
  public onInService(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'InService');
  }

  /** A rule that matches when the instance has stopped. */
  public onStopped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Stopped');
  }

  /** A rule that matches when the instance has failed. */
  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Failed');
  }

  /**
   * What events tell the instance by.
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
