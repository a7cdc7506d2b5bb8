import type { Attribute, PropertyType, Resource } from '@aws-cdk/service-spec-types';
import { arn, generatedName, hex, type NativeContext, type NativeType, type PhysicalContext } from './native-type';
import type { Json } from '../../services';
import { resourceOf, schemaOf } from '../properties/service-spec';

/** Returns a documented type that has no effect here: its names, its attributes, and the properties that replace it. */
export function inertType(type: string): NativeType | undefined {
  const resource = resourceOf(type);
  return resource && typeOf(resource);
}

function typeOf(resource: Resource): NativeType {
  const identifier = resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [];
  const properties = Object.entries(resource.properties);
  const isName = identifier.length === 1 && resource.properties[identifier[0]]?.causesReplacement === 'yes';
  return {
    nameProperty: isName ? identifier[0] : undefined,
    schema: schemaOf(resource),
    immutable: properties.filter(([, { causesReplacement }]) => causesReplacement === 'yes').map(([name]) => name),
    conditionallyImmutable: properties.filter(([, { causesReplacement }]) => causesReplacement === 'maybe').map(([name]) => name),
    taggable: resource.tagInformation?.variant === 'standard' && resource.tagInformation.tagPropertyName === 'Tags',
    physicalId: c => identifier.length === 0 ? generatedName(c.stackName, c.logicalId) : identifier.map(name => part(resource, name, c)).join('|'),
    attributes: Object.fromEntries(Object.entries(resource.attributes)
      .map(([name, attribute]) => [name, (c: PhysicalContext) => valueOf(resource, name, attribute, c)])),
  };
}

/** A part of the identifier: a specified property, or a generated value. */
function part(resource: Resource, name: string, context: NativeContext): string {
  const given = context.properties[name];
  if (given !== undefined) return String(given);
  if (name.endsWith('Arn')) return ownArn(resource, nameIn(resource, context), context);
  return name.endsWith('Id') && !(name in resource.properties) ? hex(17) : generatedName(context.stackName, context.logicalId);
}

function nameIn({ name }: Resource, { properties, stackName, logicalId }: NativeContext): string {
  return String(properties.Name ?? properties[`${name}Name`] ?? generatedName(stackName, logicalId));
}

function valueOf(resource: Resource, name: string, { type }: Attribute, context: PhysicalContext): Json {
  const { physicalId, properties } = context;
  if (properties[name] !== undefined) return properties[name];
  if ((resource.cfnRefIdentifier ?? resource.primaryIdentifier)?.join() === name) return physicalId;
  if (name.endsWith('Arn') && type.type === 'string') return physicalId.startsWith('arn:') ? physicalId : ownArn(resource, physicalId, context);
  return plausible(type, `${physicalId}-${name}`);
}

function plausible(type: PropertyType, text: string): Json {
  switch (type.type) {
    case 'boolean': return false;
    case 'integer': case 'number': return 0;
    case 'array': return [];
    case 'json': case 'map': case 'ref': return {};
    default: return text;
  }
}

function ownArn({ name, cloudFormationType, arnTemplate }: Resource, id: string, context: NativeContext): string {
  if (!arnTemplate) return arn(cloudFormationType.split('::')[1].toLowerCase(), `${name.toLowerCase()}/${id}`, context);
  const variables: { [variable: string]: string } = { Partition: context.partition, Region: context.region, Account: context.account };
  return arnTemplate.replace(/\$\{(\w+)\}/g, (_, variable: string) => variables[variable] ?? id);
}
