import { hold } from './conditions';
import { Patterns } from './pattern';
import { type AccessRequest, listOf, type PolicyDocument, type RequestContext, type Statement } from './policy';
import { names, type Naming, type Principal } from './principal';

/**
 * The decision of policies on a request. An explicit deny takes precedence. Without an explicit allow, the request is implicitly
 * denied.
 */
export type Decision = 'allowed' | 'denied' | 'not allowed';

/** Evaluates the policies of an identity for a request. */
export function decide(request: AccessRequest, policies: readonly PolicyDocument[]): Decision {
  return weigh(policies, (statement, patterns) => concerns(statement, request, patterns)
    && hold(statement.Condition ?? {}, request.context, patterns), request.context);
}

/** Evaluates the trust policy of a role for a service that assumes it. */
export function decideTrust(trust: PolicyDocument, service: string, context: RequestContext): Decision {
  return weigh([trust], (statement, patterns) => isPrincipal(statement, service)
    && listOf(statement.Action).some((action) => patterns.matches(action.toLowerCase(), 'sts:assumerole'))
    && hold(statement.Condition ?? {}, context, patterns), context);
}

/**
 * Evaluates a resource-based policy, such as a role's trust policy, for a principal.
 *
 * @param how The way in which an allowing statement must name the principal. If it names the account, the principal's own policies then decide
 */
export function decideFor(principal: Principal, request: AccessRequest, policies: readonly PolicyDocument[], how: Naming): Decision {
  return weigh(policies, (statement, patterns) => isNamed(statement, principal, how)
    && concerns({ ...statement, Resource: statement.Resource ?? (statement.NotResource === undefined ? '*' : undefined) }, request, patterns)
    && hold(statement.Condition ?? {}, request.context, patterns), request.context);
}

/** Evaluates a resource-based policy for a request of a service. */
export function decideForService(policy: PolicyDocument, service: string, request: AccessRequest): Decision {
  return weigh([policy], (statement, patterns) => isPrincipal(statement, service) && concerns(statement, request, patterns)
    && hold(statement.Condition ?? {}, request.context, patterns), request.context);
}

type Applies = (statement: Statement, patterns: Patterns) => boolean;

function weigh(policies: readonly PolicyDocument[], applies: Applies, context: RequestContext): Decision {
  const effects = policies.flatMap(({ Statement, Version }) => {
    const patterns = new Patterns(context, Version);
    return listOf(Statement).filter((statement) => applies(statement, patterns)).map(({ Effect }) => Effect);
  });
  if (effects.includes('Deny')) return 'denied';
  return effects.includes('Allow') ? 'allowed' : 'not allowed';
}

function concerns(statement: Statement, { action, resource }: AccessRequest, patterns: Patterns): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  // The names of services and actions are case-insensitive.
  const isAction = (pattern: string) => patterns.matches(pattern.toLowerCase(), action.toLowerCase());
  const isResource = (pattern: string) => patterns.matches(pattern, resource);
  return (NotAction === undefined ? listOf(Action).some(isAction) : !listOf(NotAction).some(isAction))
    && (NotResource === undefined ? listOf(Resource).some(isResource) : !listOf(NotResource).some(isResource));
}

/** A deny applies to all principals that the statement names in any way. */
function isNamed(statement: Statement, principal: Principal, how: Naming): boolean {
  return names(statement, principal, statement.Effect === 'Deny' ? 'either' : how);
}

/** A service has one principal for all Regions, and some services also have one for each Region. */
function isPrincipal({ Principal }: Statement, service: string): boolean {
  if (Principal === undefined || Principal === '*') return Principal === '*';
  const [name] = service.split('.');
  return listOf(Principal.Service).some((principal) => principal === service || new RegExp(`^${name}\\.[a-z0-9-]+\\.amazonaws\\.com$`).test(principal));
}
