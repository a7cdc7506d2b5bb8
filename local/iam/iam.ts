import { decide, decideFor, decideTrust } from './evaluate';
import { checkGrammar, checkKeyLockout, checkResourceGrammar } from './grammar';
import { managedPolicy } from './managed-policies';
import { type AccessRequest, asPolicy, listOf, type PolicyDocument, type RequestContext } from './policy';
import type { Naming, Principal, Session } from './principal';
import { checkQuotas } from './quotas';
import type { ServiceReference } from './reference';
import type { Role, Roles } from './roles';
import { ServiceError } from '../api/service-error';
import { bootstrapPurpose } from '../bootstrap';
import type { Clock } from '../clock';
import type { Identities, ManagedPolicy } from '../cloudformation/stack-roles';
import type { IdentityService, Json } from '../services';
import { sessionArn } from '../sts/session-arn';

export interface IamOptions {
  readonly clock: Clock;
  readonly account: string;
  /** The Region of the requests. */
  readonly region: string;
  /** The roles of the account, shared by all Regions. */
  readonly roles: Roles;
  readonly reference: ServiceReference;
  /** Returns the policies of a resource. Default: no resource has any. */
  readonly policiesOf?: (resourceArn: string) => ResourcePolicies | undefined;
}

/** The policies of a resource, which decide together with the policies of the principal. */
export interface ResourcePolicies {
  /** The account of the resource. */
  readonly account: string;
  readonly documents: readonly PolicyDocument[];
  /** Whether they must allow a request of the same account, too: AWS KMS Developer Guide, Key policies. */
  readonly mustAllow?: boolean;
  /** The reason why the resource cannot be used by anyone. */
  readonly unusable?: string;
}

/** IAM: authorizes actions by the identity policies of roles, and the assumption of roles by their trust policies. */
export class Iam implements IdentityService {
  private readonly roles: Roles;

  constructor(private readonly options: IamOptions) {
    this.roles = options.roles;
  }

  /** The propagation delay of further changes, in seconds. */
  get propagationSeconds(): number {
    return this.roles.propagationSeconds;
  }

  set propagationSeconds(seconds: number) {
    this.roles.propagationSeconds = seconds;
  }

  put(type: string, physicalId: string, properties: { [property: string]: Json }, previous?: { [property: string]: Json }): void {
    const { ManagedPolicyArns = [], PermissionsBoundary: boundary } = properties as { ManagedPolicyArns?: string[]; PermissionsBoundary?: string };
    for (const arn of [...ManagedPolicyArns, ...boundary ? [boundary] : []]) {
      const [, , , , owner] = arn.split(':');
      if (owner === 'aws') managedPolicy(arn);
      else if (!this.roles.hasManagedPolicy(arn)) throw new ServiceError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
    }
    checkGrammar(properties);
    if (properties.AssumeRolePolicyDocument !== undefined) this.checkPrincipals(properties.AssumeRolePolicyDocument);
    checkQuotas(type, physicalId, properties, this.roles.ofStacks());
    this.roles.changed(type, physicalId, previous);
  }

  checkResourcePolicy(document: Json, kind: 'key' | 'other'): void {
    checkResourceGrammar(document);
    this.checkPrincipals(document);
    if (kind === 'key') checkKeyLockout(document);
  }

  remove(): void {
    this.roles.forget();
  }

  /** The roles of the account's stacks, without propagation delay. */
  rolesOfStacks(): Identities {
    return this.roles.ofStacks();
  }

  /** The managed policies of the account's stacks. */
  managedPolicies(): readonly ManagedPolicy[] {
    return this.roles.managedPolicies();
  }

  /** The maximum duration of a session of a role, in seconds. */
  maxSessionSeconds(roleArn: string): number {
    return this.roles.findLatest(roleArn)?.maxSessionSeconds ?? 3600;
  }

  /**
   * Whether a role is the execution role that the account comes with, as after `cdk bootstrap`, and no stack has created it. It has the
   * permissions of an administrator.
   */
  isGivenExecutionRole(roleArn: string): boolean {
    return bootstrapPurpose(roleArn) === 'cfn-exec-role' && roleArn.split(':')[4] === this.options.account && !this.knows(roleArn);
  }

