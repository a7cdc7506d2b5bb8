import { createHash, randomBytes } from 'node:crypto';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import { sessionArn } from './session-arn';
import type { QueryService } from '../query/query-protocol';

export interface StsOptions {
  readonly clock: Clock;
  readonly account: string;
  /** Whether there is such a role. */
  readonly hasRole: (roleArn: string) => boolean;
  /** The role and the session's name of a caller that is a function. */
  readonly functionOf: (accessKeyId: string) => { readonly roleArn: string; readonly functionName: string } | undefined;
}

interface AssumeRoleInput {
  readonly RoleArn?: string;
  readonly RoleSessionName?: string;
  readonly DurationSeconds?: string;
}

/** STS: who somebody is, and credentials of roles. Everybody but the functions is the account's administrator. */
export class Sts implements QueryService {
  readonly name = 'sts';
  readonly namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
  readonly operations: QueryService['operations'] = {
    GetCallerIdentity: (_, caller) => this.callerIdentity(caller),
    AssumeRole: (input: AssumeRoleInput) => this.assumeRole(input),
  };

  /** The sessions that were opened, by access key. */
  private readonly sessions = new Map<string, { readonly Arn: string; readonly UserId: string }>();

  constructor(private readonly options: StsOptions) {}

  private callerIdentity(accessKeyId: string) {
    const { account: Account, functionOf } = this.options;
    const caller = functionOf(accessKeyId);
    if (caller) return { Account, ...sessionOf(caller.roleArn, caller.functionName) };
    return { Account, ...this.sessions.get(accessKeyId) ?? { Arn: `arn:aws:iam::${Account}:user/administrator`, UserId: 'AIDAADMINISTRATOR0000' } };
  }

  private assumeRole({ RoleArn = '', RoleSessionName = '', DurationSeconds = '3600' }: AssumeRoleInput) {
    if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
      throw new ServiceError('ValidationError', `1 validation error detected: Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy ` +
        'constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*');
    }
    if (!this.options.hasRole(RoleArn)) {
      const user = `arn:aws:iam::${this.options.account}:user/administrator`;
      throw new ServiceError('AccessDenied', `User: ${user} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`, 403);
    }
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const { Arn, UserId: AssumedRoleId } = sessionOf(RoleArn, RoleSessionName);
    this.sessions.set(accessKeyId, { Arn, UserId: AssumedRoleId });
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: randomBytes(30).toString('base64'),
        SessionToken: randomBytes(96).toString('base64'),
        Expiration: new Date(this.options.clock.now() + Number(DurationSeconds) * 1000).toISOString(),
      },
      AssumedRoleUser: { Arn, AssumedRoleId },
    };
  }
}

function sessionOf(roleArn: string, sessionName: string): { readonly Arn: string; readonly UserId: string } {
  const roleId = `AROA${createHash('sha256').update(roleArn).digest('hex').slice(0, 17).toUpperCase()}`;
  return { Arn: sessionArn(roleArn, sessionName), UserId: `${roleId}:${sessionName}` };
}
