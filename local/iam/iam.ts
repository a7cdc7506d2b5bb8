import { decide, decideFor, decideTrust } from './evaluate';
import { managedPolicy } from './managed-policies';
import type { AccessRequest, RequestContext } from './policy';
import type { Principal, Session } from './principal';
import { checkQuotas } from './quotas';
import type { ServiceReference } from './reference';
import type { Role, Roles } from './roles';
import type { Clock } from '../clock';
import type { Identities } from '../cloudformation';
import type { IdentityService, Json } from '../services';
import { sessionArn } from '../sts/session-arn';

export interface IamOptions {
  readonly clock: Clock;
  readonly account: string;
  /** Where requests are made. */
  readonly region: string;
  /** The roles of the account, which all its regions have. */
  readonly roles: Roles;
  readonly reference: ServiceReference;
}

/** IAM: decides by the identity policies of roles what is done with them, and by their trust who assumes them. */
export class Iam implements IdentityService {
  private readonly roles: Roles;

  constructor(private readonly options: IamOptions) {
    this.roles = options.roles;
  }

  /** How long changes take from now on. */
  get propagationSeconds(): number {
    return this.roles.propagationSeconds;
  }

  set propagationSeconds(seconds: number) {
    this.roles.propagationSeconds = seconds;
  }

  put(type: string, physicalId: string, properties: { [property: string]: Json }, previous?: { [property: string]: Json }): void {
    const { ManagedPolicyArns = [], PermissionsBoundary: boundary } = properties as { ManagedPolicyArns?: string[]; PermissionsBoundary?: string };
    for (const arn of [...ManagedPolicyArns, ...boundary ? [boundary] : []]) {
      if (arn.split(':')[4] === 'aws') managedPolicy(arn);
    }
    checkQuotas(type, physicalId, properties, this.roles.ofStacks());
    this.roles.changed(type, physicalId, previous);
  }

  remove(): void {
    this.roles.forget();
  }

  /** The roles that stacks of the account have made, as IAM itself has them. */
  rolesOfStacks(): Identities {
    return this.roles.ofStacks();
  }

  /** Whether there is such a role in the account. */
  knows(roleArn: string): boolean {
    return this.roles.findLatest(roleArn) !== undefined;
  }

  trusts(roleArn: string, service: string, sourceArn: string): boolean {
    return this.isTrusted(this.roles.findLatest(roleArn), service, sourceArn);
  }

  /** Whether a service can assume a role for one of its resources now: a new role takes a while. */
  canAssume(roleArn: string, service: string, sourceArn: string): boolean {
    return this.isTrusted(this.roles.find(roleArn), service, sourceArn);
  }

  /** Why somebody may not do this, in the words of AWS; nothing when it is allowed. */
  refusal(session: Session, request: AccessRequest): string | undefined {
    const reason = this.reasonAgainst(this.roles.find(session.roleArn), request);
    return reason && refusalText(session, request, reason);
  }

  /**
   * What the trust policy of a role of this account says about a principal. `allowed` is enough for one of this account that
   * the policy names itself; otherwise the principal's own policies have to allow it, too.
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
    // Nobody has told of the role that deploys: it may do what an administrator may.
    if (!role && assumedBy === undefined) return undefined;
    if (assumedBy !== undefined && this.assumption(roleArn, principalNamed(assumedBy), {}) === 'refused') {
      return `${assumedBy} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    }
    return this.refusal({ roleArn, sessionName: 'AWSCloudFormation' }, { action, resource, context: {} });
  }

  /** Whether a role allows this as soon as IAM has spread what it knows. */
  willAllow(roleArn: string, request: AccessRequest): boolean {
    return this.reasonAgainst(this.roles.findLatest(roleArn), request) === undefined;
  }

  private reasonAgainst(role: Role | undefined, { action, resource, context }: AccessRequest): string | undefined {
    return reasonOf(this.options.reference.narrow({ action, resource, context: { ...this.globalContext(role), ...context } }), role);
  }

  private isTrusted(role: Role | undefined, service: string, sourceArn: string): boolean {
    const context = { ...this.requestContext(), 'aws:SourceAccount': this.options.account, 'aws:SourceArn': sourceArn };
    return role !== undefined && decideTrust(role.trust, service, context) === 'allowed';
  }

  private globalContext(role: Role | undefined): RequestContext {
    return { ...this.requestContext(), ...role && { 'aws:PrincipalArn': role.roleArn, 'aws:PrincipalAccount': this.options.account, 'aws:PrincipalType': 'AssumedRole' } };
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

export function refusalText({ roleArn, sessionName }: Session, { action, resource }: AccessRequest, reason: string): string {
  return `User: ${sessionArn(roleArn, sessionName)} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** A role, or somebody of an account. */
function principalNamed(roleOrAccount: string): Principal {
  if (!roleOrAccount.startsWith('arn:')) return { account: roleOrAccount, arn: `arn:aws:iam::${roleOrAccount}:root`, isOpenedByAdministrator: true };
  const session = { roleArn: roleOrAccount, sessionName: 'AWSCloudFormation' };
  return { account: roleOrAccount.split(':')[4], arn: sessionArn(roleOrAccount, session.sessionName), session, isOpenedByAdministrator: true };
}

/** What the condition keys of a request say about who makes it. */
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
