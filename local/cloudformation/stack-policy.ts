import type { Json } from '../services';
import { invalid } from './cloudformation-error';
import type { ResourceState } from './state';
import { isObject, type JsonObject } from '../json';

export type PolicedAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: string | string[];
  readonly NotResource?: string | string[];
  readonly Condition?: { readonly [operator: string]: { readonly ResourceType?: string | string[] } };
}

const ACTIONS = /^Update:(Modify|Replace|Delete|\*)$/;
const CONDITIONS = ['StringEquals', 'StringLike'];
const MAXIMUM_SIZE = 16_384;

/** Rejects a stack policy that CloudFormation does not accept: Prevent updates to stack resources. */
export function checkedPolicy(text: string): string {
  if (text.length > MAXIMUM_SIZE) throw invalid(`1 validation error detected: Value at 'stackPolicyBody' failed to satisfy constraint: Member must have length less than or equal to ${MAXIMUM_SIZE}`);
  let document: Json;
  try {
    document = JSON.parse(text) as Json;
  } catch {
    throw invalid('Error validating stack policy: Syntax errors in policy');
  }
  if (!isObject(document) || !Array.isArray(document.Statement) || !document.Statement.every(isObject)) throw invalid('Error validating stack policy: Syntax errors in policy');
  for (const statement of document.Statement as JsonObject[]) {
    const { Action, Condition = {}, Effect, NotAction, NotPrincipal, NotResource, Principal, Resource } = statement;
    if (Effect !== 'Allow' && Effect !== 'Deny') throw invalid('Error validating stack policy: Invalid effect');
    if (Principal !== '*' || NotPrincipal !== undefined) throw invalid('Error validating stack policy: Invalid principal');
    if (!isOneList([Action, NotAction], (action) => ACTIONS.test(action))) throw invalid('Error validating stack policy: Invalid action');
    if (!isOneList([Resource, NotResource], (resource) => resource === '*' || resource.startsWith('LogicalResourceId/'))) {
      throw invalid('Error validating stack policy: Invalid resource');
    }
    for (const [operator, keys] of Object.entries(Condition as JsonObject)) {
      const isKnown = CONDITIONS.includes(operator) && isObject(keys) && Object.keys(keys).join() === 'ResourceType';
      if (!isKnown) throw invalid('Error validating stack policy: Invalid condition');
    }
  }
  return text;
}

/** Returns the reason why a stack policy denies an action on a resource, or nothing. A policy denies everything that it does not allow. */
export function policyRefusal(policy: string, action: PolicedAction, { logicalId, type }: Pick<ResourceState, 'logicalId' | 'type'>): string | undefined {
  const statements = (JSON.parse(policy) as { Statement: Statement[] }).Statement;
  const resource = `LogicalResourceId/${logicalId}`;
  const numbered = statements.map((statement, index) => ({ ...statement, index }));
  const concerned = numbered.filter(({ Action, NotAction, NotResource, Resource, Condition = {} }) =>
    matchesAny(Action ?? NotAction, action) === (Action !== undefined)
    && matchesAny(Resource ?? NotResource, resource) === (Resource !== undefined)
    && Object.values(Condition).every(({ ResourceType }) => matchesAny(ResourceType, type)));
  const denied = concerned.find(({ Effect }) => Effect === 'Deny');
  if (denied) return `Action denied by stack policy: Statement [#${denied.index + 1}] denies [${action}] for resource [${resource}]`;
  return concerned.length > 0 ? undefined : `Action not allowed by stack policy: no statement allows [${action}] for resource [${resource}]`;
}

/** Whether exactly one of two members is specified, and contains only valid elements. */
function isOneList(members: readonly (Json | undefined)[], isValid: (element: string) => boolean): boolean {
  const [given, ...others] = members.filter((member) => member !== undefined);
  const elements = listOf(given);
  return others.length === 0 && elements.length > 0 && elements.every(isValid);
}

function listOf(value: Json | undefined): string[] {
  return [value ?? []].flat().map(String);
}

function matchesAny(patterns: string | string[] | undefined, value: string): boolean {
  return listOf(patterns).some((pattern) => new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(value));
}
