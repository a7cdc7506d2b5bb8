import { ServiceError } from '../api/service-error';

/** What is to know of a kind of resource to find one by its name. */
export interface NamedKind {
  /** Such as `Training job`. */
  readonly label: string;
  /** Such as `training-job`. */
  readonly arnSegment: string;
  notFound(name: string, arn: string): ServiceError;
}

/** What resources of all kinds have in common. */
export interface Account {
  /** Such as `arn:aws:sagemaker:us-east-1:111122223333`. */
  readonly arnPrefix: string;
  /** Whether a resource that was created is not found yet. */
  readonly isHidden: (name: string) => boolean;
}

/** The resources of a kind in an account and region; names that differ in case only are the same. */
export class NamedResources<T> {
  private readonly resources = new Map<string, T>();

  constructor(private readonly kind: NamedKind, private readonly account: Account) {}

  arn(name: string): string {
    return `${this.account.arnPrefix}:${this.kind.arnSegment}/${name.toLowerCase()}`;
  }

  /** Refuses a name that is in use. */
  reserve(name: string): string {
    const arn = this.arn(name);
    if (this.has(name)) {
      const { label } = this.kind;
      throw new ServiceError(
        'ResourceInUse',
        `${label} names must be unique within an AWS account and region, and a ${label.toLowerCase()} with this name already exists (${arn})`,
      );
    }
    return arn;
  }

  has(name: string): boolean {
    return this.resources.has(name.toLowerCase());
  }

  set(name: string, resource: T): void {
    this.resources.set(name.toLowerCase(), resource);
  }

  get(name: string): T {
    const resource = this.resources.get(name.toLowerCase());
    if (!resource || this.account.isHidden(name)) throw this.kind.notFound(name, this.arn(name));
    return resource;
  }

  delete(name: string): void {
    this.resources.delete(name.toLowerCase());
  }

  all(): T[] {
    return [...this.resources.values()];
  }
}
