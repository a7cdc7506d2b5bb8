import { invalid } from './cloudformation-error';
import { references } from './references';
import { isCustom, isNestedStack } from './resource-kinds';
import type { ResourceTypes } from './resource-types';
import type { Template, TemplateBody } from './stack-template';
import type { Json } from '../services';

const MAXIMUM_BYTES = 1_000_000;
const MAXIMUM_MEMBERS: { [section: string]: number } = { Resources: 500, Outputs: 200, Parameters: 200, Mappings: 200 };
const MAXIMUM_CUSTOM_TYPE = 60;
const RETENTION = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];
const RESOURCE_MEMBERS = [
  'Type', 'Properties', 'Metadata', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'CreationPolicy', 'UpdatePolicy', 'Description',
];

/** Reads the body of a template, and checks everything that does not depend on parameters. */
export function parseTemplate(text: string): TemplateBody {
  if (Buffer.byteLength(text) > MAXIMUM_BYTES) throw invalid(`Template may not exceed ${MAXIMUM_BYTES} bytes in size.`);
  let body: TemplateBody;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw invalid(`Template format error: JSON not well-formed. ${(error as Error).message}`);
  }
  if (Object.keys(body?.Resources ?? {}).length === 0) throw invalid('Template format error: At least one Resources member must be defined.');
  const transforms = [body.Transform ?? []].flat();
  const other = transforms.find(transform => transform !== 'AWS::LanguageExtensions');
  if (other !== undefined) throw invalid(`The transform ${JSON.stringify(other)} is not emulated, only AWS::LanguageExtensions is`);
  for (const [section, maximum] of Object.entries(MAXIMUM_MEMBERS)) {
    const count = Object.keys(body[section as keyof TemplateBody] ?? {}).length;
    if (count > maximum) {
      throw invalid(`Template format error: Number of ${section.toLowerCase()}, ${count}, is greater than maximum allowed, ${maximum}`);
    }
  }
  refuseNull(body as unknown as Json, '');
  for (const [logicalId, resource] of Object.entries(body.Resources)) {
    if (!/^[A-Za-z0-9]+$/.test(logicalId)) throw invalid(`Template format error: Resource name ${logicalId} is non alphanumeric.`);
    if (logicalId.length > 255) throw invalid(`Template format error: Resource name ${logicalId} is longer than 255 characters.`);
    if (typeof resource.Type !== 'string') {
      throw invalid(`Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`);
    }
    const unknown = Object.keys(resource).find(member => !RESOURCE_MEMBERS.includes(member));
    if (unknown) throw invalid(`Invalid template resource property '${unknown}'`);
  }
  return body;
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
  const { body } = template;
  const unrecognized = Object.values(body.Resources).map(({ Type }) => Type).filter(type => type.startsWith('Custom::')
    ? !/^Custom::[\w@-]+$/.test(type) || type.length > MAXIMUM_CUSTOM_TYPE
    : !isCustom(type) && !types.find(type));
  if (unrecognized.length > 0) throw invalid(`Template format error: Unrecognized resource types: [${[...new Set(unrecognized)].join(', ')}]`);

  const referable = new Set([...Object.keys(template.pseudo()), ...Object.keys(template.parameters)]);
  const check = (block: string, value: Json, all: boolean, unresolved: Set<string>) => {
    for (const { name, attribute } of references(value, all ? undefined : template.condition)) {
      // An unused branch of an Fn::If may refer to a resource whose condition is false.
      const resources = all ? body.Resources : template.resources;
      if (attribute === undefined) {
        if (!referable.has(name) && !Object.hasOwn(resources, name)) unresolved.add(name);
      } else if (!Object.hasOwn(resources, name)) {
        throw invalid(`Template error: instance of Fn::GetAtt references undefined resource ${name}`);
      } else if (typeof attribute === 'string' && !hasAttribute(body.Resources[name].Type, attribute, types)) {
        throw invalid(`Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`);
      }
    }
    if (unresolved.size > 0) {
      throw invalid(`Template format error: Unresolved resource dependencies [${[...unresolved].join(', ')}] in the ${block} block of the template`);
    }
  };
  const dependsOn = Object.values(body.Resources).flatMap(resource => resource.DependsOn ?? []).filter(name => !Object.hasOwn(body.Resources, name));
  for (const all of [true, false]) {
    const used = Object.values(all ? body.Resources : template.resources);
    check('Resources', used.map(({ Properties, Metadata }) => [Properties ?? {}, Metadata ?? {}]), all, new Set(dependsOn));
    check('Outputs', Object.values(all ? body.Outputs ?? {} : template.outputs) as unknown as Json, all, new Set());
  }
  for (const [logicalId, { Type, DeletionPolicy, UpdateReplacePolicy }] of Object.entries(body.Resources)) {
    for (const [attribute, policy] of Object.entries({ DeletionPolicy, UpdateReplacePolicy })) {
      if (policy === undefined) continue;
      const allowed = RETENTION.includes(policy) && !(attribute === 'UpdateReplacePolicy' && policy === 'RetainExceptOnCreate');
      if (!allowed) throw invalid(`Template format error: Unrecognized ${attribute} ${policy} for resource ${logicalId}`);
      // None of the emulated types supports snapshots.
      if (policy === 'Snapshot' && (isCustom(Type) || types.isEmulated(Type))) {
        throw invalid(`Template error: resource type ${Type} does not support ${attribute.toLowerCase().replace('policy', ' policy')} Snapshot`);
      }
    }
    if (isCustom(Type) && body.Resources[logicalId].Properties?.ServiceToken === undefined) {
      throw invalid(`Template format error: resource ${logicalId} of type ${Type} needs the property ServiceToken`);
    }
  }
  template.imports();
  refuseCircles(template);
}

function hasAttribute(type: string, attribute: string, types: ResourceTypes): boolean {
  return isCustom(type) || (isNestedStack(type) && attribute.startsWith('Outputs.')) || Object.hasOwn(types.find(type)?.attributes ?? {}, attribute);
}

function refuseNull(value: Json, path: string): void {
  if (value === null) throw invalid(`Template format error: [${path}] 'null' values are not allowed in templates`);
  if (typeof value === 'object') for (const [key, member] of Object.entries(value)) refuseNull(member, `${path}/${key}`);
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
