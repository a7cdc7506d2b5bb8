/** The default qualifier in the names of the resources that `cdk bootstrap` creates. */
const QUALIFIER = 'hnb659fds';
const ROLES = ['cfn-exec-role', 'deploy-role', 'file-publishing-role', 'image-publishing-role', 'lookup-role'];

/** The bootstrap resources of an account and Region. The local cloud comes with them. */
export interface Bootstrap {
  readonly bucketName: string;
  readonly repositoryName: string;
  readonly roleNames: readonly string[];
  /** The values of parameters, by name. */
  readonly ssmParameters: { readonly [name: string]: string };
}

/** Returns the purpose of a role if `cdk bootstrap` creates it in any Region of its account, such as `cfn-exec-role`. */
export function bootstrapPurpose(roleArn: string): string | undefined {
  const [, account, name] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  if (account === undefined) return undefined;
  const [, ofAccount, region] = /-(\d{12})-([a-z0-9-]+)$/.exec(name) ?? [];
  return ofAccount === account ? ROLES.find((purpose) => name === `cdk-${QUALIFIER}-${purpose}-${account}-${region}`) : undefined;
}

export function bootstrapOf(account: string, region: string): Bootstrap {
  const name = (purpose: string) => `cdk-${QUALIFIER}-${purpose}-${account}-${region}`;
  return {
    bucketName: name('assets'),
    repositoryName: name('container-assets'),
    roleNames: ROLES.map(name),
    ssmParameters: { [`/cdk-bootstrap/${QUALIFIER}/version`]: '30' },
  };
}
