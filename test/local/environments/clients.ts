import type { LocalCloud } from '../../../local/cloud';

/** The administrator's key of an account. */
export const keyOf = (account: string) => `AKIA${account}TEST`;

/** The configuration of an SDK client for an account in a Region. */
export function clientConfig(cloud: LocalCloud, region: string, accessKeyId: string = 'AKIDTEST') {
  return { endpoint: cloud.endpoint.url, region, credentials: { accessKeyId, secretAccessKey: 'secret' }, maxAttempts: 1 };
}
