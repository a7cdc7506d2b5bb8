import { type Decision, decide, decideFor, decideTrust } from './evaluate';
import { checkGrammar, checkKeyLockout, checkResourceGrammar } from './grammar';
import { managedPolicy } from './managed-policies';
import { type AccessRequest, asPolicy, listOf, type PolicyDocument, type RequestContext } from './policy';
import type { Principal, Session } from './principal';
import { checkQuotas } from './quotas';
import type { ServiceReference } from './reference';
import type { Role, Roles } from './roles';
import { ServiceError } from '../api/service-error';
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
    return this.roles.findLatest(roleArn)?.maxSessionSeconds ?? 43_200;
  }

  /** Returns the decision of resource-based policies on a request of a role session. */
  decisionOf(
    session: Session, { action, resource, context }: AccessRequest, policies: readonly PolicyDocument[], how: 'itself' | 'either',
  ): Decision {
    const arn = sessionArn(session.roleArn, session.sessionName);
    const principal = { account: this.options.account, arn, session, isOpenedByAdministrator: false };
    const keys = { ...this.globalContext(this.roles.find(session.roleArn)), ...context };
    return decideFor(principal, this.options.reference.narrow({ action, resource, context: keys }), policies, how);
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

  /** Returns the reason why a request is denied, with the message of AWS, or nothing if it is allowed. */
  refusal(session: Session, request: AccessRequest): string | undefined {
    const role = this.roles.find(session.roleArn);
    const reason = this.reasonAgainst(role, request) ?? this.reasonOfSession(session, role, request);
    return reason && refusalText(session, request, reason);
  }

  /** Returns the reason why the session policy of a role session does not allow a request, or nothing if it does or there is none. */
  sessionRefusal(session: Session, request: AccessRequest): string | undefined {
    return this.reasonOfSession(session, this.roles.find(session.roleArn), request);
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
    const role = this.roles.find(roleArn);
    // The role that deploys was not specified, so it has the permissions of an administrator.
    if (!role && assumedBy === undefined) return undefined;
    if (assumedBy !== undefined && this.assumption(roleArn, principalNamed(assumedBy), {}) === 'refused') {
      return `${assumedBy} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    }
    return this.refusal({ roleArn, sessionName: 'AWSCloudFormation' }, { action, resource, context: {} });
  }

  /** Whether a role allows a request once IAM has propagated all changes. */
  willAllow(roleArn: string, request: AccessRequest): boolean {
    return this.reasonAgainst(this.roles.findLatest(roleArn), request) === undefined;
  }

  private reasonAgainst(role: Role | undefined, { action, resource, context }: AccessRequest): string | undefined {
    return reasonOf(this.options.reference.narrow({ action, resource, context: { ...this.globalContext(role), ...context } }), role);
  }

  /** A session policy limits the policies of its role. */
  private reasonOfSession({ policy }: Session, role: Role | undefined, { action, resource, context }: AccessRequest): string | undefined {
    if (!policy) return undefined;
    const request = this.options.reference.narrow({ action, resource, context: { ...this.globalContext(role), ...context } });
    const decision = decide(request, [policy]);
    if (decision === 'denied') return 'with an explicit deny in a session policy';
    return decision === 'not allowed' ? `because no session policy allows the ${action} action` : undefined;
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

  private globalContext(role: Role | undefined): RequestContext {
    return { ...this.requestContext(), ...role && { 'aws:PrincipalArn': role.roleArn, 'aws:PrincipalAccount': this.options.account, 'aws:PrincipalType': 'AssumedRole', ...tagKeys(role.tags) } };
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

function tagKeys(tags: Role['tags'] = {}): RequestContext {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}

export function refusalText({ roleArn, sessionName }: Session, { action, resource }: AccessRequest, reason: string): string {
  return `User: ${sessionArn(roleArn, sessionName)} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** Returns a role, or an account, as a principal. */
function principalNamed(roleOrAccount: string): Principal {
  if (!roleOrAccount.startsWith('arn:')) return { account: roleOrAccount, arn: `arn:aws:iam::${roleOrAccount}:root`, isOpenedByAdministrator: true };
  const session = { roleArn: roleOrAccount, sessionName: 'AWSCloudFormation' };
  return { account: roleOrAccount.split(':')[4], arn: sessionArn(roleOrAccount, session.sessionName), session, isOpenedByAdministrator: true };
}

/** Returns the condition keys of a request that describe its principal. */
export function contextOf({ account, arn, session }: Principal): RequestContext {
  return {
    'aws:PrincipalAccount': account,
    'aws:PrincipalArn': session?.roleArn ?? arn,
    'aws:PrincipalType': session ? 'AssumedRole' : 'User',
  };
}

function reasonOf(request: AccessRequest, role: Role | undefined): string | undefined {
  const { policies = [], boundary } = role ?? {};
  const granted = decide(request, policies);
  const bounded = boundary ? decide(request, [boundary]) : 'allowed';
  if (granted === 'denied') return 'with an explicit deny in an identity-based policy';
  if (bounded === 'denied') return 'with an explicit deny in a permissions boundary';
  if (granted === 'not allowed') return `because no identity-based policy allows the ${request.action} action`;
  return bounded === 'not allowed' ? `because no permissions boundary allows the ${request.action} action` : undefined;
}
