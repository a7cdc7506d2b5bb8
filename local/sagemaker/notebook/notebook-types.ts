import type { Json } from '../../services';
import type { Tag } from '../resource-tags';

/** What the emulation itself reads of a request; the model knows the rest. */
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

/** The names of the scripts of a lifecycle configuration. */
export type Hook = 'OnCreate' | 'OnStart';

export type HookContent = readonly ({ readonly Content?: string } & { readonly [member: string]: Json })[];

export interface LifecycleConfigRequest {
  readonly NotebookInstanceLifecycleConfigName: string;
  readonly OnCreate?: HookContent;
  readonly OnStart?: HookContent;
  readonly Tags?: readonly Tag[];
}

/** What becomes of a notebook instance. */
export interface NotebookBehaviour {
  /** Until the instance is there, before its scripts run. Default: 120. */
  readonly startingSeconds?: number;
  /** Default: 30. */
  readonly stoppingSeconds?: number;
  /** Default: 20. */
  readonly deletingSeconds?: number;
  /** The reason with which it does not start. Default: it starts. */
  readonly failure?: string;
}

/** Decides how an instance will behave when it is created, started, stopped or deleted. */
export type NotebookBehaviours = (name: string) => NotebookBehaviour;
