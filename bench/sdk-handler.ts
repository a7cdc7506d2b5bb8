import * as sagemaker from '@aws-sdk/client-sagemaker';
import { handle } from '../lambda/advance';
import { bindServices } from '../lambda/clients';
import type { CloudFormationEvent, Step } from '../lambda/events';
import type { Services } from '../lambda/handler-services';

let services: Services | undefined;

/** The handler as it is usually written: it calls SageMaker with the client of the SDK. */
export async function handler(input: CloudFormationEvent | Step): Promise<Step | undefined> {
  return handle(input, services ??= { ...bindServices(), sageMaker: sdkClient() });
}

function sdkClient(): Services['sageMaker'] {
  const client = new sagemaker.SageMakerClient({ maxAttempts: 1 });
  const commands = sagemaker as unknown as { readonly [command: string]: new (input: object) => any };
  return { call: async (operation, input) => client.send(new commands[`${operation}Command`](input)) };
}
