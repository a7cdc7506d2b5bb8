import {
  CreateNotebookInstanceCommand,
  type CreateNotebookInstanceCommandInput,
  CreateNotebookInstanceLifecycleConfigCommand,
  CreatePresignedNotebookInstanceUrlCommand,
  DeleteNotebookInstanceCommand,
  DescribeNotebookInstanceCommand,
  StartNotebookInstanceCommand,
  StopNotebookInstanceCommand,
  UpdateNotebookInstanceCommand,
} from '@aws-sdk/client-sagemaker';
import { ACCOUNT, type Fixture } from './setup';

export const script = (text: string) => [{ Content: Buffer.from(text).toString('base64') }];

/** The notebook instances of a local SageMaker. */
export class Notebooks {
  constructor(private readonly cloud: Fixture) {}

  async create(NotebookInstanceName: string, changes: object = {}) {
    return this.cloud.client.send(new CreateNotebookInstanceCommand({
      NotebookInstanceName, InstanceType: 'ml.t3.medium', RoleArn: `arn:aws:iam::${ACCOUNT}:role/notebook`, ...changes,
    } as CreateNotebookInstanceCommandInput));
  }

  /** Creates an instance, and lets it start. */
  async inService(name: string, changes: object = {}): Promise<void> {
    await this.create(name, changes);
    await this.cloud.seconds(120);
  }

  async describe(NotebookInstanceName: string) {
    return this.cloud.client.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName }));
  }

  async status(name: string) {
    return (await this.describe(name)).NotebookInstanceStatus;
  }

  async start(NotebookInstanceName: string) {
    return this.cloud.client.send(new StartNotebookInstanceCommand({ NotebookInstanceName }));
  }

  async stop(NotebookInstanceName: string) {
    return this.cloud.client.send(new StopNotebookInstanceCommand({ NotebookInstanceName }));
  }

  async update(NotebookInstanceName: string, changes: object = {}) {
    return this.cloud.client.send(new UpdateNotebookInstanceCommand({ NotebookInstanceName, ...changes }));
  }

  async delete(NotebookInstanceName: string) {
    return this.cloud.client.send(new DeleteNotebookInstanceCommand({ NotebookInstanceName }));
  }

  async url(NotebookInstanceName: string) {
    return this.cloud.client.send(new CreatePresignedNotebookInstanceUrlCommand({ NotebookInstanceName }));
  }

  async createConfig(NotebookInstanceLifecycleConfigName: string, hooks: object) {
    return this.cloud.client.send(new CreateNotebookInstanceLifecycleConfigCommand({ NotebookInstanceLifecycleConfigName, ...hooks }));
  }
}
