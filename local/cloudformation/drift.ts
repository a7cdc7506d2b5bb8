import type { PropertyDifference, ResourceDrift } from './detected-drift';
import { clone, same } from './documents';
import type { NativeResources } from './native-resource';
import { isCustom, isNestedStack } from './resource-kinds';
import type { ResourceState, StackState } from './state';
import { isObject } from '../json';
import type { Json } from '../services';

/** Compares the resources of a stack with their expected properties. Custom resources and nested stacks are not checked. */
export function driftsOf(stack: StackState, native: NativeResources, time: string): ResourceDrift[] {
  return Object.values(stack.resources).filter(({ physicalId }) => physicalId !== undefined)
    .map((resource) => driftOf(resource, native, stack, time));
}

export function isDrifted({ status }: ResourceDrift): boolean {
  return status === 'MODIFIED' || status === 'DELETED';
}

function driftOf(resource: ResourceState, native: NativeResources, stack: StackState, time: string): ResourceDrift {
  const { logicalId, physicalId = '', type } = resource;
  const found = { logicalId, physicalId, type, time };
  if (isCustom(type) || isNestedStack(type)) return { ...found, status: 'NOT_CHECKED', differences: [] };
  const expected = clone(resource.properties);
  const actual = native.actual(resource, stack);
  if (!actual) return { ...found, status: 'DELETED', expected, differences: [] };
  const differences = [...differencesOf(expected, actual, '')];
  return { ...found, status: differences.length > 0 ? 'MODIFIED' : 'IN_SYNC', expected, actual, differences };
}

/** CloudFormation compares only properties whose value is in the template. */
function* differencesOf(expected: Json, actual: Json | undefined, path: string): Generator<PropertyDifference> {
  if (isObject(expected) && isObject(actual)) {
    for (const [member, value] of Object.entries(expected)) yield* differencesOf(value, actual[member], `${path}/${member}`);
    const added = path === '' ? [] : Object.entries(actual).filter(([member]) => !Object.hasOwn(expected, member));
    for (const [member, value] of added) yield difference('ADD', `${path}/${member}`, undefined, value);
  } else if (actual === undefined) {
    yield difference('REMOVE', path, expected, undefined);
  } else if (!same(scalars(expected), scalars(actual))) {
    yield difference('NOT_EQUAL', path, expected, actual);
  }
}

function difference(differenceType: PropertyDifference['differenceType'], propertyPath: string, expected?: Json, actual?: Json): PropertyDifference {
  const text = (value: Json | undefined) => value === undefined ? 'null' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return { differenceType, propertyPath, expectedValue: text(expected), actualValue: text(actual) };
}

/** A template may contain numbers and booleans as strings, and tags in any order. */
function scalars(value: Json): Json {
  if (Array.isArray(value)) return value.every(isTag) ? value.map(scalars).sort(byKey) : value.map(scalars);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, scalars(item)]));
  return value === null ? value : String(value);
}

function isTag(value: Json): boolean {
  return isObject(value) && Object.keys(value).sort().join() === 'Key,Value';
}

function byKey(one: any, other: any): number {
  return one.Key < other.Key ? -1 : 1;
}
