import { XMLParser } from 'fast-xml-parser';
import type { LocalCloud } from '../../../local/cloud';

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'member' });

function authorization(service: string, accessKeyId = 'AKIDTEST'): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

/** Sends a Query request as it stands; gives the status and the document that is answered. */
export async function query(cloud: LocalCloud, service: string, form: { [parameter: string]: string }, headers: object = {}) {
  const response = await fetch(cloud.endpoint.url, {
    method: 'POST',
    body: new URLSearchParams({ Version: '2010-01-01', ...form }),
    headers: { authorization: authorization(service), ...headers },
  });
  return { status: response.status, type: response.headers.get('content-type'), document: parser.parse(await response.text()) };
}

/** Sends a request of AWS JSON 1.1; gives the status and the document that is answered. */
export async function json(cloud: LocalCloud, service: string, target: string, input: object, accessKeyId?: string) {
  const response = await fetch(cloud.endpoint.url, {
    method: 'POST',
    body: JSON.stringify(input),
    headers: { 'authorization': authorization(service, accessKeyId), 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1; charset=UTF-8' },
  });
  return { status: response.status, document: await response.json() as any };
}

/** Returns the ARN of the caller with an access key. */
export async function identityOf(cloud: LocalCloud, accessKeyId: string): Promise<string> {
  const { document } = await query(cloud, 'sts', { Action: 'GetCallerIdentity' }, { authorization: authorization('sts', accessKeyId) });
  return document.GetCallerIdentityResponse.GetCallerIdentityResult.Arn;
}
