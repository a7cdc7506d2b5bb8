import { ServiceError } from '../api/service-error';

/** The properties of a kind of resource that are needed to find one by name. */
export interface NamedKind {
  /** The noun, such as `Training job`. */
  readonly label: string;
  /** The segment of the ARN, such as `training-job`. */
  readonly arnSegment: string;
  notFound(name: string, arn: string): ServiceError;
  /** The message for a name in use. Default: the text with the noun. */
  nameInUse?(arn: string): string;
}

/** The account and Region of resources. */
export interface Account {
  /** The beginning of ARNs, such as `arn:aws:sagemaker:us-east-1:111122223333`. */
  readonly arnPrefix: string;
  /** Whether a created resource is not found yet. */
  readonly isHidden: (name: string) => boolean;
}

/** The resources of a kind in an account and Region. Names are case-insensitive. */
export class NamedResources<T> {
  private readonly resources = new Map<string, T>();

  constructor(private readonly kind: NamedKind, private readonly account: Account) {}

  arn(name: string): string {
    return `${this.account.arnPrefix}:${this.kind.arnSegment}/${name.toLowerCase()}`;
  }

  /** Rejects a name in use. */
  reserve(name: string): string {
    const arn = this.arn(name);
    if (this.has(name)) {
      const { label } = this.kind;
      throw new ServiceError(
        'ResourceInUse',
        this.kind.nameInUse?.(arn) ?? `${label} names must be unique within an AWS account and region, and a ${label.toLowerCase()} with this name already exists (${arn})`,
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
