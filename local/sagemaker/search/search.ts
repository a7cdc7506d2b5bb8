import { conditionOf, type SearchExpression } from './search-filters';
import { propertyOf } from './search-properties';
import { page } from '../../api/page';
import type { Operation } from '../../api/service';
import { ServiceError } from '../../api/service-error';
import type { JsonObject } from '../../json';
import type { Json } from '../../services';
import { SAGEMAKER_MODEL } from '../model';
import { DEFAULT_PAGE } from '../resource-lists';
import { sorted, type SortOrder } from '../sort';

interface SearchRequest {
  readonly Resource: string;
  readonly SearchExpression?: SearchExpression;
  readonly SortBy?: string;
  readonly SortOrder?: SortOrder;
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly CrossAccountFilterOption?: 'SameAccount' | 'CrossAccount';
  readonly VisibilityConditions?: readonly JsonObject[];
}

/** A resource with its description. */
export interface Described {
  readonly arn: string;
  readonly description: JsonObject;
}

/** A kind of resource that Search finds. */
export interface SearchedKind {
  /** The shape of its records in the API model. */
  readonly shape: string;
  all(): Described[];
}

/** Returns the operation Search. A record has the members of its shape that the description has, and the tags. */
export function search(
  kinds: { readonly [resource: string]: SearchedKind }, tagsOf: (arn: string) => ReadonlyMap<string, string>,
): { readonly Search: Operation } {
  return {
    Search: (request: SearchRequest) => {
      const { MaxResults: size = DEFAULT_PAGE, NextToken: token, Resource: resource, SearchExpression: expression } = request;
      const { SortBy: sortBy = 'LastModifiedTime', SortOrder: order = 'Descending' } = request;
      if (!Object.hasOwn(kinds, resource)) throw notEmulated(`of ${resource}`);
      if (request.VisibilityConditions !== undefined) throw notEmulated('with VisibilityConditions');
      const { all, shape } = kinds[resource];
      const condition = expression ? conditionOf(shape, expression) : () => true;
      const key = propertyOf(shape, sortBy);
      // No other account shares its resources.
      const records = request.CrossAccountFilterOption === 'CrossAccount' ? [] : all().map((found) => recordOf(shape, found, tagsOf(found.arn)));
      const found = records.filter(condition);
      const keyOf = (record: JsonObject) => comparable(key.values(record)[0]);
      const { items, nextToken } = page([
        ...sorted(found.filter((record) => keyOf(record) !== undefined), (record) => keyOf(record)!, order),
        ...found.filter((record) => keyOf(record) === undefined),
      ], size, token);
      return { Results: items.map((record) => ({ [resource]: record })), ...nextToken && { NextToken: nextToken } };
    },
  };
}

function comparable(value: Json | undefined): string | number | undefined {
  return typeof value === 'number' || value === undefined ? value : String(value);
}

function recordOf(shape: string, { description }: Described, tags: ReadonlyMap<string, string>): JsonObject {
  const members = Object.keys(SAGEMAKER_MODEL.shapes[shape].members!);
  const record = { ...description, Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
  return Object.fromEntries(Object.entries(record).filter(([member]) => members.includes(member)));
}

function notEmulated(what: string): ServiceError {
  return new ServiceError('UnknownOperationException', `The local cloud does not emulate sagemaker:Search ${what}.`);
}
