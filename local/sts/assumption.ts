import type { StsOptions } from './sts';
import { bootstrapPurpose } from '../bootstrap';
import type { Iam } from '../iam';

/**
 * Whether a principal is allowed to assume a role. Bootstrap roles without a stack trust their own account, as after `cdk
 * bootstrap` without `--trust`.
 *
 * @param accountOf Returns the IAM of an account
 */
export function assumption(accountOf: (account: string) => { readonly iam: Iam }): StsOptions['mayAssume'] {
  return (principal, roleArn, context) => {
    const [, account] = /^arn:aws:iam::(\d{12}):role\/./.exec(roleArn) ?? [];
    if (account === undefined) return false;
    const { iam } = accountOf(account);
    const isBootstrap = !iam.knows(roleArn) && bootstrapPurpose(roleArn) !== undefined;
    const trust = isBootstrap ? (principal.account === account ? 'delegated' : 'refused') : iam.assumption(roleArn, principal, context);
    if (trust !== 'delegated') return trust === 'allowed';
    const { session } = principal;
    const own = accountOf(principal.account).iam;
    // The policies of the bootstrap roles are not known.
    if (!session || (principal.isOpenedByAdministrator && !own.knows(session.roleArn))) return true;
    return own.refusal(session, { action: 'sts:AssumeRole', resource: roleArn, context }) === undefined;
  };
}
