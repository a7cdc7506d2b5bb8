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
}

function malformed(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocument', message, 400);
}
