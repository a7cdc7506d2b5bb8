import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './packed';

/** What the tests read of the jsii specification. */
export interface Documented {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly remarks?: string; readonly default?: string; readonly stability?: string };
}

export interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: string; readonly elementtype: TypeReference };
  readonly union?: object;
  readonly intersection?: object;
}

export interface Parameter extends Documented {
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly variadic?: boolean;
}

export interface Property extends Documented {
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
  /** The type whose property this one implements. */
  readonly overrides?: string;
}

export interface Method extends Documented {
  /** The type whose method this one implements. */
  readonly overrides?: string;
  readonly parameters?: readonly Parameter[];
  readonly returns?: { readonly type: TypeReference };
}

export interface Type extends Documented {
  readonly locationInModule?: { readonly filename: string };
  readonly kind: 'class' | 'interface' | 'enum';
  /** Whether it is an interface of values only: a struct. */
  readonly datatype?: boolean;
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
  readonly initializer?: Omit<Method, 'name' | 'overrides'>;
  readonly members?: readonly Documented[];
}

/** The public types, as they were compiled last. */
export function publicTypes(): readonly Type[] {
  return Object.values<Type>(JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')).types);
}

/** Whatever is called or read of a type, without its constructor. */
export function membersOf({ properties = [], methods = [], members = [] }: Type): readonly (Property | Method | Documented)[] {
  return [...properties, ...methods, ...members];
}

/** The parameters of all methods and of the constructor of a type, each with what it is a parameter of. */
export function parametersOf({ name, initializer, methods = [] }: Type): readonly { readonly place: string; readonly parameter: Parameter }[] {
  return [{ name: 'constructor', ...initializer }, ...methods]
    .flatMap((method) => (method.parameters ?? []).map((parameter) => ({ place: `${name}.${method.name}(${parameter.name})`, parameter })));
}

/** The types that a public type mentions, each with where it does. */
export function mentionsOf(type: Type): readonly { readonly place: string; readonly type: TypeReference }[] {
  return [
    ...(type.properties ?? []).map((property) => ({ place: `${type.name}.${property.name}`, type: property.type })),
    ...(type.methods ?? []).flatMap(({ name, returns }) => (returns ? [{ place: `${type.name}.${name}`, type: returns.type }] : [])),
    ...parametersOf(type).map(({ place, parameter }) => ({ place, type: parameter.type })),
  ];
}
