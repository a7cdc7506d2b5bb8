import { createHash, randomBytes } from 'node:crypto';
import { sessionArn } from './session-arn';
import { ServiceError } from '../api/service-error';
import type { Principal } from '../iam';
import type { Journal } from '../persistence/journal';
import type { FunctionConfiguration } from '../services';

/** Somebody whom STS knows. */
export interface KnownPrincipal extends Principal {
  readonly userId: string;
}

/** A session of a role that was assumed, by the access key of its credentials. */
export interface OpenedSession {
  readonly accessKeyId: string;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly isOpenedByAdministrator: boolean;
}

export interface PrincipalsOptions {
  /** The account of callers whose access key tells of none. */
  readonly account: string;
  /** Whose requests come with an access key. */
  readonly functionWith: (accessKeyId: string) => FunctionConfiguration | undefined;
  /** Keeps the sessions. Default: nothing does. */
  readonly journal?: Journal<OpenedSession>;
}

/** `AKIA` and the account: the administrator's key of any account. */
const ADMINISTRATOR = /^AKIA(\d{12})/;

/** Who signs requests, by their access keys. Whoever is neither a function nor in a role is the administrator of an account. */
export class Principals {
  private readonly sessions = new Map<string, OpenedSession>();

  constructor(private readonly options: PrincipalsOptions) {
    for (const session of options.journal?.read() ?? []) this.sessions.set(session.accessKeyId, session);
  }

  /** Refuses temporary credentials that nobody was given. */
  with(accessKeyId: string): KnownPrincipal {
    const caller = this.options.functionWith(accessKeyId);
    if (caller) return inRole(caller.roleArn, caller.functionName, false);
    const session = this.sessions.get(accessKeyId);
    if (session) return inRole(session.roleArn, session.sessionName, session.isOpenedByAdministrator);
    if (accessKeyId.startsWith('ASIA')) throw new ServiceError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
    const account = ADMINISTRATOR.exec(accessKeyId)?.[1] ?? this.options.account;
    return { account, arn: `arn:aws:iam::${account}:user/administrator`, userId: 'AIDAADMINISTRATOR0000', isOpenedByAdministrator: true };
  }

  /** Opens a session of a role, whoever may do that; gives its access key. */
  open(roleArn: string, sessionName: string, opener: Principal): string {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const session = { accessKeyId, roleArn, sessionName, isOpenedByAdministrator: opener.isOpenedByAdministrator };
    this.sessions.set(accessKeyId, session);
    this.options.journal?.append(session);
    return accessKeyId;
  }
}

function inRole(roleArn: string, sessionName: string, isOpenedByAdministrator: boolean): KnownPrincipal {
  const roleId = `AROA${createHash('sha256').update(roleArn).digest('hex').slice(0, 17).toUpperCase()}`;
  return {
    account: roleArn.split(':')[4],
    arn: sessionArn(roleArn, sessionName),
    userId: `${roleId}:${sessionName}`,
    session: { roleArn, sessionName },
    isOpenedByAdministrator,
  };
}
