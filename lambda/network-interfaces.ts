import { RejectedCall, SignedClient } from './signed-client';

/** Returns the IDs of the network interfaces of a Region that use a security group. */
export async function networkInterfacesOf(region: string, securityGroupId: string, environment?: NodeJS.ProcessEnv): Promise<string[]> {
  const call = new URLSearchParams({
    'Action': 'DescribeNetworkInterfaces',
    'Version': '2016-11-15',
    'Filter.1.Name': 'group-id',
    'Filter.1.Value.1': securityGroupId,
  });
  const client = new SignedClient('ec2', 'EC2', region, environment);
  const { body, statusCode } = await client.post({ 'content-type': 'application/x-www-form-urlencoded' }, `${call}`);
  if (statusCode >= 300) throw new RejectedCall(textOf('Code', body), textOf('Message', body), statusCode);
  return [...new Set([...body.matchAll(/<networkInterfaceId>([^<]+)</g)].map(([, id]) => id))];
}

function textOf(element: string, xml: string): string {
  return new RegExp(`<${element}>([^<]*)<`).exec(xml)?.[1] ?? 'Unknown';
}
