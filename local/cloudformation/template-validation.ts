import { invalid } from './cloudformation-error';
import { checkSecureReferences, checkVisible, countReferences, MAXIMUM_REFERENCES } from './dynamic-references';
import { references } from './references';
import { isCustom, isNestedStack } from './resource-kinds';
import type { ResourceTypes } from './resource-types';
import { PSEUDO_PARAMETERS, type Template } from './stack-template';
import type { ResourceDefinition, TemplateBody } from './template-body';
import { checkFormat } from './template-format';
import type { Json } from '../services';

const MAXIMUM_BYTES = 1_000_000;
const MAXIMUM_CUSTOM_TYPE = 60;
const RETENTION = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];

/** Reads the body of a template, and checks everything that does not depend on parameters. */
export function parseTemplate(text: string): TemplateBody {
  if (Buffer.byteLength(text) > MAXIMUM_BYTES) throw invalid(`Template may not exceed ${MAXIMUM_BYTES} bytes in size.`);
  let body: TemplateBody;
  try {
    body = JSON.parse(exact(text));
  } catch (error) {
    throw invalid(`Template format error: JSON not well-formed. ${(error as Error).message}`);
  }
  checkFormat(body);
  return body;
}

/** Quotes the integers that JavaScript would round, but no digits of a fraction. Templates may contain them as strings too: CloudFormation converts scalars. */
function exact(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d+(?![\d.eE])/g, (token) => token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`);
}

/** The valid templates, with the values of their conditions: an operation reads its template in each of its phases. */
const VALID = new WeakMap<ResourceTypes, Set<string>>();

/** Checks everything that CloudFormation rejects before it deploys a template. */
export function validateTemplate(template: Template, types: ResourceTypes, text: string): void {
  const valid = VALID.get(types) ?? new Set();
  VALID.set(types, valid);
  const conditions = Object.keys(template.body.Conditions ?? {}).filter(template.condition);
  const key = `${JSON.stringify([Object.keys(template.parameters), conditions])} ${text}`;
  // Imports depend on the values of parameters.
  if (valid.has(key)) template.imports();
  else refuseInvalid(template, types);
  valid.add(key);
}

function refuseInvalid(template: Template, types: ResourceTypes): void {
  const { body, resources, outputs, condition } = template;
  const parameterNames = Object.keys(template.parameters);
  checkReferences({ body, parameterNames, types });
  checkReferences({ body: { ...body, Resources: resources, Outputs: outputs }, parameterNames, types, condition });
  template.imports();
  refuseCircles(template);
  refuseSecureReferences(template);
}

export interface Checked {
  readonly body: TemplateBody;
  readonly parameterNames: readonly string[];
  readonly types: ResourceTypes;
  /** If specified, only the branch of an `Fn::If` that is used counts: an unused one may refer to a resource whose condition is false. */
  readonly condition?: (name: string) => boolean;
}

/** Checks the types, references and policies of resources. */
export function checkReferences({ body: { Resources, Outputs = {} }, parameterNames, types, condition }: Checked): void {
  const unrecognized = Object.values(Resources).map(({ Type }) => Type).filter(type => type.startsWith('Custom::')
    ? !/^Custom::[\w@-]+$/.test(type) || type.length > MAXIMUM_CUSTOM_TYPE
    : !isCustom(type) && !types.find(type));
  if (unrecognized.length > 0) throw invalid(`Template format error: Unrecognized resource types: [${[...new Set(unrecognized)].join(', ')}]`);
  const referable = new Set([...PSEUDO_PARAMETERS, ...parameterNames]);
  const check = (block: string, value: Json, unresolved: Set<string>) => {
    for (const { name, attribute } of references(value, condition)) {
      if (attribute === undefined) {
        if (!referable.has(name) && !Object.hasOwn(Resources, name)) unresolved.add(name);
      } else if (!Object.hasOwn(Resources, name)) {
        throw invalid(`Template error: instance of Fn::GetAtt references undefined resource ${name}`);
      } else if (typeof attribute === 'string' && !hasAttribute(Resources[name].Type, attribute, types)) {
        throw invalid(`Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`);
      }
    }
    if (unresolved.size > 0) {
      throw invalid(`Template format error: Unresolved resource dependencies [${[...unresolved].join(', ')}] in the ${block} block of the template`);
    }
  };
  // A resource may depend on one whose condition is false.
  const dependencies = condition ? [] : Object.values(Resources).flatMap(({ DependsOn = [] }) => DependsOn);
  const dependsOn = dependencies.filter(name => !Object.hasOwn(Resources, name));
  check('Resources', Object.values(Resources).map(({ Properties, Metadata }) => [Properties ?? {}, Metadata ?? {}]), new Set(dependsOn));
  check('Outputs', Object.values(Outputs) as unknown as Json, new Set());
  for (const [logicalId, resource] of Object.entries(Resources)) checkResource(logicalId, resource, types);
}

function checkResource(logicalId: string, { Type, DeletionPolicy, UpdateReplacePolicy, Properties }: ResourceDefinition, types: ResourceTypes): void {
  for (const [attribute, policy] of Object.entries({ DeletionPolicy, UpdateReplacePolicy })) {
    if (policy === undefined) continue;
    const allowed = RETENTION.includes(policy) && !(attribute === 'UpdateReplacePolicy' && policy === 'RetainExceptOnCreate');
    if (!allowed) throw invalid(`Template format error: Unrecognized ${attribute} ${policy} for resource ${logicalId}`);
    // None of the emulated types supports snapshots.
    if (policy === 'Snapshot' && (isCustom(Type) || types.isEmulated(Type))) {
      throw invalid(`Template error: resource type ${Type} does not support ${attribute.toLowerCase().replace('policy', ' policy')} Snapshot`);
    }
  }
  if (isCustom(Type) && Properties?.ServiceToken === undefined) {
    throw invalid(`Template format error: resource ${logicalId} of type ${Type} needs the property ServiceToken`);
  }
}

function hasAttribute(type: string, attribute: string, types: ResourceTypes): boolean {
  return isCustom(type) || (isNestedStack(type) && attribute.startsWith('Outputs.')) || Object.hasOwn(types.find(type)?.attributes ?? {}, attribute);
}

/** Functions may compose a reference, so the resolved properties count. */
function refuseSecureReferences(template: Template): void {
  const { body, outputs, resources } = template;
  const text = JSON.stringify(body);
  const count = countReferences(text);
  if (count > MAXIMUM_REFERENCES) throw invalid(`Template error: a template may contain at most ${MAXIMUM_REFERENCES} dynamic references; it contains ${count}.`);
  if (count === 0) return;
  for (const [logicalId, properties] of Object.entries(template.effects())) {
    const { Metadata, Type } = resources[logicalId];
    checkSecureReferences(Type, properties, isCustom(Type));
    checkVisible(`${Type}/Metadata`, Metadata);
  }
  for (const [key, { Value }] of Object.entries(outputs)) checkVisible(`Outputs/${key}/Value`, Value);
}

function refuseCircles(template: Template): void {
  let open = new Map(Object.keys(template.resources).map(id => [id, template.dependencies(id)]));
  for (let before = -1; before !== open.size;) {
    before = open.size;
    open = new Map([...open].filter(([, dependencies]) => dependencies.some(id => open.has(id))));
  }
  if (open.size === 0) return;
  // A resource that only depends on a circle is not part of it.
  const inCircle = [...open.keys()].filter(start => {
    const seen = new Set<string>();
    const reach = (id: string): boolean => (open.get(id) ?? []).some(next => next === start || (!seen.has(next) && !!seen.add(next) && reach(next)));
    return reach(start);
  });
  throw invalid(`Circular dependency between resources: [${inCircle.join(', ')}]`);
}
