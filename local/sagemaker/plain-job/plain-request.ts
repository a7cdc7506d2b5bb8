import type { Tag } from '../resource-tags';

/** The members that the emulation reads of every request. */
export interface PlainRequest {
  /** A transform job has the role of its model. */
  readonly RoleArn: string;
  readonly Tags?: readonly Tag[];
  readonly [member: string]: unknown;
}
