import { page } from '../api/page';
import { validationError } from '../api/service-error';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const MAX_TAGS = 50;

/** The tags of all resources. */
export class Tags {
  private readonly byArn = new Map<string, Map<string, string>>();

  /** @param pageSize The default page size of ListTags */
  constructor(private readonly pageSize = MAX_TAGS) {}

  /** Registers a new resource. */
  create(arn: string, tags: readonly Tag[] = []): void {
    check(tags);
    this.byArn.set(arn, new Map(tags.map(({ Key, Value }) => [Key, Value])));
  }

  forget(arn: string): void {
    this.byArn.delete(arn);
  }

  /** The tags of a resource. Empty if the resource does not exist. */
  ofResource(arn: string): ReadonlyMap<string, string> {
    return this.byArn.get(arn) ?? new Map<string, string>();
  }

  add({ ResourceArn: arn, Tags: tags }: { readonly ResourceArn: string; readonly Tags: readonly Tag[] }) {
    check(tags);
    const all = new Map([...this.of(arn), ...tags.map(({ Key, Value }) => [Key, Value] as const)]);
    if (all.size > MAX_TAGS) throw validationError(`A resource can have at most ${MAX_TAGS} tags.`);
    this.byArn.set(arn, all);
    return { Tags: list(all) };
  }

  list({ ResourceArn: arn, MaxResults: max, NextToken: token }: {
    readonly ResourceArn: string; readonly MaxResults?: number; readonly NextToken?: string;
  }) {
    const { items, nextToken } = page(list(this.of(arn)), Math.min(max ?? this.pageSize, this.pageSize), token);
    return { Tags: [...items], ...nextToken ? { NextToken: nextToken } : {} };
  }

  delete({ ResourceArn: arn, TagKeys: keys }: { readonly ResourceArn: string; readonly TagKeys: readonly string[] }): void {
    const tags = this.of(arn);
    refuseSystemKeys(keys);
    keys.forEach((key) => tags.delete(key));
  }

  private of(arn: string): Map<string, string> {
    const tags = this.byArn.get(arn);
    if (!tags) throw validationError('Requested resource not found.');
    return tags;
  }
}

function check(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key }) => Key);
  refuseSystemKeys(keys);
  if (new Set(keys).size < keys.length) throw validationError('Duplicate tag keys found.');
}

function refuseSystemKeys(keys: readonly string[]): void {
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw validationError('aws: prefixed tag key names are not allowed for external use.');
  }
}

function list(tags: ReadonlyMap<string, string>) {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
