import {
  type CreateTrainingJobCommandInput,
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { Clock } from '../../../local/clock';
import { Endpoint, type EndpointHooks, type EndpointOptions } from '../../../local/endpoint';
import { SageMaker, type SageMakerOptions } from '../../../local/sagemaker';

export const REGION = 'eu-central-1';
export const ACCOUNT = '111122223333';

/** A request that the service takes, with a name. */
export function request(name: string, changes: object = {}): CreateTrainingJobCommandInput {
  return {
    TrainingJobName: name,
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/training`,
    AlgorithmSpecification: { TrainingImage: '111122223333.dkr.ecr.eu-central-1.amazonaws.com/algorithm:1', TrainingInputMode: 'File' },
    InputDataConfig: [
      { ChannelName: 'train', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://bucket/train' } } },
    ],
    OutputDataConfig: { S3OutputPath: 's3://bucket/models' },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10 },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    ...changes,
  };
}

/** A local SageMaker with a real client. */
export class Fixture {
  static async start(options: Partial<SageMakerOptions> = {}, hooks: EndpointHooks = {}, endpoint: EndpointOptions = {}): Promise<Fixture> {
    const { clock = new Clock({ startAt: new Date('2026-01-01T00:00:00Z') }) } = options;
    const sagemaker = new SageMaker({ region: REGION, account: ACCOUNT, ...options, clock });
    return new Fixture(clock, sagemaker, await Endpoint.start(clock, [sagemaker], hooks, endpoint));
  }

  readonly client: SageMakerClient;

  private constructor(readonly clock: Clock, readonly sagemaker: SageMaker, readonly endpoint: Endpoint) {
    this.client = new SageMakerClient({
      endpoint: endpoint.url,
      region: REGION,
      credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
      maxAttempts: 1,
    });
  }

  async create(name: string, changes: object = {}) {
    return this.client.send(new CreateTrainingJobCommand(request(name, changes)));
  }

  async describe(name: string) {
    return this.client.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  }

  /** Lets so much time pass, and a little more: what falls due in that moment has happened afterwards. */
  async seconds(seconds: number): Promise<void> {
    await this.clock.advance(seconds * 1000 + 1);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    this.sagemaker.stop();
    await this.endpoint.stop();
  }
}
