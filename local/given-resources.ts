/** Resources of an account and Region that no stack creates and that jobs use. */
export interface GivenResources {
  readonly buckets?: readonly string[];
  /** Repositories of Amazon ECR, such as `train`. With tags, such as `train:v1`, they have no other images. */
  readonly repositories?: readonly string[];
  /** The IDs of KMS keys. */
  readonly keys?: readonly string[];
  /** The names of aliases of KMS keys, such as `alias/data`. */
  readonly aliases?: readonly string[];
  readonly subnets?: readonly string[];
  readonly securityGroups?: readonly string[];
}
