import { decide, decideAssumption, decideTrust } from './evaluate';
import { managedPolicy } from './managed-policies';
import type { AccessRequest, RequestContext } from './policy';
import { checkQuotas } from './quotas';
import type { ServiceReference } from './reference';
import { type Role, Roles, type RolesOptions } from './roles';
import type { IdentityService, Json } from '../services';
import { sessionArn } from '../sts/session-arn';

export interface IamOptions extends Omit<RolesOptions, 'propagationSeconds'> {
  /** Until a new role can be assumed, and a changed policy takes effect. Default: 10. */
  readonly propagationSeconds?: number;
  readonly account: string;
  readonly region: string;
  readonly reference: ServiceReference;
}

/** Somebody who has assumed a role. */
export interface Session {
  readonly roleArn: string;
  readonly sessionName: string;
}

/** IAM: decides by the identity policies of roles what is done with them, and by their trust who assumes them. */
export class Iam implements IdentityService {
  /** How long changes take from now on. */
  propagationSeconds: number;

  private readonly roles: Roles;

  constructor(private readonly options: IamOptions) {
    this.propagationSeconds = options.propagationSeconds ?? 10;
    this.roles = new Roles({ ...options, propagationSeconds: () => this.propagationSeconds });
  }

  put(type: string, physicalId: string, properties: { [property: string]: Json }, previous?: { [property: string]: Json }): void {
    const { ManagedPolicyArns = [], PermissionsBoundary: boundary } = properties as { ManagedPolicyArns?: string[]; PermissionsBoundary?: string };
    for (const arn of [...ManagedPolicyArns, ...boundary ? [boundary] : []]) {
      if (arn.split(':')[4] === 'aws') managedPolicy(arn);
    }
    checkQuotas(type, physicalId, properties, this.options.identities());
    this.roles.changed(type, physicalId, previous);
  }

  remove(): void {
    this.roles.forget();
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
    return reason && `User: ${sessionArn(session.roleArn, session.sessionName)} is not authorized to perform: ${request.action} on resource: ${request.resource} ${reason}`;
  }

  refusalOf({ action, resource, roleArn, assumedBy }: Parameters<NonNullable<IdentityService['refusalOf']>>[0]): string | undefined {
    if (roleArn === undefined) return undefined;
    const role = this.roles.find(roleArn);
    // Nobody has told of the role that deploys: it may do what an administrator may.
    if (!role && assumedBy === undefined) return undefined;
    if (assumedBy !== undefined && (!role || decideAssumption(role.trust, assumedBy, this.requestContext()) !== 'allowed')) {
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

function reasonOf(request: AccessRequest, role: Role | undefined): string | undefined {
  const { policies = [], boundary } = role ?? {};
  const granted = decide(request, policies);
  const bounded = boundary ? decide(request, [boundary]) : 'allowed';
  if (granted === 'denied') return 'with an explicit deny in an identity-based policy';
  if (bounded === 'denied') return 'with an explicit deny in a permissions boundary';
  if (granted === 'not allowed') return `because no identity-based policy allows the ${request.action} action`;
  return bounded === 'not allowed' ? `because no permissions boundary allows the ${request.action} action` : undefined;
}
