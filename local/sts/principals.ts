import { createHash, randomBytes } from 'node:crypto';
import { sessionArn } from './session-arn';
import { ServiceError } from '../api/service-error';
import type { PolicyDocument, Principal } from '../iam';
import type { Journal } from '../persistence/journal';
import type { FunctionConfiguration } from '../services';

/** A principal with a session or an access key. */
export interface KnownPrincipal extends Principal {
  readonly userId: string;
}

/** A session of an assumed role, by the access key of its credentials. */
export interface OpenedSession {
  readonly accessKeyId: string;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly isOpenedByAdministrator: boolean;
  readonly policy?: PolicyDocument;
}

export interface PrincipalsOptions {
  /** The account of a caller whose access key does not contain one. */
  readonly account: string;
  /** Returns the function that signs with an access key. */
  readonly functionWith: (accessKeyId: string) => FunctionConfiguration | undefined;
  /** Keeps the sessions. Default: they are not kept. */
  readonly journal?: Journal<OpenedSession>;
}

/** The administrator's access key of any account: `AKIA` and the account. */
const ADMINISTRATOR = /^AKIA(\d{12})/;

/**
 * The principals that sign requests, by access key. A caller that is neither a function nor a role session is the administrator
 * of an account.
 */
export class Principals {
  private readonly sessions = new Map<string, OpenedSession>();

  constructor(private readonly options: PrincipalsOptions) {
    for (const session of options.journal?.read() ?? []) this.sessions.set(session.accessKeyId, session);
  }

  /** Returns the principal with an access key, or rejects unknown temporary credentials. */
  with(accessKeyId: string): KnownPrincipal {
    const caller = this.options.functionWith(accessKeyId);
    if (caller) return inRole(caller.roleArn, caller.functionName, false);
    const session = this.sessions.get(accessKeyId);
    if (session) return inRole(session.roleArn, session.sessionName, session.isOpenedByAdministrator, session.policy);
    if (accessKeyId.startsWith('ASIA')) throw new ServiceError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
    const account = ADMINISTRATOR.exec(accessKeyId)?.[1] ?? this.options.account;
    return { account, arn: `arn:aws:iam::${account}:user/administrator`, userId: 'AIDAADMINISTRATOR0000', isOpenedByAdministrator: true };
  }

  /** Opens a session of a role without a check, and returns its access key. */
  open(roleArn: string, sessionName: string, opener: Principal, policy?: PolicyDocument): string {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const session = { accessKeyId, roleArn, sessionName, isOpenedByAdministrator: opener.isOpenedByAdministrator, ...policy && { policy } };
    this.sessions.set(accessKeyId, session);
    this.options.journal?.append(session);
    return accessKeyId;
  }
}

function inRole(roleArn: string, sessionName: string, isOpenedByAdministrator: boolean, policy?: PolicyDocument): KnownPrincipal {
  const roleId = `AROA${createHash('sha256').update(roleArn).digest('hex').slice(0, 17).toUpperCase()}`;
  return {
    account: roleArn.split(':')[4],
    arn: sessionArn(roleArn, sessionName),
    userId: `${roleId}:${sessionName}`,
    session: { roleArn, sessionName, ...policy && { policy } },
    isOpenedByAdministrator,
  };
}
