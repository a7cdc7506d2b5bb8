import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { type NotebookInstanceStateProperties, RESOURCE_TYPE } from './contract';
import { grantWhatStartNeeds, type NotebookStart } from './notebook-start';
import { JobProvider } from './provider';

export interface NotebookStateProps {
  readonly notebook: sagemaker.CfnNotebookInstance;
  readonly desiredState?: NotebookInstanceStateProperties['DesiredState'];
  readonly ipAddressType?: string;
  readonly scripts?: string;
  readonly start: NotebookStart;
  readonly trigger?: string;
}

/** The custom resource that describes a notebook instance and holds its state. */
export class NotebookState extends Construct {
  private readonly resource: CfnResource;

  constructor(scope: Construct, id: string, props: NotebookStateProps) {
    super(scope, id);
    const { notebook, desiredState, ipAddressType, scripts, start, trigger } = props;
    const provider = JobProvider.of(this);
    const properties: NotebookInstanceStateProperties = {
      NotebookInstanceName: notebook.attrNotebookInstanceName,
      DesiredState: desiredState,
      IpAddressType: ipAddressType,
      Scripts: scripts,
      Trigger: trigger,
      Notebook: Lazy.any({ produce: () => propertiesOf(notebook) }) as unknown as NotebookInstanceStateProperties['Notebook'],
    };
    this.resource = new CfnResource(this, 'Resource', {
      type: RESOURCE_TYPE.notebookInstanceState,
      properties: { ServiceToken: provider.serviceToken, ...properties },
    });
    const changes = desiredState !== undefined || ipAddressType !== undefined || scripts !== undefined;
    const policy = provider.allowNotebook(this, notebook.ref, [
      'DescribeNotebookInstance',
      ...changes ? ['StartNotebookInstance', 'StopNotebookInstance'] : [],
      ...ipAddressType === undefined ? [] : ['UpdateNotebookInstance'],
    ]);
    if (changes) grantWhatStartNeeds(policy, start);
    this.resource.node.addDependency(policy.policy!);
  }

  /** A described value. */
  getAtt(attribute: string): string {
    return this.resource.getAtt(attribute).toString();
  }
}

/** The properties as the template has them, overrides included; only CDK's rendering of the resource knows those. */
function propertiesOf(notebook: sagemaker.CfnNotebookInstance): { [property: string]: unknown } {
  const { Resources } = Stack.of(notebook).resolve((notebook as any)._toCloudFormation());
  const [{ Properties: { Tags: _tags, ...properties } }] = Object.values<any>(Resources);
  return properties;
}
