import { RejectedCall, SignedClient } from './signed-client';

/** The network interfaces of a Region. */
export class NetworkInterfaces {
  private readonly client: SignedClient;

  constructor(region: string, environment?: NodeJS.ProcessEnv) {
    this.client = new SignedClient('ec2', 'EC2', region, environment);
  }

  /** Returns the IDs of the network interfaces that use a security group. */
  async of(securityGroupId: string): Promise<string[]> {
    const call = new URLSearchParams({
      'Action': 'DescribeNetworkInterfaces',
      'Version': '2016-11-15',
      'Filter.1.Name': 'group-id',
      'Filter.1.Value.1': securityGroupId,
    });
    const { body, statusCode } = await this.client.post({ 'content-type': 'application/x-www-form-urlencoded' }, `${call}`);
    if (statusCode >= 300) throw new RejectedCall(textOf('Code', body), textOf('Message', body), statusCode);
    return [...new Set([...body.matchAll(/<networkInterfaceId>([^<]+)</g)].map(([, id]) => id))];
  }
}

function textOf(element: string, xml: string): string {
  return new RegExp(`<${element}>([^<]*)<`).exec(xml)?.[1] ?? 'Unknown';
}
