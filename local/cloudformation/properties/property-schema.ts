/** The type of a property, as far as aws-service-spec knows it. */
export type PropertyType =
  | { readonly is: 'string' | 'integer' | 'number' | 'boolean'; readonly values?: ReadonlyArray<string | number> }
  | { readonly is: 'json' | 'tag' }
  | { readonly is: 'list'; readonly of: PropertyType }
  | { readonly is: 'map'; readonly of: PropertyType }
  | { readonly is: 'object'; readonly name: string }
  | { readonly is: 'one of'; readonly of: readonly PropertyType[] };

/** The properties of a resource, or of a structure in one. */
export interface Structure {
  readonly properties: { readonly [name: string]: PropertyType };
  readonly required: readonly string[];
}

/** The properties of a type of resource, and the structures that they contain. */
export interface PropertySchema extends Structure {
  readonly structures: { readonly [name: string]: Structure };
}
