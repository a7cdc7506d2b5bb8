import type { Parameter } from './parameters';
import { ServiceError } from '../api/service-error';

export interface ParameterFilter {
  readonly Key: string;
  readonly Option?: string;
  readonly Values?: readonly string[];
}

const OPTIONS: { readonly [key: string]: readonly [standard: string, ...others: string[]] } = {
  Name: ['Equals', 'BeginsWith', 'Contains'],
  Path: ['OneLevel', 'Recursive'],
  Type: ['Equals', 'BeginsWith'],
  Tier: ['Equals'],
  DataType: ['Equals'],
  KeyId: ['Equals'],
};

/** Rejects filters of other keys. */
export function checkKeys(filters: readonly ParameterFilter[], keys: readonly string[]): void {
  const [other] = filters.filter(({ Key }) => !keys.includes(Key));
  if (other) throw new ServiceError('InvalidFilterKey', `The following filter key is not valid: ${other.Key}. Valid filter keys include: [${keys.join(', ')}]`);
}

/** Whether a parameter has one of the values of a filter. */
export function matches(parameter: Parameter, { Key: key, Option: option, Values: values = [] }: ParameterFilter): boolean {
  if (key === 'Label') throw new ServiceError('InvalidFilterKey', 'The local cloud does not emulate labels of parameters.');
  const [standard, ...others] = OPTIONS[key] ?? OPTIONS.Tier;
  if (option !== undefined && option !== standard && !others.includes(option)) {
    throw new ServiceError('InvalidFilterOption', `The following filter option is not valid: ${option}. Valid options include: [${[standard, ...others].join(', ')}]`);
  }
  if (key.startsWith('tag:')) {
    const name = key.slice('tag:'.length);
    return Object.hasOwn(parameter.tags, name) && (values.length === 0 || values.includes(parameter.tags[name]));
  }
  if (values.length === 0) throw new ServiceError('InvalidFilterValue', `The filter of ${key} has no values.`);
  return values.some((value) => matchesValue(parameter, key, option ?? standard, value));
}

function matchesValue(parameter: Parameter, key: string, option: string, value: string): boolean {
  const { name } = parameter;
  const prefix = value.endsWith('/') ? value : `${value}/`;
  switch (option) {
    case 'OneLevel': return name.startsWith(prefix) && !name.slice(prefix.length).includes('/');
    case 'Recursive': return name.startsWith(prefix);
    case 'BeginsWith': return valueOf(parameter, key).startsWith(value);
    case 'Contains': return valueOf(parameter, key).includes(value);
    default: return valueOf(parameter, key) === value;
  }
}

/** Keys of secure strings are not kept. */
function valueOf({ name, tier, versions }: Parameter, key: string): string {
  return { Name: name, Type: versions.at(-1)!.type, Tier: tier, DataType: 'text' }[key] ?? '';
}
