import type { Size } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { IdleStopOptions } from './idle-stop';
import { LifecycleScript } from './lifecycle-script';
import { NotebookCodeRepository } from './notebook-code-repository';
import { INotebookInstanceLifecycleConfig } from './notebook-instance-lifecycle-config';
import { MinimumInstanceMetadataServiceVersion, NotebookInstanceAcceleratorType, NotebookInstanceDesiredState, NotebookInstanceIpAddressType, NotebookInstancePlatformIdentifier } from './notebook-options';
import { NotebookSchedule } from './notebook-schedule';
import { NetworkOptions } from '../job/job-network';
import { MlInstanceType } from '../job/ml-instance-type.generated';

/**
 * What a notebook instance is made of.
 *
 * CloudFormation stops an instance that runs and starts it again when it changes the type, the role, the volume, the
 * lifecycle configuration, the code repositories, root access or the metadata service; one that is stopped stays so. It
 * makes a new instance, with an empty volume, when the name, the subnet, the security groups, the key or direct internet
 * access change, and possibly when the platform does: what is to survive belongs into a repository.
 */
export interface NotebookInstanceProps extends NetworkOptions {
  /** The type of the instance (`InstanceType`). */
  readonly instanceType: MlInstanceType;

  /**
   * The name of the instance (`NotebookInstanceName`), 1 to 63 letters, digits and hyphens. CloudFormation cannot replace
   * an instance that has a name without another name.
   *
   * @default - CloudFormation makes a name
   */
  readonly notebookInstanceName?: string;

  /**
   * The id of the subnet (`SubnetId`), where there is no construct for the VPC. Requires `securityGroupIds` or
   * `securityGroups`. Cannot be combined with `vpc`.
   *
   * @default - the first of `vpcSubnets` of `vpc`
   */
  readonly subnetId?: string;

  /**
   * The ids of the security groups (`SecurityGroupIds`), at most 5. Their rules are not changed.
   *
   * @default - `securityGroups`
   */
  readonly securityGroupIds?: string[];

  /**
   * Whether the following settings are left to the service where they are not specified: `platformIdentifier`,
   * `minimumInstanceMetadataServiceVersion`, `enableRootAccess` and `enableDirectInternetAccess`. An instance that exists can
   * then be imported into a stack unchanged. The defaults of the service are less secure than those of this construct.
   *
   * @default false
   */
  readonly useServiceDefaults?: boolean;

  /**
   * The kind of addresses of the instance (`IpAddressType`). The native resource lacks the member: a custom resource sets
   * it, for which an instance that runs is stopped and started once more. To go back to IPv4, say so: where nothing is said
   * any more, the type stays as it is, also when an update that has changed it is rolled back.
   *
   * @default - IPv4 for a new instance, as the service begins with
   */
  readonly ipAddressType?: NotebookInstanceIpAddressType;

  /**
   * The role that the instance runs with (`RoleArn`). Everybody who can open the instance can use it. An imported role
   * gets nothing attached: a warning names the actions that it has to allow for idle stop, scripts, repositories, VPC and
   * key.
   *
   * The instance is created once the role has what the props need. It does not wait for what the role is granted besides:
   * where a script needs that at the first start, use `bucket.grantRead(notebook).applyBefore(notebook.node.defaultChild!)`.
   *
   * @default - a new one, which may write logs and what else the props need; use `grant*` methods of what notebooks are to use
   */
  readonly role?: iam.IRole;

  /**
   * The key that encrypts the volume (`KmsKeyId`).
   *
   * @default - a key of the service
   */
  readonly volumeEncryptionKey?: kms.IKey;

  /**
   * The size of the volume (`VolumeSizeInGB`), 5 to 16384 GiB. It can grow later, but not shrink: the service refuses a
   * smaller one, and the deployment is rolled back then. Let it grow in a deployment of its own: when one that has grown it
   * fails for another reason its rollback would have to shrink it, and ends in UPDATE_ROLLBACK_FAILED; continue that
   * rollback with the instance's resource skipped.
   *
   * @default - 5 GiB
   */
  readonly volumeSize?: Size;

