import { type RemovalPolicy, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { ImportedNotebookInstance, type NotebookInstanceAttributes } from './imported-notebook-instance';
import { NotebookInstanceLifecycleScript } from './lifecycle-script';
import { notebookChecks } from './notebook-checks';
import { NotebookInstanceCodeRepository } from './notebook-code-repository';
import { INotebookInstance, NotebookInstanceBase } from './notebook-instance-base';
import { INotebookInstanceLifecycleConfig, NotebookInstanceLifecycleConfig } from './notebook-instance-lifecycle-config';
import { NotebookInstanceProps } from './notebook-instance-props';
import { NotebookInstanceMetadataServiceVersion, NotebookInstancePlatformIdentifier } from './notebook-options';
import { notebookInstanceRequest } from './notebook-request';
import { NotebookRole } from './notebook-role';
import { NotebookSchedules } from './notebook-schedule';
import { grantWhatStartNeeds, type NotebookStart } from './notebook-start-permissions';
import { NotebookStateResource } from './notebook-state-resource';
import { lowerCaseName } from '../job/job-name';
import { importedGroup } from '../job/job-network';
import { applyRemovalPolicy } from '../job/removal-policy';
import { gibibytesOf, nonEmpty } from '../job/request-members';
import { Validation } from '../validation/construct-validation';
import { nameInArn } from '../validation/imported-arn';
import { propertyViolations, typedFactories, typedProps } from '../validation/property-types';
import { requestViolations } from '../validation/request-violations';
import { environmentOf } from '../validation/stack-environment';

/** The platform that instances are created with. */
const DEFAULT_PLATFORM = NotebookInstancePlatformIdentifier.NOTEBOOK_AL2023_V1;

/**
 * A notebook instance: an ML compute instance that runs Jupyter.
 *
 * A CloudFormation resource creates the instance. A custom resource is added for features that CloudFormation does not support:
 * described values, such as `notebookInstanceUrl`, and the props `desiredState`, `ipAddressType` and `restartOnLifecycleConfigChange`.
 *
 * @resource AWS::SageMaker::NotebookInstance
 * @example
 * import { App, CfnOutput, Duration, Stack, TimeZone } from 'aws-cdk-lib';
 * import * as ec2 from 'aws-cdk-lib/aws-ec2';
 * import * as kms from 'aws-cdk-lib/aws-kms';
 * import * as scheduler from 'aws-cdk-lib/aws-scheduler';
 * import { NotebookInstanceCodeRepository, NotebookInstance, MlInstanceType } from 'cdk-sagemaker-jobs';
 *
 * const stack = new Stack(new App(), 'Notebooks');
 * const notebook = new NotebookInstance(stack, 'Notebook', {
 *   instanceType: MlInstanceType.ML_T3_MEDIUM,
 *   vpc: new ec2.Vpc(stack, 'Vpc'),
 *   volumeEncryptionKey: new kms.Key(stack, 'Key'),
 *   defaultCodeRepository: NotebookInstanceCodeRepository.fromGitUrl('https://github.com/aws/amazon-sagemaker-examples.git'),
 *   idleStop: { after: Duration.hours(1) },
 *   schedule: {
 *     stop: scheduler.ScheduleExpression.cron({ hour: '20', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }),
 *   },
 * });
 *
 * new CfnOutput(stack, 'Url', { value: notebook.notebookInstanceUrl });
 */
@propertyInjectable
@typedFactories('NotebookInstance')
export class NotebookInstance extends NotebookInstanceBase implements INotebookInstance {
  /** The ID of this class for property injectors. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.NotebookInstance';

  /**
   * Imports a notebook instance by its ARN. The name of the construct is the one in the ARN, in lowercase. For an instance with
   * uppercase letters, specify its exact name in `fromNotebookInstanceAttributes()`.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param notebookInstanceArn the ARN of the instance, as SageMaker returns it
   */
  public static fromNotebookInstanceArn(scope: Construct, id: string, notebookInstanceArn: string): INotebookInstance {
    return NotebookInstance.fromNotebookInstanceAttributes(scope, id, { notebookInstanceArn });
  }

  /**
   * Imports a notebook instance by its attributes. Grants and connections require the corresponding attributes.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param attrs the attributes of the instance
   */
  public static fromNotebookInstanceAttributes(scope: Construct, id: string, attrs: NotebookInstanceAttributes): INotebookInstance {
    return new ImportedNotebookInstance(scope, id, attrs.notebookInstanceName ?? nameInArn(attrs.notebookInstanceArn, 'notebook-instance'), attrs);
  }

  /**
   * Imports a notebook instance in the account and Region of the stack by its name.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param notebookInstanceName the exact name of the instance
   */
  public static fromNotebookInstanceName(scope: Construct, id: string, notebookInstanceName: string): INotebookInstance {
    return new ImportedNotebookInstance(scope, id, notebookInstanceName, {});
  }

  public readonly notebookInstanceName: string;
  public readonly notebookInstanceArn: string;
  /** The execution role of the instance. */
  public readonly role: iam.IRole;
  /** The principal of the execution role. */
  public readonly grantPrincipal: iam.IPrincipal;
  /** The lifecycle configuration of the instance: the specified one, or the one with the specified scripts. */
  public readonly lifecycleConfig?: INotebookInstanceLifecycleConfig;

  private readonly resource: sagemaker.CfnNotebookInstance;
  private readonly ownRole: NotebookRole;
  private readonly subnetIds?: readonly string[];
  private readonly secrets: secretsmanager.ISecret[] = [];
  private readonly ownConnections?: ec2.Connections;
  private stateResource?: NotebookStateResource;

  constructor(scope: Construct, id: string, private readonly props: NotebookInstanceProps) {
    super(scope, id, { physicalName: typedProps(scope, id, 'NotebookInstanceProps', props).notebookInstanceName });
    const validation = new Validation(this);
    validation.add(() => propertyViolations('NotebookInstanceProps', props), ...notebookChecks(props));

    const subnets = props.vpc?.selectSubnets(props.vpcSubnets);
    this.subnetIds = subnets?.subnetIds.slice(0, 1) ?? (props.subnetId === undefined ? undefined : [props.subnetId]);
    this.ownRole = new NotebookRole(this, { role: props.role, subnetIds: this.subnetIds, volumeEncryptionKey: props.volumeEncryptionKey });
    this.role = this.ownRole.role;
    this.grantPrincipal = this.role.grantPrincipal;
    this.ownConnections = this.createConnections();
    this.lifecycleConfig = props.lifecycleConfig ?? this.createLifecycleConfig();
    if (subnets) validation.add(() => (subnets.subnetIds.length === 0 ? [{ property: 'vpcSubnets', rule: 'must select at least one subnet' }] : []));

    const ownDefault = <T>(value: T) => (props.useServiceDefaults ? undefined : value);
    const metadataServiceVersion = props.minimumInstanceMetadataServiceVersion ?? ownDefault(NotebookInstanceMetadataServiceVersion.V2);
    const [defaultCodeRepository, ...additionalCodeRepositories] = this.bindRepositories();
    this.resource = new sagemaker.CfnNotebookInstance(this, 'Resource', {
      notebookInstanceName: this.physicalName,
      instanceType: props.instanceType.value,
      subnetId: this.subnetIds?.[0],
      securityGroupIds: Token.isUnresolved(props.securityGroupIds)
        ? props.securityGroupIds
        : this.ownConnections?.securityGroups.map(({ securityGroupId }) => securityGroupId),
      roleArn: this.role.roleArn,
      kmsKeyId: props.volumeEncryptionKey?.keyArn,
      lifecycleConfigName: this.lifecycleConfig?.notebookInstanceLifecycleConfigName,
      directInternetAccess: enabled(props.enableDirectInternetAccess ?? ownDefault(!this.subnetIds)),
      volumeSizeInGb: gibibytesOf(props.volumeSize),
      // The member is deprecated: only users who specify it get a warning.
      ...nonEmpty(props.acceleratorTypes) ? { acceleratorTypes: props.acceleratorTypes!.map(({ value }) => value) } : {},
      defaultCodeRepository,
      additionalCodeRepositories: nonEmpty(additionalCodeRepositories as string[]),
      rootAccess: enabled(props.enableRootAccess ?? ownDefault(false)),
      // CloudFormation would replace the instance for another platform. The state resource changes it in place.
      platformIdentifier: ownDefault(DEFAULT_PLATFORM.value),
      instanceMetadataServiceConfiguration: metadataServiceVersion && { minimumInstanceMetadataServiceVersion: metadataServiceVersion.value },
    });
    validation.add(() => requestViolations('notebookInstance', notebookInstanceRequest(this.resource, props), props, environmentOf(this)));
    this.resource.node.addDependency(...this.ownRole.dependables, ...this.ownConnections?.securityGroups ?? []);
    if (subnets) this.resource.node.addDependency(subnets.internetConnectivityEstablished);
    this.notebookInstanceName = this.getResourceNameAttribute(this.resource.attrNotebookInstanceName);
    this.notebookInstanceArn = this.getResourceArnAttribute(this.resource.ref, {
      service: 'sagemaker',
      resource: 'notebook-instance',
      resourceName: lowerCaseName(this.physicalName),
    });

    this.lifecycleConfig?._attachTo?.(this, this.ownRole.needs);
    if (props.schedule) new NotebookSchedules(this, 'Schedule', this, props.schedule);
    if (props.desiredState ?? props.ipAddressType ?? this.platform ?? (props.restartOnLifecycleConfigChange || undefined)) this.state();
    if (props.removalPolicy) this.applyRemovalPolicy(props.removalPolicy);
  }

  /** The security groups of the instance. Throws an error for an instance without a VPC. */
  public get connections(): ec2.Connections {
    if (this.ownConnections) return this.ownConnections;
    throw new Error(`${this.node.path}: connections: only a notebook instance with \`vpc\` or \`subnetId\` has security groups`);
  }

  /**
   * The URL of the Jupyter server, without `https://` (`Url`). Opening it requires signing in to AWS.
   *
   * @attribute
   */
  public get notebookInstanceUrl(): string {
    return this.state().getAtt('Url');
  }

  /**
   * The status of the instance at the end of the last deployment that changed it (`NotebookInstanceStatus`).
   *
   * @attribute
   */
  public get notebookInstanceStatus(): string {
    return this.state().getAtt('NotebookInstanceStatus');
  }

  /** The ID of the network interface in the VPC (`NetworkInterfaceId`). Empty without a VPC. */
  public get networkInterfaceId(): string {
    return this.state().getAtt('NetworkInterfaceId');
  }

  /** The reason for the failure of the instance (`FailureReason`). Empty if it has not failed. */
  public get failureReason(): string {
    return this.state().getAtt('FailureReason');
  }

  /**
   * The outcome of the lifecycle scripts: `Succeeded`, `Failed`, `NotRun` (the instance is stopped) or `None` (the instance has
   * no scripts).
   */
  public get lifecycleScriptOutcome(): string {
    return this.state().getAtt('LifecycleScriptOutcome');
  }

  /** The time when the instance was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this.state().getAtt('CreationTime');
  }

  /** The time when the instance was last modified (`LastModifiedTime`), an ISO 8601 date. */
  public get lastModifiedTime(): string {
    return this.state().getAtt('LastModifiedTime');
  }

  /**
   * Applies a policy to the instance and to everything that was created for it, as `removalPolicy` does.
   *
   * @param policy the policy
   */
  public override applyRemovalPolicy(policy: RemovalPolicy): void {
    // It also applies in an aspect, after which no other aspect can be added.
    super.applyRemovalPolicy(policy);
    applyRemovalPolicy(this, policy);
  }

  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return super.grant(this.ownRole.granteeFor(grantee), ...actions);
  }

  /**
   * Grants permission to start the instance.
   *
   * This includes the permissions that SageMaker uses on behalf of the caller: to pass the role of the instance, to create its
   * network interface, and to use the key of its volume and the secrets of its code repositories.
   */
  public grantStart(grantee: iam.IGrantable): iam.Grant {
    return super.grantStart(grantee).combine(grantWhatStartNeeds(this.ownRole.granteeFor(grantee), this.start));
  }

  private get start(): NotebookStart {
    const { role, secrets, subnetIds } = this;
    return { role, secrets, subnetIds, volumeEncryptionKey: this.props.volumeEncryptionKey };
  }

  /** The platform that the instance is changed to after its creation. */
  private get platform(): string | undefined {
    const { platformIdentifier, useServiceDefaults } = this.props;
    return platformIdentifier?.value === DEFAULT_PLATFORM.value && !useServiceDefaults ? undefined : platformIdentifier?.value;
  }

  private state(): NotebookStateResource {
    const { desiredState, desiredStateTrigger, ipAddressType, restartOnLifecycleConfigChange } = this.props;
    return this.stateResource ??= new NotebookStateResource(this, 'State', {
      notebook: this.resource,
      desiredState,
      ipAddressType: ipAddressType?.value,
      platformIdentifier: this.platform,
      scripts: restartOnLifecycleConfigChange ? this.lifecycleConfig?._onStartHash : undefined,
      start: this.start,
      passedRolesArn: this.ownRole.passedRolesArn,
      trigger: desiredStateTrigger,
    });
  }

  private createConnections(): ec2.Connections | undefined {
    const { allowAllOutbound, securityGroupIds = [], securityGroups = [], subnetId, vpc } = this.props;
    if (!vpc && subnetId === undefined) return undefined;
    const imported = Token.isUnresolved(securityGroupIds) ? [] : securityGroupIds.map((groupId, index) => importedGroup(this, groupId, index));
    const given = nonEmpty([...securityGroups, ...imported]);
    if (given || !vpc) return given && new ec2.Connections({ securityGroups: given });
    return new ec2.Connections({ securityGroups: [new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, allowAllOutbound })] });
  }

  private createLifecycleConfig(): NotebookInstanceLifecycleConfig | undefined {
    const { idleStop, onCreate, onStart } = this.props;
    const starting = [...idleStop ? [NotebookInstanceLifecycleScript.idleStop(idleStop)] : [], ...onStart ?? []];
    if (starting.length === 0 && !nonEmpty(onCreate)) return undefined;
    return new NotebookInstanceLifecycleConfig(this, 'LifecycleConfig', { onCreate, onStart: starting });
  }

  private bindRepositories(): (string | undefined)[] {
    const { additionalCodeRepositories, defaultCodeRepository } = this.props;
    const bind = (id: string, repository: NotebookInstanceCodeRepository) => {
      const { nameOrUrl, secret } = repository._bind(this, { id, grantee: this.ownRole.needs });
      if (secret) this.secrets.push(secret);
      return nameOrUrl;
    };
    const first = defaultCodeRepository && bind('DefaultCodeRepository', defaultCodeRepository);
    const others = (additionalCodeRepositories ?? []).map((repository, index) => bind(`AdditionalCodeRepository${index + 1}`, repository));
    return [first, ...others];
  }
}

function enabled(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? 'Enabled' : 'Disabled';
}
