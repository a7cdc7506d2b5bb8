/** An action that the service takes with a role. */
export interface Need {
  readonly action: string;
  /** An ARN, or `*` for an action without a resource. */
  readonly resource: string;
  /** Condition keys that the request has. */
  readonly context?: { readonly [key: string]: string };
}

/** What the service can do with the roles that it is given. */
export interface ExecutionRoles {
  /** Whether the service can assume a role for one of its resources. */
  canAssume(roleArn: string, resourceArn: string): boolean;
  /** Why a role does not allow what the service needs, in the words of AWS; nothing when it allows it. */
  refusal(roleArn: string, need: Need): string | undefined;
  /** The ARN of the key that encrypts what is written to a bucket, where it is one of the account's own. */
  keyOfBucket(bucketName: string): string | undefined;
}

/** Roles that nobody looks at. */
export const ANY_ROLE: ExecutionRoles = { canAssume: () => true, refusal: () => undefined, keyOfBucket: () => undefined };
