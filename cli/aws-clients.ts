import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import * as sagemaker from '@aws-sdk/client-sagemaker';

/** The environment of the calls. Default: from the environment and the AWS configuration. */
export interface AwsEnvironment {
  readonly region?: string;
  readonly profile?: string;
}

/** The services that the commands call, with the default credential chain. */
export class AwsClients {
  readonly cloudFormation: CloudFormationClient;
  readonly logs: CloudWatchLogsClient;
  private readonly sageMaker: sagemaker.SageMakerClient;

  constructor({ region, profile }: AwsEnvironment) {
    // All clients and credential providers read it.
    if (profile !== undefined) process.env.AWS_PROFILE = profile;
    // In adaptive mode, a client slows down when a service throttles its calls.
    const options = { region, retryMode: 'adaptive', maxAttempts: 4 };
    this.cloudFormation = new CloudFormationClient(options);
    this.logs = new CloudWatchLogsClient(options);
    this.sageMaker = new sagemaker.SageMakerClient(options);
  }

  async region(): Promise<string> {
    return this.sageMaker.config.region();
  }

  /** Calls a list operation of SageMaker, such as `ListTrainingJobs`, for each of its pages. */
  pagesOfSageMaker(operation: string, input: object): AsyncIterable<Record<string, any>> {
    const paginate = (sagemaker as unknown as Record<string, (config: { client: sagemaker.SageMakerClient }, input: object) => AsyncIterable<any>>)[`paginate${operation}`];
    return paginate({ client: this.sageMaker }, input);
  }

  /** Calls an operation of SageMaker, such as `DescribeTrainingJob`. */
  async callSageMaker(operation: string, input: object): Promise<Record<string, any>> {
    const OperationCommand = (sagemaker as unknown as Record<string, new (input: object) => any>)[`${operation}Command`];
    return this.sageMaker.send(new OperationCommand(input)) as unknown as Record<string, any>;
  }
}
