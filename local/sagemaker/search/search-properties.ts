import { validationError } from '../../api/service-error';
import { isObject, type JsonObject } from '../../json';
import type { Json } from '../../services';
import { SAGEMAKER_MODEL } from '../model';

/** The type of a property that filters compare. */
export type PropertyType = 'text' | 'number' | 'timestamp' | 'boolean' | 'hyperparameter' | 'other';

/** A property of the records of a resource. */
export interface Property {
  readonly name: string;
  readonly type: PropertyType;
  /** Returns the values in a record: several if the property is in a list. */
  values(record: JsonObject): Json[];
}

const TYPES: { readonly [type: string]: PropertyType } = {
  string: 'text', integer: 'number', long: 'number', float: 'number', double: 'number', boolean: 'boolean', timestamp: 'timestamp',
};

/**
 * Returns a property by its path, such as `ResourceConfig.InstanceType`, `HyperParameters.rate`, `Metrics.loss` or `Tags.team`.
 *
 * @param shape The shape of the records
 * @param nested The path of a list, one of whose items takes the place of the record
 */
export function propertyOf(shape: string, path: string, nested?: string): Property {
  const [first, ...rest] = path.split('.');
  const name = rest.join('.');
  if (nested !== undefined) {
    if (!path.startsWith(`${nested}.`)) throw validationError(`The property ${path} is not in the list ${nested}.`);
    return { ...propertyOf(itemShapeOf(shape, nested), path.slice(nested.length + 1)), name: path };
  }
  if (first === 'Metrics' && name !== '') return metric(path, name);
  if (first === 'Tags' && name !== '') return { name: path, type: 'text', values: (record) => entries(record.Tags, 'Key', 'Value', name) };
  if (first === 'HyperParameters' && name !== '') {
    return { name: path, type: 'hyperparameter', values: ({ HyperParameters: all }) => isObject(all) && Object.hasOwn(all, name) ? [all[name]] : [] };
  }
  return { name: path, type: TYPES[SAGEMAKER_MODEL.shapes[shapeAt(shape, path)].type] ?? 'other', values: (record) => valuesAt(record, path.split('.')) };
}

/** Returns the items of a list in a record. */
export function itemsAt(record: JsonObject, path: string): JsonObject[] {
  return valuesAt(record, path.split('.')).flatMap((value) => Array.isArray(value) ? value : [value]).filter(isObject);
}

function itemShapeOf(shape: string, path: string): string {
  const { member, type } = SAGEMAKER_MODEL.shapes[shapeAt(shape, path)];
  if (type !== 'list') throw validationError(`The nested property ${path} is no list.`);
  return member!;
}

function metric(path: string, name: string): Property {
  return { name: path, type: 'number', values: (record) => entries(record.FinalMetricDataList, 'MetricName', 'Value', name) };
}

function entries(list: Json | undefined, key: string, value: string, wanted: string): Json[] {
  return (Array.isArray(list) ? list : []).filter(isObject).filter((item) => item[key] === wanted).map((item) => item[value]);
}

/** Returns the shape at a path. Paths lead into the items of lists and into the values of maps. */
function shapeAt(start: string, path: string): string {
  let name = start;
  for (const step of path.split('.')) {
    let shape = SAGEMAKER_MODEL.shapes[name];
    if (shape.type === 'list') shape = SAGEMAKER_MODEL.shapes[shape.member!];
    const next = shape.type === 'map' ? shape.value : shape.members && Object.hasOwn(shape.members, step) ? shape.members[step] : undefined;
    if (next === undefined) throw validationError(`Unknown property ${path}.`);
    name = next;
  }
  return name;
}

function valuesAt(value: Json | undefined, [step, ...rest]: readonly string[]): Json[] {
  if (value === undefined) return [];
  if (step === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, [step, ...rest]));
  return isObject(value) && Object.hasOwn(value, step) ? valuesAt(value[step], rest) : [];
}
