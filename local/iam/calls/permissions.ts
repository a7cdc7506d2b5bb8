import type { JsonObject } from '../../json';
import type { AccessRequest } from '../policy';

/** What the permissions of calls are told by. */
export interface CallContext {
  readonly region: string;
  readonly account: string;
  /** The tags that a resource has; none when there is no such resource. */
  tagsOf(resourceArn: string): ReadonlyMap<string, string>;
  /** What a notebook instance is set to; nothing when there is no such instance. */
  notebook(name: string): { readonly [member: string]: unknown } | undefined;
}

/** What somebody has to be allowed to do in order to call an operation; nothing when the operation is not known. */
export type Permissions = (operation: string, input: JsonObject, context: CallContext) => readonly AccessRequest[] | undefined;
