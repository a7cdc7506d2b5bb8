import { randomInt } from 'node:crypto';
import type { JsonObject } from '../../json';
import type { Json, Services } from '../../services';
import type { Environment } from '../cloudformation-environment';
import type { PropertySchema } from '../properties/property-schema';

/** The services that a resource type uses. */
export interface NativeContext extends Environment {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly properties: JsonObject;
  readonly services: Services;
  /** Returns the directory of the asset with a key in a bucket. */
  readonly assets: (objectKey: string, bucket: string) => string;
  /** Returns a directory with the code that a template contains. */
  readonly inlineCode: (source: string) => string;
}

/** The context of a resource that has a physical ID. */
export interface PhysicalContext extends NativeContext {
  readonly physicalId: string;
  /** The properties before the update. */
  readonly previous?: JsonObject;
  /** Waits on the clock, unless the operation is stopped. */
  wait(seconds: number): Promise<void>;
}

/** A type of resource. A type without `put` and `remove` only takes time. */
export interface NativeType {
  /** The property that specifies a custom name. */
  readonly nameProperty?: string;
  /** Properties whose change requires replacement. */
  readonly immutable?: readonly string[];
  /** Properties whose change may require replacement, but never does here. */
  readonly conditionallyImmutable?: readonly string[];
  /** The properties. Default: the schema of the emulated types. */
  readonly schema?: PropertySchema;
  readonly attributes?: { readonly [name: string]: (context: PhysicalContext) => Json };
  /** Whether the physical ID is exactly the name. */
  readonly isNamed?: boolean;
  /** Whether the property `Tags` also accepts the tags of the stack. */
  readonly taggable?: boolean;
  /** Whether its service does not persist it: `put` recreates it after a restart. */
  readonly isForgotten?: boolean;
  /** The duration of a creation, update or deletion in seconds, in addition to the waits of its functions. Default: 1. */
  readonly seconds?: number;
  /** Returns the current properties, or nothing if the resource no longer exists. Default: nothing but its stack can change it. */
  actual?(context: PhysicalContext): JsonObject | undefined;
  /** Whether a resource exists that no stack created. Default: no. */
  exists?(physicalId: string, services: Services): boolean;
  /** Generates the value of `Ref`. */
  physicalId(context: NativeContext): string;
  /** Creates or updates. */
  put?(context: PhysicalContext): void | Promise<void>;
  /** Waits for the result of `put`. If this fails, the resource exists and must be deleted. */
  settle?(context: PhysicalContext): void | Promise<void>;
  remove?(context: PhysicalContext): void | Promise<void>;
}

export interface NativeTypes { readonly [type: string]: NativeType }

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function random(length: number, letters = LETTERS): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

export function hex(length: number): string {
  return random(length, '0123456789abcdef');
}

export interface NameRule {
  readonly max?: number;
  readonly lowerCase?: boolean;
  /** The parts of a generated name before the random part. */
  readonly prefix?: 'stack and logical id' | 'logical id';
}

/** Returns a generated name, with the stack, the logical ID and a random part. */
export function generatedName(stackName: string, logicalId: string, { max = 255, lowerCase, prefix }: NameRule = {}): string {
  const suffix = random(12);
  const room = max - suffix.length - 2;
  const logical = logicalId.slice(0, Math.max(Math.floor(room / 2), room - stackName.length));
  const parts = prefix === 'logical id' ? [logicalId.slice(0, room)] : [stackName.slice(0, room - logical.length), logical];
  const name = [...parts, suffix].join('-');
  return lowerCase ? name.toLowerCase() : name;
}

/** Returns the specified name or a generated one. */
export function named(property: string, rule?: NameRule): Pick<NativeType, 'nameProperty'> & { name(context: NativeContext): string } {
  return {
    nameProperty: property,
    name: ({ properties, stackName, logicalId }) => properties[property] === undefined
      ? generatedName(stackName, logicalId, rule)
      : String(properties[property]),
  };
}

export function arn(service: string, resource: string, { partition, region, account }: Environment): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** Returns the document of a property that accepts it as a structure or as its JSON. */
export function documentOf(value: Json): Json {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return {};
  }
}

/** A type whose `Ref` is its name. */
export function byName(property: string, rule: NameRule, type: Omit<NativeType, 'physicalId'> = {}): NativeType {
  const { name, nameProperty } = named(property, rule);
  return { ...type, nameProperty, isNamed: true, immutable: [property, ...type.immutable ?? []], physicalId: name };
}

/** A type whose `Ref` is its ARN, which ends in its name. */
export function byArn(property: string, rule: NameRule, toArn: (name: string, context: NativeContext) => string,
  type: Omit<NativeType, 'physicalId'> = {}): NativeType {
  const { name, nameProperty } = named(property, rule);
  return { ...type, nameProperty, immutable: [property, ...type.immutable ?? []], physicalId: context => toArn(name(context), context) };
}

/** A type whose `Ref` is an ID that its service generates. */
export function byId(prefix: string, type: Omit<NativeType, 'physicalId'> = {}): NativeType {
  return { ...type, physicalId: () => prefix + hex(17) };
}

/** A type that exists only as an entry of another type. */
export function byEntry(type: Omit<NativeType, 'physicalId'> = {}): NativeType {
  return { ...type, physicalId: ({ stackName, logicalId }) => generatedName(stackName, logicalId) };
}
