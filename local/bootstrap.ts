/** The qualifier in the names of what `cdk bootstrap` makes, unless it is told another. */
const QUALIFIER = 'hnb659fds';
const ROLES = ['cfn-exec-role', 'deploy-role', 'file-publishing-role', 'image-publishing-role', 'lookup-role'];

/** What `cdk bootstrap` makes in an account and region: the local cloud comes with it. */
export interface Bootstrap {
  readonly bucketName: string;
  readonly repositoryName: string;
  readonly roleNames: readonly string[];
  /** By the name of the parameter. */
  readonly ssmParameters: { readonly [name: string]: string };
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
