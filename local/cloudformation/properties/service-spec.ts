import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType as SpecType, Resource, SpecDatabase } from '@aws-cdk/service-spec-types';
import type { PropertySchema, PropertyType, Structure } from './property-schema';

let spec: SpecDatabase | undefined;

/** Returns a documented type of resource. */
export function resourceOf(type: string): Resource | undefined {
  // Reading the specification takes time, and most stacks do not need it.
  spec ??= loadAwsServiceSpecSync();
  return spec.lookup('resource', 'cloudFormationType', 'equals', type)[0];
}

/** Returns the properties of a documented type of resource. */
export function schemaOf(resource: Resource): PropertySchema {
  const structures: { [name: string]: Structure } = {};
  const typeOf = (type: SpecType): PropertyType => {
    switch (type.type) {
      case 'string': return { is: 'string', ...type.allowedValues && { values: type.allowedValues } };
      case 'integer': return { is: 'integer', ...type.allowedValues && { values: type.allowedValues } };
      case 'number': case 'boolean': case 'tag': return { is: type.type };
      case 'date-time': return { is: 'string' };
      case 'array': return { is: 'list', of: typeOf(type.element) };
      case 'map': return { is: 'map', of: typeOf(type.element) };
      case 'union': return { is: 'one of', of: type.types.map(typeOf) };
      case 'ref': return { is: 'object', name: structureOf(type.reference.$ref) };
      default: return { is: 'json' };
    }
  };
  /** A property keeps its earlier types. */
  const propertyOf = ({ type, previousTypes = [] }: Property) => previousTypes.length === 0 ? typeOf(type)
    : { is: 'one of', of: [type, ...previousTypes].map(typeOf) } as const;
  const structure = (properties: { readonly [name: string]: Property }): Structure => ({
    properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, propertyOf(property)])),
    required: Object.entries(properties).filter(([, { required }]) => required).map(([name]) => name),
  });
  const structureOf = (id: string): string => {
    const { name, properties } = spec!.get('typeDefinition', id);
    if (!Object.hasOwn(structures, name)) {
      // A structure can contain itself.
      structures[name] = { properties: {}, required: [] };
      structures[name] = structure(properties);
    }
    return name;
  };
  return { ...structure(resource.properties), structures };
}
