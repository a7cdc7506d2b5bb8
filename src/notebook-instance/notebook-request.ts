import { TagManager } from 'aws-cdk-lib';
import type { CfnNotebookInstance, CfnNotebookInstanceLifecycleConfig } from 'aws-cdk-lib/aws-sagemaker';
import type { NotebookInstanceAcceleratorType, NotebookInstanceIpAddressType, NotebookInstancePlatformIdentifier } from './notebook-options';
import { nonEmpty } from '../job/request-members';
import type { Structure } from '../validation/request-rule';

/** Props whose members are in the request but not in the CloudFormation resource. */
export interface NotebookRequestProps {
  readonly acceleratorTypes?: NotebookInstanceAcceleratorType[];
  readonly ipAddressType?: NotebookInstanceIpAddressType;
  readonly platformIdentifier?: NotebookInstancePlatformIdentifier;
}

/** Returns the request that CloudFormation sends for a notebook instance, with the member names of the API. */
export function notebookInstanceRequest(resource: CfnNotebookInstance, props: NotebookRequestProps): Structure {
  const { acceleratorTypes, ipAddressType, platformIdentifier } = props;
  return {
    NotebookInstanceName: resource.notebookInstanceName,
    InstanceType: resource.instanceType,
    SubnetId: resource.subnetId,
    SecurityGroupIds: resource.securityGroupIds,
    IpAddressType: ipAddressType?.value,
    RoleArn: resource.roleArn,
    KmsKeyId: resource.kmsKeyId,
    Tags: tagsOf(resource),
    LifecycleConfigName: resource.lifecycleConfigName,
    DirectInternetAccess: resource.directInternetAccess,
    VolumeSizeInGB: resource.volumeSizeInGb,
    // Not from the resource, because reading its deprecated property causes a warning.
    AcceleratorTypes: nonEmpty(acceleratorTypes?.map(({ value }) => value)),
    DefaultCodeRepository: resource.defaultCodeRepository,
    AdditionalCodeRepositories: resource.additionalCodeRepositories,
    RootAccess: resource.rootAccess,
    PlatformIdentifier: platformIdentifier?.value ?? resource.platformIdentifier,
    InstanceMetadataServiceConfiguration: metadataServiceOf(resource),
  };
}

/** Returns the request for a lifecycle configuration, without its scripts, whose size is checked when they are combined. */
export function lifecycleConfigRequest(resource: CfnNotebookInstanceLifecycleConfig): Structure {
  return { NotebookInstanceLifecycleConfigName: resource.notebookInstanceLifecycleConfigName, Tags: tagsOf(resource) };
}

function metadataServiceOf({ instanceMetadataServiceConfiguration: config }: CfnNotebookInstance): unknown {
  if (config === undefined || 'resolve' in config) return config;
  return { MinimumInstanceMetadataServiceVersion: config.minimumInstanceMetadataServiceVersion };
}

/** Older CDK releases do not support tags of lifecycle configurations. */
function tagsOf(resource: CfnNotebookInstance | CfnNotebookInstanceLifecycleConfig): Structure[] {
  return Object.entries(TagManager.of(resource)?.tagValues() ?? {}).map(([Key, Value]) => ({ Key, Value }));
}
