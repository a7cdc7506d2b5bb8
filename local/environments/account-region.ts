import { ServiceError } from '../api/service-error';

/** An account and a Region: an environment in CDK terms. */
export interface AccountRegion {
  readonly account: string;
  readonly region: string;
}

/** The Regions of the partition aws: AWS Regions and Availability Zones, Available AWS Regions. */
const REGIONS = [
  'af-south-1', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1',
  'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-central-1', 'ca-west-1',
  'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'me-central-1',
  'me-south-1', 'mx-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
];

/** Throws an error for a Region that does not exist or is in another partition, whose ARNs and DNS suffixes are not emulated. */
export function checkRegion(region: string): void {
  if (REGIONS.includes(region)) return;
  const isElsewhere = /^(cn|us-gov|us-iso\w*|eu-isoe|eusc)-/.test(region);
  throw invalidScope(isElsewhere ? `the local cloud emulates only the partition aws; got the Region ${region}` : `unknown Region '${region}'`);
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
