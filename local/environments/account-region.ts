import { ServiceError } from '../api/service-error';

/** An account and a Region: an environment in CDK terms. */
export interface AccountRegion {
  readonly account: string;
  readonly region: string;
}

/** Throws an error for a Region in another partition. The ARNs and DNS suffixes of other partitions are not emulated. */
export function checkRegion(region: string): void {
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) throw invalidScope(`unknown Region '${region}'`);
  if (/^(cn|us-gov|us-iso\w*|eu-isoe|eusc)-/.test(region)) throw invalidScope(`the local cloud emulates only the partition aws; got the Region ${region}`);
}

function invalidScope(reason: string): ServiceError {
  return new ServiceError('InvalidSignatureException', `Credential should be scoped to a valid region: ${reason}.`, 403);
}

/** Parses `aws://account/region`. An unknown part is replaced by the default one. */
export function accountRegionOf(environment: string, otherwise: AccountRegion): AccountRegion {
  const [, account = '', region = ''] = /^aws:\/\/([^/]*)\/(.*)$/.exec(environment) ?? [];
  const isKnown = (part: string) => part !== '' && !part.startsWith('unknown-');
  return { account: isKnown(account) ? account : otherwise.account, region: isKnown(region) ? region : otherwise.region };
}

/** The environment in the form that the CDK uses. */
export function environmentName({ account, region }: AccountRegion): string {
  return `aws://${account}/${region}`;
}