  /** Whether the account has a role. */
  knows(roleArn: string): boolean {
    return this.roles.findLatest(roleArn) !== undefined;
  }

  trusts(roleArn: string, service: string, sourceArn: string): boolean {
    return this.isTrusted(this.roles.findLatest(roleArn), service, sourceArn);
  }

  /**
   * Whether a service can assume a role now. A new role is propagated with a delay.
   *
   * @param sourceArn The resource that the service assumes the role for, if the service supplies it
   */
  canAssume(roleArn: string, service: string, sourceArn?: string): boolean {
    return this.isTrusted(this.roles.find(roleArn), service, sourceArn);
  }

  /** Returns the reason why a role session is denied a request, with the message of AWS, or nothing if it is allowed. */
  refusal(session: Session, request: AccessRequest): string | undefined {
    return this.refusalFor(sessionOf(session), request);
  }

  /**
   * Returns the reason why a principal of the account is denied a request. The policies of the bootstrap roles are not known, so that
   * their sessions have the permissions of an administrator.
   */
  refusalFor(principal: Principal, request: AccessRequest): string | undefined {
    const { session, isOpenedByAdministrator } = principal;
    const isAdministrator = session === undefined || (isOpenedByAdministrator && !this.knows(session.roleArn));
    const role = session && this.roles.find(session.roleArn);
    const policies = this.options.policiesOf?.(request.resource);
    if (policies?.unusable !== undefined) return policies.unusable;
    const identity = isAdministrator ? ADMINISTRATOR : role ?? NOBODY;
    const reason = reasonAgainst(principal, identity, this.narrowed(request, principal, role, policies?.account), policies);
    return reason && refusalText(principal, request, reason);
  }

  /**
   * Evaluates the trust policy of a role of this account for a principal. `allowed` suffices for a principal of this account that
   * the policy names itself. Otherwise, the principal's own policies must also allow it.
   */
  assumption(roleArn: string, principal: Principal, context: RequestContext): 'allowed' | 'delegated' | 'refused' {
    const role = this.roles.find(roleArn);
    if (!role) return 'refused';
    const request = { action: 'sts:AssumeRole', resource: roleArn, context: { ...this.requestContext(), ...contextOf(principal), ...context } };
    const decided = (how: 'itself' | 'either') => decideFor(principal, request, [role.trust], how) === 'allowed';
    if (!decided('either')) return 'refused';
    return principal.account === this.options.account && decided('itself') ? 'allowed' : 'delegated';
  }

  refusalOf({ action, resource, roleArn, assumedBy }: Parameters<NonNullable<IdentityService['refusalOf']>>[0]): string | undefined {
    if (roleArn === undefined) return undefined;
    if (assumedBy === undefined && this.isGivenExecutionRole(roleArn)) return undefined;
    if (assumedBy !== undefined && this.assumption(roleArn, principalNamed(assumedBy), {}) === 'refused') {
      return `${assumedBy} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    }
    return this.refusal({ roleArn, sessionName: CLOUDFORMATION }, { action, resource, context: {} });
  }

  /** Whether a role allows a request once IAM has propagated all changes. */
  willAllow(roleArn: string, request: AccessRequest): boolean {
    const role = this.roles.findLatest(roleArn);
    const principal = sessionOf({ roleArn, sessionName: '' });
    return reasonAgainst(principal, role ?? NOBODY, this.narrowed(request, principal, role)) === undefined;
  }

  /** @param owner The account of the resource. Default: the account in its ARN, otherwise this one */
  private narrowed(request: AccessRequest, principal: Principal, role: Role | undefined, owner?: string): AccessRequest {
    const { action, resource, context } = request;
    const keys = {
      ...this.requestContext(),
      ...contextOf(principal),
      ...tagKeys(role?.tags),
      'aws:ResourceAccount': owner ?? (resource.split(':')[4] || this.options.account),
    };
    return this.options.reference.narrow({ action, resource, context: { ...keys, ...context } });
  }

  /** Rejects a policy that names a role of the account that does not exist. The roles of the bootstrap stack exist without it. */
  private checkPrincipals(document: Json): void {
    const { account } = this.options;
    for (const { Principal: named } of listOf(asPolicy(document).Statement)) {
      for (const principal of named === undefined || named === '*' ? [] : listOf(named.AWS)) {
        const isOwnRole = principal.startsWith(`arn:aws:iam::${account}:role/`);
        if (isOwnRole && !/\/cdk-[a-z0-9]+-/.test(principal) && !this.knows(principal)) {
          throw new ServiceError('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${principal}"`);
        }
      }
    }
  }

  private isTrusted(role: Role | undefined, service: string, sourceArn?: string): boolean {
    const source = sourceArn !== undefined && { 'aws:SourceAccount': this.options.account, 'aws:SourceArn': sourceArn };
    const context = { ...this.requestContext(), ...source };
    return role !== undefined && decideTrust(role.trust, service, context) === 'allowed';
  }

  private requestContext(): RequestContext {
    const now = this.options.clock.now();
    return {
      'aws:CurrentTime': new Date(now).toISOString(),
      'aws:EpochTime': String(Math.floor(now / 1000)),
      'aws:RequestedRegion': this.options.region,
      'aws:SecureTransport': 'true',
    };
  }
}

