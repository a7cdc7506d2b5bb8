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

/** The way in which a statement names a principal: its session, the session or its role, its whole account, or any of them. */
export type Naming = 'session' | 'itself' | 'account' | 'either';

/** Whether a statement names a principal. */
export function names(statement: Statement, principal: Principal, how: Naming): boolean {
  const { Principal: named } = statement;
  const { account, arn, session } = principal;
  const [itself, whole] = [how !== 'account', how === 'account' || how === 'either'];
  if (named === undefined || named === '*') return named === '*' && whole;
  const accepted = [
    ...itself ? [arn] : [],
    ...itself && session && how !== 'session' ? [session.roleArn] : [],
    ...whole ? ['*', account, `arn:aws:iam::${account}:root`] : [],
  ];
  return listOf(named.AWS).some((pattern) => accepted.includes(pattern));
}