  /**
   * The scripts that run when the instance is created and started (`LifecycleConfigName`). Not together with `onCreate`,
   * `onStart` and `idleStop`, of which the instance makes a configuration of its own.
   *
   * @default - none
   */
  readonly lifecycleConfig?: INotebookInstanceLifecycleConfig;

  /**
   * The scripts that run once, when the instance is created.
   *
   * @default - none
   */
  readonly onCreate?: LifecycleScript[];

  /**
   * The scripts that run whenever the instance starts.
   *
   * @default - none
   */
  readonly onStart?: LifecycleScript[];

  /**
   * When the instance counts as idle, and stops itself, on any platform but `NOTEBOOK_AL1_V1`. The script for that runs before those of `onStart`. Where the
   * instance shares a `lifecycleConfig`, use `LifecycleScript.idleStop()` in that.
   *
   * @default - the instance runs until somebody stops it
   */
  readonly idleStop?: IdleStopOptions;

  /**
   * When the instance is started and stopped by the clock.
   *
   * @default - at no time
   */
  readonly schedule?: NotebookSchedule;

  /**
   * Whether the instance has an interface to the internet that does not lead through the VPC (`DirectInternetAccess`).
   *
   * @default - false in a VPC, where its rules should hold for the instance; true without one, as the service demands then
   */
  readonly enableDirectInternetAccess?: boolean;

  /**
   * Whether users of notebooks are root on the instance (`RootAccess`). Root can read what other users of the instance
   * have left, and can switch off `idleStop`. Lifecycle scripts always run as root.
   *
   * @default false
   */
  readonly enableRootAccess?: boolean;

  /**
   * The software of the instance (`PlatformIdentifier`). It is not certain that CloudFormation changes it in place: expect
   * a new instance with an empty volume, and save what is to survive before it changes.
   *
   * @default NotebookInstancePlatformIdentifier.NOTEBOOK_AL2023_V1
   */
  readonly platformIdentifier?: NotebookInstancePlatformIdentifier;

  /**
   * The oldest version of the instance metadata service that is answered
   * (`InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion`).
   *
   * @default MinimumInstanceMetadataServiceVersion.V2
   */
  readonly minimumInstanceMetadataServiceVersion?: MinimumInstanceMetadataServiceVersion;

  /**
   * The Elastic Inference accelerators (`AcceleratorTypes`). AWS has ended Elastic Inference, and the service refuses them
   * for new instances.
   *
   * @default - none
   */
  readonly acceleratorTypes?: NotebookInstanceAcceleratorType[];

  /**
   * The repository that Jupyter opens in (`DefaultCodeRepository`).
   *
   * @default - none
   */
  readonly defaultCodeRepository?: NotebookCodeRepository;

  /**
   * Repositories that are cloned beside it (`AdditionalCodeRepositories`), at most 3.
   *
   * @default - none
   */
  readonly additionalCodeRepositories?: NotebookCodeRepository[];

  /**
   * The state that a deployment leaves the instance in: it is started or stopped, and the deployment waits for that. It is
   * held whenever CloudFormation updates the instance; give another `desiredStateTrigger` to hold it with each deployment.
   * What happens between deployments, idle stop and schedule among it, goes on. With `IN_SERVICE` a deployment fails when
   * the instance does not start; without a state, one that has failed is no more than described (`notebookInstanceStatus`,
   * `failureReason`).
   *
   * @default - a new instance is started, another one stays as it is
   */
  readonly desiredState?: NotebookInstanceDesiredState;

  /**
   * A value without a meaning of its own, such as the number of a build: when it changes, the next deployment holds
   * `desiredState` and reads the attributes anew, although nothing else changes.
   *
   * @default - none
   */
  readonly desiredStateTrigger?: string;

  /**
   * Whether a deployment that changes on-start scripts of the lifecycle configuration stops and starts an instance that
   * runs, so that they run. On-create scripts do not run again, and a change of them changes nothing. Whoever works on it is interrupted. One that has failed is started; one that is stopped stays so.
   *
   * @default false - the scripts run at the next start
   */
  readonly restartOnLifecycleConfigChange?: boolean;
}
