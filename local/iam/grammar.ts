import { isConditionOperator } from './conditions';
import { listOf } from './policy';
import { ServiceError } from '../api/service-error';
import type { Json } from '../services';

type Properties = { readonly [property: string]: Json };
type Element = { readonly [element: string]: any };

/**
 * Rejects the policies of a role, a policy or a managed policy that IAM does not accept: IAM User Guide, Grammar of the IAM JSON
 * policy language, and the reference of the policy elements.
 */
export function checkGrammar(properties: Properties): void {
  const { AssumeRolePolicyDocument: trust, Policies: inline = [], PolicyDocument: document } = properties as Element;
  if (trust !== undefined) checkDocument(trust, checkTrust);
  for (const policy of [...inline.map(({ PolicyDocument }: Element) => PolicyDocument as Element), ...document === undefined ? [] : [document]]) {
    checkDocument(policy, checkIdentity);
  }
}

function checkDocument({ Statement, Version = '2008-10-17' }: Element, checkStatement: (statement: Element) => void): void {
  if (!['2008-10-17', '2012-10-17'].includes(Version) || Statement === undefined) throw malformed('Syntax errors in policy.');
  const statements = listOf<Element>(Statement);
  for (const statement of statements) {
    checkElements(statement);
    checkStatement(statement);
  }
  const ids = statements.flatMap(({ Sid }) => Sid ?? []);
  if (ids.some((id) => !/^[A-Za-z0-9]*$/.test(id))) throw malformed('Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*');
  if (new Set(ids).size < ids.length) throw malformed('Statement IDs (SID) in a single policy must be unique.');
}

/** Checks the elements that all policies have. */
function checkElements({ Action, Condition = {}, Effect, NotAction }: Element): void {
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed('Syntax errors in policy.');
  const actions = listOf<string>(Action ?? NotAction);
  if (actions.length === 0) throw malformed('Policy statement must contain actions.');
  if (!actions.every((action) => action === '*' || /^[A-Za-z0-9-]+:.+$/.test(action))) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  const unknown = Object.keys(Condition).find((operator) => !isConditionOperator(operator));
  if (unknown !== undefined) throw malformed(`Invalid Condition type : ${unknown}.`);
}

function checkIdentity({ NotPrincipal, NotResource, Principal, Resource }: Element): void {
  if (Principal !== undefined || NotPrincipal !== undefined) throw malformed('Policy document should not specify a principal.');
  const resources = listOf<string>(Resource ?? NotResource);
  if (resources.length === 0) throw malformed('Policy statement must contain resources.');
  const wrong = resources.find((resource) => resource !== '*' && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+$/s.test(resource));
  if (wrong !== undefined) throw malformed(`Resource ${wrong} must be in ARN format or "*".`);
}

function checkTrust({ NotPrincipal, NotResource, Principal, Resource }: Element): void {
  if (Resource !== undefined || NotResource !== undefined) throw malformed('Has prohibited field Resource');
  if (Principal === undefined && NotPrincipal === undefined) throw malformed('Missing required field Principal');
  checkPrincipal({ NotPrincipal, Principal });
}

const PRINCIPALS = ['AWS', 'CanonicalUser', 'Federated', 'Service'];

function checkPrincipal({ NotPrincipal, Principal = NotPrincipal }: Element): void {
  if (Principal === '*') return;
  const isValid = typeof Principal === 'object' && Principal !== null && Object.entries(Principal).every(([kind, names]) => PRINCIPALS.includes(kind)
    && listOf(names as string).every((name) => kind === 'AWS' ? /^(\*|\d{12}|arn:[^:]*:(iam|sts)::.+|A[A-Z0-9]{15,})$/.test(name) : kind !== 'Service' || /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(name)));
  if (!isValid) throw malformed(`Invalid principal in policy: ${JSON.stringify(Principal)}`);
}

/** Rejects the policy of a resource, such as a bucket or a key, that AWS does not accept. */
export function checkResourceGrammar(document: Json): void {
  checkDocument(document as Element, (statement) => {
    if (statement.Principal === undefined && statement.NotPrincipal === undefined) throw malformed('Missing required field Principal');
    checkPrincipal(statement);
    const resources = listOf<string>(statement.Resource ?? statement.NotResource);
    if (!resources.every((resource) => resource === '*' || /^arn:[^:]*:[^:]+:.+$/s.test(resource))) throw malformed('Policy has invalid resource');
  });
}

/** Rejects a key policy that allows no principal of AWS to change it: AWS KMS Developer Guide, Default key policy. */
export function checkKeyLockout(document: Json): void {
  const opens = listOf<Element>((document as Element).Statement).some(({ Action, Effect, Principal }) => Effect === 'Allow'
    && (Principal === '*' || listOf<string>(Principal?.AWS).length > 0)
    && listOf<string>(Action).some((action) => ['*', 'kms:*', 'kms:put*', 'kms:putkeypolicy'].includes(action.toLowerCase())));
  if (!opens) throw malformed('The new key policy will not allow you to update the key policy in the future.');
}

function malformed(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocument', message, 400);
}
