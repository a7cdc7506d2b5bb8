import { accept, advance } from './advance';
import { bindServices } from './clients';
import { describeError } from './errors';
import type { CloudFormationEvent, Step } from './events';
import { responseBody } from './respond';
import type { Services } from './services';

let services: Services | undefined;

/** The function is invoked by CloudFormation with an event, and by the state machine with a step. */
export async function handler(input: CloudFormationEvent | Step): Promise<Step | undefined> {
  services ??= bindServices();
  if ('event' in input) return advance(input, services);
  try {
    await accept(input, services);
  } catch (error) {
    console.error(JSON.stringify({ requestId: input.RequestId, resource: input.LogicalResourceId, error: describeError(error) }));
    const physicalId = input.PhysicalResourceId ?? input.LogicalResourceId;
    const reason = `The handler could not take the event: ${describeError(error)}`;
    await services.respond(input.ResponseURL, responseBody(input, { status: 'FAILED', physicalId, reason }));
  }
  return undefined;
}
