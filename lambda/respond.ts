import type { Answer, CloudFormationEvent } from './events';

/** The limits of CloudFormation, in bytes. */
const MAX_RESPONSE = 4096;
/** CloudFormation truncates a longer reason in the events of the stack. */
const MAX_REASON = 1500;

/** Renders the response for CloudFormation. */
export function responseBody(event: CloudFormationEvent, answer: Answer): string {
  const response = responseTo(event, answer);
  const body = JSON.stringify(response);
  if (Buffer.byteLength(body) <= MAX_RESPONSE) return body;
  return JSON.stringify({ ...response, Reason: answer.reason && shorten(answer.reason, 400), Data: undefined });
}

/** Returns the size of the attributes, in bytes of JSON, that a successful response has space for. */
export function spaceForAttributes(event: CloudFormationEvent, physicalId: string): number {
  const withoutAttributes = responseTo(event, { status: 'SUCCESS', physicalId, attributes: {} });
  return MAX_RESPONSE - Buffer.byteLength(JSON.stringify(withoutAttributes)) + '{}'.length;
}

function responseTo(event: CloudFormationEvent, answer: Answer): { readonly Reason?: string; readonly [member: string]: unknown } {
  return {
    Status: answer.status,
    ...(answer.reason ? { Reason: shorten(answer.reason, MAX_REASON) } : {}),
    PhysicalResourceId: answer.physicalId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    ...(answer.attributes ? { Data: answer.attributes } : {}),
  };
}

/** Keeps the beginning, with the error, and the end, with the link to the logs. */
function shorten(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const characters = [...text];
  const tail = Math.floor(bytes / 3);
  let head = characters.length;
  const cut = () => `${characters.slice(0, head).join('')} … ${characters.slice(-tail).join('')}`;
  while (head > 0 && Buffer.byteLength(cut()) > bytes) head = Math.floor(head * 0.9);
  return cut();
}

/** Sends a response to the pre-signed URL. */
export async function put(url: string, body: string): Promise<void> {
  const attempts = 4;
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' }, signal: AbortSignal.timeout(8_000) });
      if (response.ok) return;
      throw new Error(`CloudFormation's response URL answered with the status ${response.status}`);
    } catch (error) {
      // The error of fetch may contain the URL, which is a secret.
      if (attempt === attempts) throw new Error(`the response could not be delivered to CloudFormation: ${(error as Error).name}`);
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt));
    }
  }
}
