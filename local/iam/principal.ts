import { listOf, type PolicyDocument, type Statement } from './policy';

/** A session of an assumed role. */
export interface Session {
  readonly roleArn: string;
  readonly sessionName: string;
  /** The session policy, which limits the policies of the role. */
  readonly policy?: PolicyDocument;
}

/** The principal of a request, as policies see it. */
export interface Principal {
  readonly account: string;
  /** The ARN that STS reports. */
  readonly arn: string;
  /** The session of the assumed role. A principal without one is the administrator of its account. */
  readonly session?: Session;
  /** Whether an administrator, not a function, opened the session. */
  readonly isOpenedByAdministrator: boolean;
}

/** Whether a statement names a principal, either itself or its whole account. */
export function names(statement: Statement, principal: Principal, how: 'itself' | 'account'): boolean {
  const { Principal: named } = statement;
  if (named === undefined || named === '*') return named === '*' && how === 'account';
  const { account, arn, session } = principal;
  const accepted = how === 'itself' ? [arn, ...session ? [session.roleArn] : []] : ['*', account, `arn:aws:iam::${account}:root`];
  return listOf(named.AWS).some((pattern) => accepted.includes(pattern));
}
