import { ServiceError } from '../api/service-error';

/** An account and a region: what CDK calls an environment. */
export interface AccountRegion {
  readonly account: string;
  readonly region: string;
}

/** Fails for a region in another partition: their ARNs and DNS suffixes are not emulated. */
export function checkRegion(region: string): void {
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) throw invalidScope(`'${region}' is no region`);
  if (/^(cn|us-gov|us-iso\w*|eu-isoe|eusc)-/.test(region)) throw invalidScope(`${region} is not in the partition aws, the only one that is emulated`);
}

function invalidScope(reason: string): ServiceError {
  return new ServiceError('InvalidSignatureException', `Credential should be scoped to a valid region: ${reason}.`, 403);
}

/** The place that `aws://account/region` names; a part that is unknown is the one of the default. */
export function accountRegionOf(environment: string, otherwise: AccountRegion): AccountRegion {
  const [, account = '', region = ''] = /^aws:\/\/([^/]*)\/(.*)$/.exec(environment) ?? [];
  const known = (part: string) => part !== '' && !part.startsWith('unknown-');
  return { account: known(account) ? account : otherwise.account, region: known(region) ? region : otherwise.region };
}

/** As CDK writes it. */
export function environmentName({ account, region }: AccountRegion): string {
  return `aws://${account}/${region}`;
}
