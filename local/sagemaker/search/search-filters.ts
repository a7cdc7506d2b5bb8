import { itemsAt, type Property, propertyOf } from './search-properties';
import { validationError } from '../../api/service-error';
import type { JsonObject } from '../../json';
import type { Json } from '../../services';

export interface Filter {
  readonly Name: string;
  readonly Operator?: string;
  readonly Value?: string;
}

export interface SearchExpression {
  readonly Filters?: readonly Filter[];
  readonly NestedFilters?: ReadonlyArray<{ readonly NestedPropertyName: string; readonly Filters: readonly Filter[] }>;
  readonly SubExpressions?: readonly SearchExpression[];
  readonly Operator?: 'And' | 'Or';
}

type Condition = (record: JsonObject) => boolean;

const ORDERS: { readonly [operator: string]: (one: number, other: number) => boolean } = {
  GreaterThan: (one, other) => one > other,
  GreaterThanOrEqualTo: (one, other) => one >= other,
  LessThan: (one, other) => one < other,
  LessThanOrEqualTo: (one, other) => one <= other,
};
const FOR_TEXT = ['Contains', 'In'];
const MAXIMUM_CONDITIONS = 50;

/** Returns the condition of an expression on the records of a shape. */
export function conditionOf(shape: string, expression: SearchExpression): Condition {
  const filters = [...filtersOf(expression)];
  if (filters.filter(({ Operator }) => Operator === 'Contains').length > 1) throw validationError('\'CONTAINS\' operator usage limit of 1 exceeded.');
  if (sizeOf(expression) > MAXIMUM_CONDITIONS) {
    throw validationError(`A search expression may contain at most ${MAXIMUM_CONDITIONS} filters, nested filters and subexpressions.`);
  }
  return compile(shape, expression);
}

function compile(shape: string, { Filters = [], NestedFilters = [], Operator = 'And', SubExpressions = [] }: SearchExpression): Condition {
  const conditions = [
    ...Filters.map((filter) => matcher(propertyOf(shape, filter.Name), filter)),
    ...NestedFilters.map(({ Filters: nested, NestedPropertyName: list }): Condition => {
      const ofItem = nested.map((filter) => matcher(propertyOf(shape, filter.Name, list), filter));
      return (record) => itemsAt(record, list).some((item) => ofItem.every((condition) => condition(item)));
    }),
    ...SubExpressions.map((expression) => compile(shape, expression)),
  ];
  if (conditions.length === 0) throw validationError('A search expression must have at least one subexpression, filter, or nested filter.');
  return Operator === 'And'
    ? (record) => conditions.every((condition) => condition(record))
    : (record) => conditions.some((condition) => condition(record));
}

function matcher(property: Property, { Operator = 'Equals', Value }: Filter): Condition {
  const exists: Condition = (record) => property.values(record).length > 0;
  if (Operator === 'Exists') return exists;
  if (Operator === 'NotExists') return (record) => !exists(record);
  if (Value === undefined) throw validationError(`The filter of ${property.name} needs a Value.`);
  const matches = comparison(property, Operator, Value);
  if (Operator === 'NotEquals') return (record) => property.values(record).every(matches);
  return (record) => property.values(record).some(matches);
}

function comparison({ name, type }: Property, operator: string, value: string): (found: Json) => boolean {
  const isText = type === 'text' || type === 'hyperparameter';
  if (type === 'other' || (FOR_TEXT.includes(operator) && !isText) || (Object.hasOwn(ORDERS, operator) && (type === 'text' || type === 'boolean'))) {
    throw validationError(`The operator ${operator} is not supported for the property ${name}.`);
  }
  if (operator === 'Contains') return (found) => String(found).includes(value);
  if (operator === 'In') return (found) => value.split(',').map((one) => one.trim()).includes(String(found));
  if (Object.hasOwn(ORDERS, operator)) {
    const wanted = numberOf(name, type, value);
    // An integer is compared with the integers of decimal hyperparameters.
    const rounded = type === 'hyperparameter' && Number.isInteger(wanted) && !value.includes('.') ? Math.trunc : (number: number) => number;
    return (found) => ORDERS[operator](rounded(Number(found)), wanted);
  }
  const equals = type === 'number' || type === 'timestamp'
    ? equalsNumber(numberOf(name, type, value), type)
    : (found: Json) => String(found) === value;
  return operator === 'NotEquals' ? (found) => !equals(found) : equals;
}

/** A filter states timestamps in whole seconds. */
function equalsNumber(wanted: number, type: Property['type']): (found: Json) => boolean {
  return (found) => (type === 'timestamp' ? Math.floor(Number(found)) : Number(found)) === wanted;
}

function numberOf(name: string, type: Property['type'], value: string): number {
  if (type === 'timestamp') {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/.test(value)) throw validationError(`The value of ${name} must have the form YYYY-mm-dd'T'HH:MM:SS; got '${value}'.`);
    return Date.parse(`${value.replace('Z', '')}Z`) / 1000;
  }
  if (value.trim() === '' || !Number.isFinite(Number(value))) throw validationError(`The value of ${name} must be a number; got '${value}'.`);
  return Number(value);
}

function* filtersOf({ Filters = [], NestedFilters = [], SubExpressions = [] }: SearchExpression): Generator<Filter> {
  yield* Filters;
  for (const nested of NestedFilters) yield* nested.Filters;
  for (const expression of SubExpressions) yield* filtersOf(expression);
}

function sizeOf({ Filters = [], NestedFilters = [], SubExpressions = [] }: SearchExpression): number {
  return Filters.length + NestedFilters.length + SubExpressions.reduce((sum, expression) => sum + 1 + sizeOf(expression), 0);
}