/** The name of the sessions in which CloudFormation uses the execution roles of stacks. */
const CLOUDFORMATION = 'AWSCloudFormation';

function tagKeys(tags: Role['tags'] = {}): RequestContext {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}

function refusalText({ arn }: Principal, { action, resource }: AccessRequest, reason: string): string {
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** Returns a role, or an account, as a principal. */
function principalNamed(roleOrAccount: string): Principal {
  if (!roleOrAccount.startsWith('arn:')) return { account: roleOrAccount, arn: `arn:aws:iam::${roleOrAccount}:root`, isOpenedByAdministrator: true };
  return { ...sessionOf({ roleArn: roleOrAccount, sessionName: CLOUDFORMATION }), isOpenedByAdministrator: true };
}

function sessionOf(session: Session): Principal {
  const { roleArn, sessionName } = session;
  return { account: roleArn.split(':')[4], arn: sessionArn(roleArn, sessionName), session, isOpenedByAdministrator: false };
}

/** Returns the condition keys of a request that describe its principal. */
export function contextOf({ account, arn, session }: Principal): RequestContext {
  return {
    'aws:PrincipalAccount': account,
    'aws:PrincipalArn': session?.roleArn ?? arn,
    'aws:PrincipalType': session ? 'AssumedRole' : 'User',
  };
}

type Identity = Pick<Role, 'policies' | 'boundary'>;

const NOBODY: Identity = { policies: [] };
const ADMINISTRATOR: Identity = { policies: [{ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }] };

/**
 * Returns the reason why policies do not allow a request, or nothing if they do: IAM User Guide, Policy evaluation for requests within a
 * single account, Cross-account policy evaluation logic. In the account of the resource, its policies suffice, within the limits of
 * the permissions boundary and the session policy unless they name the session itself.
 */
function reasonAgainst(
  principal: Principal, { policies, boundary }: Identity, request: AccessRequest, ofResource?: ResourcePolicies,
): string | undefined {
  const named = (how: Naming) => ofResource ? decideFor(principal, request, ofResource.documents, how) : 'not allowed';
  const byLimit = (limit: PolicyDocument | undefined) => limit ? decide(request, [limit]) : 'allowed';
  const [granted, bounded, ofSession] = [decide(request, policies), byLimit(boundary), byLimit(principal.session?.policy)];
  const explicit = (where: string) => `with an explicit deny in ${where}`;
  const implicit = (what: string) => `because no ${what} allows the ${request.action} action`;

  if (granted === 'denied') return explicit('an identity-based policy');
  if (named('either') === 'denied') return explicit('a resource-based policy');
  if (bounded === 'denied') return explicit('a permissions boundary');
  if (ofSession === 'denied') return explicit('a session policy');

  const isOwn = ofResource?.account === principal.account;
  if (ofResource && (ofResource.mustAllow || !isOwn) && named('either') !== 'allowed') return implicit('resource-based policy');
  if (isOwn && principal.session && named('session') === 'allowed') return undefined;
  if (granted !== 'allowed' && !(isOwn && named('itself') === 'allowed')) return implicit('identity-based policy');
  if (bounded !== 'allowed') return implicit('permissions boundary');
  return ofSession === 'allowed' ? undefined : implicit('session policy');
}
