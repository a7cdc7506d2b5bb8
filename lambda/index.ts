import { handle } from './advance';
import { bindServices } from './clients';
import type { CloudFormationEvent, Step } from './events';
import type { Services } from './handler-services';

let services: Services | undefined;

/** CloudFormation invokes the function with an event, the state machine with a step. */
export async function handler(input: CloudFormationEvent | Step): Promise<Step | undefined> {
  return handle(input, services ??= bindServices());
}
