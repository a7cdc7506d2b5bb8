import { listOf, type Statement } from './policy';

/** Somebody who has assumed a role. */
export interface Session {
  readonly roleArn: string;
  readonly sessionName: string;
}

/** Who signs a request, as policies see it. */
export interface Principal {
  readonly account: string;
  /** As STS tells it. */
  readonly arn: string;
  /** The role that was assumed; a principal without one is the administrator of its account. */
  readonly session?: Session;
  /** Whether an administrator has opened the session, and no function. */
  readonly isOpenedByAdministrator: boolean;
}

/** Whether a statement names a principal: itself, or the whole account. */
export function names(statement: Statement, principal: Principal, how: 'itself' | 'account'): boolean {
  const { Principal: named } = statement;
  if (named === undefined || named === '*') return named === '*' && how === 'account';
  const { account, arn, session } = principal;
  const accepted = how === 'itself' ? [arn, ...session ? [session.roleArn] : []] : ['*', account, `arn:aws:iam::${account}:root`];
  return listOf(named.AWS).some((pattern) => accepted.includes(pattern));
}
