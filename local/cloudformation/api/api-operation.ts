import { page } from '../../api/page';
import type { JsonObject } from '../../json';
import type { S3 } from '../../s3';
import type { CloudFormation } from '../cloudformation';
import type { Times } from './times';

/** The services that the operations use. */
export interface ApiContext {
  readonly cloudFormation: CloudFormation;
  /** The source of templates that a request specifies by URL. */
  readonly s3: S3;
  readonly times: Times;
}

/** An operation. Every scalar of its input is a string. */
// Each operation names the members that it reads.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type ApiOperation = (input: any, context: ApiContext) => JsonObject | void | Promise<JsonObject | void>;

export interface ApiOperations { readonly [operation: string]: ApiOperation }

export const PAGE = 100;

/** Renders a page of a list as a member of the output. */
export function paged<T>(member: string, items: readonly T[], nextToken: string | undefined, render: (item: T) => JsonObject): JsonObject {
  const { items: shown, nextToken: next } = page(items, PAGE, nextToken || undefined, 'ValidationError');
  return { [member]: shown.map(render), ...next && { NextToken: next } };
}
