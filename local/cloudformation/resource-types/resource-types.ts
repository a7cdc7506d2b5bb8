import { inertType } from './inert-types';
import type { NativeType, NativeTypes } from './native-type';
import type { PropertySchema } from '../properties/property-schema';
import SCHEMAS_OF_EMULATED_TYPES from '../properties/property-schemas.generated.json';

/** They are generated, because reading the whole specification takes half a second. */
const SCHEMAS = SCHEMAS_OF_EMULATED_TYPES as unknown as { readonly [type: string]: PropertySchema };

/** The types of resources of a Region: the emulated types, and all other documented types. */
export class ResourceTypes {
  private readonly inert = new Map<string, NativeType | undefined>();

  constructor(private readonly emulated: NativeTypes) {}

  find(type: string): NativeType | undefined {
    if (this.isEmulated(type)) return this.emulated[type];
    if (!this.inert.has(type)) this.inert.set(type, inertType(type));
    return this.inert.get(type);
  }

  /** The properties of a type. Nothing for a type that aws-service-spec does not have, such as AWS::CDK::Metadata. */
  schema(type: string): PropertySchema | undefined {
    return Object.hasOwn(SCHEMAS, type) ? SCHEMAS[type] : this.find(type)?.schema;
  }

  isEmulated(type: string): boolean {
    return Object.hasOwn(this.emulated, type);
  }
}
