import type { JsonObject } from '../../json';
import type { AccessRequest } from '../policy';

/** The context that the permissions of calls depend on. */
export interface CallContext {
  readonly region: string;
  readonly account: string;
  /** The tags of a resource. Empty if the resource does not exist. */
  tagsOf(resourceArn: string): ReadonlyMap<string, string>;
  /** The settings of a notebook instance, or nothing if it does not exist. */
  notebook(name: string): { readonly [member: string]: unknown } | undefined;
}

/** Returns the permissions that a call requires, or nothing for an unknown operation. */
export type Permissions = (operation: string, input: JsonObject, context: CallContext) => readonly AccessRequest[] | undefined;
