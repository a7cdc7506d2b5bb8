import type { LocalCloud } from '../../../local/cloud';

/** The administrator's key of an account. */
export const keyOf = (account: string) => `AKIA${account}TEST`;

/** What an SDK's client needs to reach an account in a region. */
export function clientConfig(cloud: LocalCloud, region: string, accessKeyId: string = 'AKIDTEST') {
  return { endpoint: cloud.endpoint.url, region, credentials: { accessKeyId, secretAccessKey: 'secret' }, maxAttempts: 1 };
}
