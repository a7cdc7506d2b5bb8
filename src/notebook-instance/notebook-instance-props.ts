import type { RemovalPolicy, Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { NotebookInstanceIdleStopOptions } from './idle-stop';
import { NotebookInstanceLifecycleScript } from './lifecycle-script';
import { NotebookInstanceCodeRepository } from './notebook-code-repository';
import { INotebookInstanceLifecycleConfig } from './notebook-instance-lifecycle-config';
import { NotebookInstanceMetadataServiceVersion, NotebookInstanceAcceleratorType, NotebookInstanceDesiredState, NotebookInstanceIpAddressType, NotebookInstancePlatformIdentifier } from './notebook-options';
import { NotebookInstanceScheduleOptions } from './notebook-schedule';
import { MlInstanceType } from '../job/ml-instance-type.generated';

/**
 * Properties of a notebook instance.
 *
 * CloudFormation stops and starts a running instance to change the type, the role, the volume, the lifecycle configuration, the
 * code repositories, root access or the metadata service. A stopped instance stays stopped. A change of the name, the subnet, the
 * security groups, the key or direct internet access replaces the instance with a new one that has an empty volume. A change of the
 * platform or of the IP address type keeps the instance. Store persistent data in a repository.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html
 */
export interface NotebookInstanceProps {
  /** The ML compute instance type (`InstanceType`). */
  readonly instanceType: MlInstanceType;

  /**
   * The name of the instance (`NotebookInstanceName`), 1 to 63 letters, digits and hyphens. The replacement of a named instance
   * requires another name.
   *
   * @default - CloudFormation generates a name
   */
  readonly notebookInstanceName?: string;

  /**
   * The VPC that the notebook instance connects to (`SubnetId`, `SecurityGroupIds`). Without direct internet access, the subnet
   * needs a route to the services that notebooks use, such as SageMaker and Amazon S3, through a NAT gateway or VPC endpoints.
   *
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the VPC. The instance is connected to the first one (`SubnetId`). Requires `vpc`.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the instance (`SecurityGroupIds`), at most 5. Requires `vpc` or `subnetId`.
   *
   * @default - a new security group without inbound traffic if `vpc` is specified
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the new security group of the instance allows all outbound traffic. Requires `vpc`. Has no effect on `securityGroups`.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;

  /**
   * The ID of the subnet (`SubnetId`). Requires `securityGroupIds` or `securityGroups`.
   *
   * Use it in place of `vpc` if the ID is known only during the deployment, such as a parameter of type `AWS::EC2::Subnet::Id`.
   *
   * @default - the first of `vpcSubnets` of `vpc`
   */
  readonly subnetId?: string;

  /**
   * The IDs of the security groups (`SecurityGroupIds`), at most 5. Their rules are not changed.
   *
   * Use them in place of `securityGroups` if the list is known only during the deployment, such as a parameter of type
   * `List<AWS::EC2::SecurityGroup::Id>`.
   *
   * @default - `securityGroups`
   */
  readonly securityGroupIds?: string[];

  /**
   * Whether SageMaker chooses the following settings if they are not specified: `platformIdentifier`,
   * `minimumInstanceMetadataServiceVersion`, `enableRootAccess` and `enableDirectInternetAccess`. This permits the import of an
   * existing instance into a stack without changes. The defaults of SageMaker are less secure than the defaults of this
   * construct.
   *
   * @default false
   */
  readonly useServiceDefaults?: boolean;

  /**
   * The IP address type (`IpAddressType`). The CloudFormation resource does not support it, so a custom resource sets it, which
   * stops and starts a running instance once more. To return to IPv4, specify it: removing the prop, or rolling back its change,
   * keeps the type.
   *
   * @default - `NotebookInstanceIpAddressType.IPV4` for a new instance; an existing one keeps its type
   */
  readonly ipAddressType?: NotebookInstanceIpAddressType;

  /**
   * The execution role of the instance (`RoleArn`). Every user of the instance can use its permissions. An imported role is not
   * changed: a warning lists the actions that it must allow for idle stop, scripts, repositories, the VPC and the key.
   *
   * The instance is created after the role has the permissions that the props require. It does not wait for other permissions. If
   * a script requires one at the first start, use `bucket.grantRead(notebook).applyBefore(notebook.node.defaultChild!)`.
   *
   * @default - a new role with permission to write logs and the permissions that the props require. Use `grant*` methods for the
   * resources that notebooks use
   */
  readonly role?: iam.IRole;

  /**
   * The KMS key that encrypts the volume (`KmsKeyId`).
   *
   * @default - a key of SageMaker
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * The size of the volume (`VolumeSizeInGB`), 5 to 16384 GiB. It can grow, but not shrink: SageMaker rejects a smaller size, and
   * the deployment is rolled back. Change it in a separate deployment: if a deployment fails after the volume has grown, its
   * rollback cannot shrink the volume and ends in UPDATE_ROLLBACK_FAILED. In that case, continue the rollback and skip the
   * resource of the instance.
   *
   * @default Size.gibibytes(5)
   */
  readonly volumeSize?: Size;

  /**
   * The lifecycle configuration (`LifecycleConfigName`). Cannot be combined with `onCreate`, `onStart` and `idleStop`, for which
   * the instance creates its own configuration.
   *
   * @default - none
   */
  readonly lifecycleConfig?: INotebookInstanceLifecycleConfig;

  /**
   * The scripts that SageMaker runs on the instance once, when it is created (`OnCreate` of the lifecycle configuration). They are
   * programs on the instance. For EventBridge rules, use `onInService()`, `onStopped()` and `onFailed()`.
   *
   * @default - none
   */
  readonly onCreate?: NotebookInstanceLifecycleScript[];

  /**
   * The scripts that SageMaker runs on the instance whenever it starts, including its creation (`OnStart` of the lifecycle
   * configuration).
   *
   * @default - none
   */
  readonly onStart?: NotebookInstanceLifecycleScript[];

  /**
   * The conditions under which the instance is idle and stops. Not supported on `NOTEBOOK_AL1_V1`. The idle-stop script runs
   * before the scripts of `onStart`. If the instance shares a `lifecycleConfig`, use `NotebookInstanceLifecycleScript.idleStop()` there.
   *
   * @default - the instance runs until it is stopped
   */
  readonly idleStop?: NotebookInstanceIdleStopOptions;

  /**
   * The schedule for starting and stopping the instance.
   *
   * @default - none
   */
  readonly schedule?: NotebookInstanceScheduleOptions;

  /**
   * Whether the instance has internet access that does not use the VPC (`DirectInternetAccess`).
   *
   * @default - false with a VPC, so that all traffic goes through the VPC; true without one, as SageMaker requires; decided by
   * SageMaker with `useServiceDefaults`
   */
  readonly enableDirectInternetAccess?: boolean;

  /**
   * Whether users of notebooks have root access on the instance (`RootAccess`). Root can read the files of other users and
   * disable `idleStop`. Lifecycle scripts always run as root.
   *
   * @default - false; decided by SageMaker with `useServiceDefaults`
   */
  readonly enableRootAccess?: boolean;

  /**
   * The platform of the instance (`PlatformIdentifier`). A change keeps the instance and its volume: the instance is stopped, changed,
   * and started again if it was running. Without this property, an existing instance keeps its platform.
   *
   * @default - `NotebookInstancePlatformIdentifier.NOTEBOOK_AL2023_V1`; decided by SageMaker with `useServiceDefaults`
   */
  readonly platformIdentifier?: NotebookInstancePlatformIdentifier;

  /**
   * The minimum version of the instance metadata service
   * (`InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion`).
   *
   * @default - `NotebookInstanceMetadataServiceVersion.V2`; decided by SageMaker with `useServiceDefaults`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstanceMetadataServiceConfiguration.html
   */
  readonly minimumInstanceMetadataServiceVersion?: NotebookInstanceMetadataServiceVersion;

  /**
   * The Elastic Inference accelerators (`AcceleratorTypes`). SageMaker rejects them for new instances.
   *
   * @default - none
   * @deprecated AWS has ended Elastic Inference. Use an `instanceType` with a GPU.
   */
  readonly acceleratorTypes?: NotebookInstanceAcceleratorType[];

  /**
   * The repository that Jupyter opens (`DefaultCodeRepository`).
   *
   * @default - none
   */
  readonly defaultCodeRepository?: NotebookInstanceCodeRepository;

  /**
   * Additional repositories to clone (`AdditionalCodeRepositories`), at most 3.
   *
   * @default - none
   */
  readonly additionalCodeRepositories?: NotebookInstanceCodeRepository[];

  /**
   * The state of the instance at the end of a deployment, which starts or stops the instance and waits for it. The state is
   * applied whenever CloudFormation updates the instance. To apply it in each deployment, change `desiredStateTrigger`. Idle stop
   * and schedule still apply between deployments. With `IN_SERVICE`, the deployment fails if the instance does not start. Without
   * a state, a failed instance is only described (`notebookInstanceStatus`, `failureReason`).
   *
   * @default - a new instance is started; an existing one keeps its state
   */
  readonly desiredState?: NotebookInstanceDesiredState;

  /**
   * An arbitrary value, such as a build number. Changing it applies `desiredState` and reads the attributes again in the next
   * deployment, even without other changes.
   *
   * @default - none
   */
  readonly desiredStateTrigger?: string;

  /**
   * Whether a deployment that changes the on-start scripts of the lifecycle configuration restarts a running instance to run
   * them. This interrupts its users. A failed instance is started; a stopped one stays stopped. On-create scripts do not run
   * again. Otherwise, the scripts run at the next start.
   *
   * @default false
   */
  readonly restartOnLifecycleConfigChange?: boolean;

  /**
   * The policy when the instance is removed from the stack or replaced. `DESTROY` deletes the instance with its volume. `RETAIN`
   * keeps both, and the role, the security group, the lifecycle configuration and the schedules that were created for the
   * instance. A running instance that is retained is billed until you stop it. With either policy, the instance is deleted if its
   * creation is rolled back.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}
