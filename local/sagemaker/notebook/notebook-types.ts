import type { Json } from '../../services';
import type { Tag } from '../resource-tags';

/** The members of a request that the emulation reads. The model contains the others. */
export interface NotebookSettings {
  readonly InstanceType?: string;
  readonly LifecycleConfigName?: string;
  readonly VolumeSizeInGB?: number;
  readonly SubnetId?: string;
  readonly SecurityGroupIds?: readonly string[];
  readonly RoleArn?: string;
  readonly KmsKeyId?: string;
  readonly DirectInternetAccess?: string;
  readonly AcceleratorTypes?: readonly string[];
  readonly DefaultCodeRepository?: string;
  readonly AdditionalCodeRepositories?: readonly string[];
  readonly [member: string]: unknown;
}

export interface CreateNotebookInstanceRequest extends NotebookSettings {
  readonly RoleArn: string;
  readonly NotebookInstanceName: string;
  readonly Tags?: readonly Tag[];
}

export interface UpdateNotebookInstanceRequest extends NotebookSettings {
  readonly NotebookInstanceName: string;
  readonly DisassociateLifecycleConfig?: boolean;
  readonly DisassociateAcceleratorTypes?: boolean;
  readonly DisassociateDefaultCodeRepository?: boolean;
  readonly DisassociateAdditionalCodeRepositories?: boolean;
}

export type NotebookInstanceStatus = 'Pending' | 'InService' | 'Stopping' | 'Stopped' | 'Failed' | 'Updating' | 'Deleting';

/** The scripts of a lifecycle configuration. */
export type Hook = 'OnCreate' | 'OnStart';

export type HookContent = readonly ({ readonly Content?: string } & { readonly [member: string]: Json })[];

export interface LifecycleConfigRequest {
  readonly NotebookInstanceLifecycleConfigName: string;
  readonly OnCreate?: HookContent;
  readonly OnStart?: HookContent;
  readonly Tags?: readonly Tag[];
}

/** The result of starting, stopping or deleting a notebook instance. */
export interface NotebookBehavior {
  /** The time until the instance is available and its scripts start. Default: 120. */
  readonly startingSeconds?: number;
  /** Default: 30. */
  readonly stoppingSeconds?: number;
  /** Default: 20. */
  readonly deletingSeconds?: number;
  /** The reason for the failure of the start. Default: the instance starts. */
  readonly failure?: string;
}

/** Decides on the result when an instance is created, started, stopped or deleted. */
export type NotebookBehaviors = (name: string) => NotebookBehavior;
