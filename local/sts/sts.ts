import { randomBytes } from 'node:crypto';
import type { Principals } from './principals';
import { type Model, structure } from '../api/api-model';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import type { Principal } from '../iam';
import { checkGrammar } from '../iam/grammar';
import { asPolicy, type PolicyDocument, type RequestContext } from '../iam/policy';
import type { QueryService } from '../query/query-protocol';
import type { Json } from '../services';

export interface StsOptions {
  readonly clock: Clock;
  readonly principals: Principals;
  /** Returns the maximum duration of a session of a role, in seconds. */
  readonly maxSessionSeconds: (roleArn: string) => number;
  /** Whether a principal is allowed to assume a role, by the role's trust policy and the principal's own policies. */
  readonly mayAssume: (principal: Principal, roleArn: string, context: RequestContext) => boolean;
}

interface AssumeRoleInput {
  readonly RoleArn?: string;
  readonly RoleSessionName?: string;
  readonly DurationSeconds?: string;
  readonly ExternalId?: string;
  readonly Policy?: string;
}

/** The maximum duration of a session that another session opens, in seconds. */
const MAXIMUM_CHAINED = 3600;

/** The emulated operations of STS. */
const MODEL: Model = {
  operations: { AssumeRole: { input: 'AssumeRoleRequest' }, GetCallerIdentity: { input: 'GetCallerIdentityRequest' } },
  shapes: {
    RoleArn: { type: 'string', min: 20, max: 2048 },
    RoleSessionName: { type: 'string', min: 2, max: 64, pattern: '[\\w+=,.@\\-]*' },
    DurationSeconds: { type: 'integer', min: 900, max: 43_200 },
    ExternalId: { type: 'string', min: 2, max: 1224, pattern: '[\\w+=,.@:\\/\\-]*' },
    Policy: { type: 'string', min: 1 },
    AssumeRoleRequest: structure(['RoleArn', 'RoleSessionName'], {
      RoleArn: 'RoleArn', RoleSessionName: 'RoleSessionName', DurationSeconds: 'DurationSeconds', ExternalId: 'ExternalId', Policy: 'Policy',
    }),
    GetCallerIdentityRequest: structure([], {}),
  },
};

/** STS: returns the caller identity and assumes roles, in all accounts. */
export class Sts implements QueryService {
  readonly name = 'sts';
  readonly namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
  readonly model = MODEL;
  readonly operations: QueryService['operations'] = {
    GetCallerIdentity: (_, caller) => this.callerIdentity(caller),
    AssumeRole: (input: AssumeRoleInput, caller) => this.assumeRole(input, this.options.principals.with(caller)),
  };

  constructor(private readonly options: StsOptions) {}

  private callerIdentity(accessKeyId: string) {
    const { account, arn, userId } = this.options.principals.with(accessKeyId);
    return { Account: account, Arn: arn, UserId: userId };
  }

  private assumeRole({ RoleArn = '', RoleSessionName = '', DurationSeconds = '3600', ExternalId, Policy }: AssumeRoleInput, caller: Principal) {
    const { clock, principals, mayAssume } = this.options;
    checkChaining(Number(DurationSeconds), caller);
    const context = { 'sts:RoleSessionName': RoleSessionName, ...ExternalId !== undefined && { 'sts:ExternalId': ExternalId } };
    if (!mayAssume(caller, RoleArn, context)) {
      throw new ServiceError('AccessDenied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`, 403);
    }
    if (Number(DurationSeconds) > this.options.maxSessionSeconds(RoleArn)) {
      throw new ServiceError('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
    }
    const accessKeyId = principals.open(RoleArn, RoleSessionName, caller, Policy === undefined ? undefined : sessionPolicy(Policy));
    const { arn: Arn, userId: AssumedRoleId } = principals.with(accessKeyId);
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: randomBytes(30).toString('base64'),
        SessionToken: randomBytes(96).toString('base64'),
        Expiration: new Date(clock.now() + Number(DurationSeconds) * 1000).toISOString(),
      },
      AssumedRoleUser: { Arn, AssumedRoleId },
    };
  }
}

/** The maximum size of a session policy, in characters. */
const MAXIMUM_POLICY = 2048;

function sessionPolicy(text: string): PolicyDocument {
  if (text.length > MAXIMUM_POLICY) throw new ServiceError('PackedPolicyTooLarge', `The session policy exceeds ${MAXIMUM_POLICY} characters.`);
  let policy: Json;
  try {
    policy = JSON.parse(text) as Json;
  } catch {
    throw new ServiceError('MalformedPolicyDocument', 'This policy contains invalid Json');
  }
  checkGrammar({ PolicyDocument: policy });
  return asPolicy(policy);
}

function checkChaining(seconds: number, caller: Principal): void {
  if (caller.session && seconds > MAXIMUM_CHAINED) {
    throw new ServiceError('ValidationError', 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining');
  }
}
