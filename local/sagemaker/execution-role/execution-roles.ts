/** An action of the service with a role. */
export interface Need {
  readonly action: string;
  /** An ARN, or `*` for an action without a resource. */
  readonly resource: string;
  /** The condition keys of the request. */
  readonly context?: { readonly [key: string]: string };
}

/** The execution roles that the service uses. */
export interface ExecutionRoles {
  /** Whether the service can assume a role for one of its resources. */
  canAssume(roleArn: string, resourceArn: string): boolean;
  /** Returns the reason why a role does not allow an action, with the message of AWS, or nothing if it is allowed. */
  refusal(roleArn: string, need: Need): string | undefined;
  /** Returns the ARN of the default encryption key of a bucket, if the bucket belongs to the account. */
  keyOfBucket(bucketName: string): string | undefined;
}

/** Roles that are not checked. */
export const ANY_ROLE: ExecutionRoles = { canAssume: () => true, refusal: () => undefined, keyOfBucket: () => undefined };
