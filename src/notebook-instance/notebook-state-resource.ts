import { Aws, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { type NotebookAttribute, type NotebookInstanceStateProperties, OWNER_TAG, RESOURCE_TYPE } from '../contract';
import { grantWhatStartUses, type NotebookStart } from './notebook-start-permissions';
import { JobProvider } from '../provider/job-provider';

export interface NotebookStateResourceProps {
  readonly notebook: sagemaker.CfnNotebookInstance;
  readonly desiredState?: NotebookInstanceStateProperties['DesiredState'];
  readonly ipAddressType?: string;
  readonly platformIdentifier?: string;
  readonly scripts?: string;
  readonly start: NotebookStart;
  /** The ARN by which the function is allowed to pass the role of the instance. */
  readonly passedRolesArn: string;
  readonly trigger?: string;
}

/** The custom resource that describes a notebook instance and manages its state. */
export class NotebookStateResource extends Construct {
  private readonly resource: CfnResource;

  constructor(scope: Construct, id: string, props: NotebookStateResourceProps) {
    super(scope, id);
    const { notebook, desiredState, ipAddressType, platformIdentifier, scripts, trigger } = props;
    const provider = JobProvider.of(this);
    const properties: NotebookInstanceStateProperties = {
      NotebookInstanceName: notebook.attrNotebookInstanceName,
      DesiredState: desiredState,
      IpAddressType: ipAddressType,
      PlatformIdentifier: platformIdentifier,
      Scripts: scripts,
      Trigger: trigger,
      Notebook: Lazy.any({ produce: () => propertiesOf(notebook) }) as unknown as NotebookInstanceStateProperties['Notebook'],
    };
    this.resource = new CfnResource(this, 'Resource', {
      type: RESOURCE_TYPE.notebookInstanceState,
      properties: { ServiceToken: provider.serviceToken, ...properties },
    });
    this.allow(provider, props);
  }

  /** Returns a described value. */
  getAtt(attribute: NotebookAttribute): string {
    return this.resource.getAtt(attribute).toString();
  }

  /** The function is allowed to change an instance by its tag, which the instance has before any change. */
  private allow(provider: JobProvider, props: NotebookStateResourceProps): void {
    const { notebook, desiredState, ipAddressType, passedRolesArn, platformIdentifier, scripts, start } = props;
    const updates = ipAddressType !== undefined || platformIdentifier !== undefined;
    const startsAndStops = updates || desiredState !== undefined || scripts !== undefined;
    const grantee = provider.permissions.allowNotebook({
      changes: [
        ...startsAndStops ? ['StartNotebookInstance', 'StopNotebookInstance'] : [],
        ...updates ? ['UpdateNotebookInstance'] : [],
      ],
      passedRolesArn,
    });
    if (!startsAndStops) return;
    notebook.tags.setTag(OWNER_TAG.stack, Aws.STACK_ID);
    grantWhatStartUses(grantee, start);
  }
}

/** Returns the properties as in the template, including overrides, which only the rendering by the CDK resolves. */
function propertiesOf(notebook: sagemaker.CfnNotebookInstance): { [property: string]: unknown } {
  const { Resources } = Stack.of(notebook).resolve((notebook as any)._toCloudFormation());
  const [{ Properties: { Tags: _tags, ...properties } }] = Object.values<any>(Resources);
  return properties;
}
