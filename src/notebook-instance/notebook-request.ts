import { TagManager } from 'aws-cdk-lib';
import type { CfnNotebookInstance, CfnNotebookInstanceLifecycleConfig } from 'aws-cdk-lib/aws-sagemaker';
import type { NotebookInstanceAcceleratorType, NotebookInstanceIpAddressType } from './notebook-options';
import { nonEmpty } from '../job/request-members';
import type { Structure } from '../validation/request-rule';

/** Props whose members the request has and the native resource does not show. */
export interface NotebookRequestProps {
  readonly acceleratorTypes?: NotebookInstanceAcceleratorType[];
  readonly ipAddressType?: NotebookInstanceIpAddressType;
}

/** The request that CloudFormation makes of a notebook instance's properties, as the API spells it. */
export function notebookInstanceRequest(resource: CfnNotebookInstance, { acceleratorTypes, ipAddressType }: NotebookRequestProps): Structure {
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
    // Not from the resource: to read the deprecated property warns of it.
    AcceleratorTypes: nonEmpty(acceleratorTypes?.map(({ value }) => value)),
    DefaultCodeRepository: resource.defaultCodeRepository,
    AdditionalCodeRepositories: resource.additionalCodeRepositories,
    RootAccess: resource.rootAccess,
    PlatformIdentifier: resource.platformIdentifier,
    InstanceMetadataServiceConfiguration: metadataServiceOf(resource),
  };
}

/** The same of a lifecycle configuration, but for its scripts: their size is checked as they are composed. */
export function lifecycleConfigRequest(resource: CfnNotebookInstanceLifecycleConfig): Structure {
  return { NotebookInstanceLifecycleConfigName: resource.notebookInstanceLifecycleConfigName, Tags: tagsOf(resource) };
}

function metadataServiceOf({ instanceMetadataServiceConfiguration: config }: CfnNotebookInstance): unknown {
  if (config === undefined || 'resolve' in config) return config;
  return { MinimumInstanceMetadataServiceVersion: config.minimumInstanceMetadataServiceVersion };
}

/** Older releases of CDK do not know that a lifecycle configuration can have tags. */
function tagsOf(resource: CfnNotebookInstance | CfnNotebookInstanceLifecycleConfig): Structure[] {
  return Object.entries(TagManager.of(resource)?.tagValues() ?? {}).map(([Key, Value]) => ({ Key, Value }));
}
