import { randomInt } from 'node:crypto';
import type { JsonObject } from '../../json';
import type { Json, Services } from '../../services';
import type { Environment } from '../stack-environment';

/** What a resource type works with. */
export interface NativeContext extends Environment {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly properties: JsonObject;
  readonly services: Services;
  /** The directory of an asset that is in a bucket under a key. */
  readonly assets: (objectKey: string, bucket: string) => string;
}

/** The same for a resource that has its physical id. */
export interface PhysicalContext extends NativeContext {
  readonly physicalId: string;
  /** What an update started from. */
  readonly previous?: JsonObject;
  /** Waits on the clock, as long as nothing stops the operation. */
  wait(seconds: number): Promise<void>;
}

/** What is to know of a type of resource. A type without `put` and `remove` only takes its time. */
export interface NativeType {
  /** The property that gives the resource a name of the user's choice. */
  readonly nameProperty?: string;
  /** Properties whose change needs a new resource. */
  readonly immutable?: readonly string[];
  /** Properties whose change may need a new resource, which is never made here. */
  readonly conditionallyImmutable?: readonly string[];
  readonly required?: readonly string[];
  /** Paths of properties that the service reads as strings; `*` stands for each item of a list. */
  readonly strings?: readonly string[];
  readonly attributes?: { readonly [name: string]: (context: PhysicalContext) => Json };
  /** Its physical id is its name, and nothing else. */
  readonly isNamed?: boolean;
  /** Its property `Tags` takes the stack's tags, too. */
  readonly taggable?: boolean;
  /** Its service forgets it when the process ends: `put` makes it again, although it exists. */
  readonly isForgotten?: boolean;
  /** How long a creation, an update or a deletion takes, besides what its functions wait for. Default: 1. */
  readonly seconds?: number;
  /** Whether there is one that no stack has made. Default: there is none. */
  exists?(physicalId: string, services: Services): boolean;
  /** Makes up what `Ref` gives. */
  physicalId(context: NativeContext): string;
  /** Creates or updates. */
  put?(context: PhysicalContext): void | Promise<void>;
  /** Waits for what `put` has begun. What fails here is there, and has to be deleted. */
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
  /** Some types are named without the stack. */
  readonly prefix?: 'stack and logical id' | 'logical id';
}

/** The name that CloudFormation makes for a resource: the stack, the logical id and something random. */
export function generatedName(stackName: string, logicalId: string, { max = 255, lowerCase, prefix }: NameRule = {}): string {
  const suffix = random(12);
  const room = max - suffix.length - 2;
  const logical = logicalId.slice(0, Math.max(Math.floor(room / 2), room - stackName.length));
  const parts = prefix === 'logical id' ? [logicalId.slice(0, room)] : [stackName.slice(0, room - logical.length), logical];
  const name = [...parts, suffix].join('-');
  return lowerCase ? name.toLowerCase() : name;
}

/** The name that the template gives, or a generated one. */
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

/** A type whose `Ref` is an id that its service makes up. */
export function byId(prefix: string, type: Omit<NativeType, 'physicalId'> = {}): NativeType {
  return { ...type, physicalId: () => prefix + hex(17) };
}

/** A type that exists only as an entry of another one. */
export function byEntry(type: Omit<NativeType, 'physicalId'> = {}): NativeType {
  return { ...type, physicalId: ({ stackName, logicalId }) => generatedName(stackName, logicalId) };
}
