import { handle } from './advance';
import { bindServices } from './clients';
import type { CloudFormationEvent, Step } from './events';
import type { Services } from './handler-services';

let services: Services | undefined;

/** The function is invoked by CloudFormation with an event, and by the state machine with a step. */
export async function handler(input: CloudFormationEvent | Step): Promise<Step | undefined> {
  return handle(input, services ??= bindServices());
}
