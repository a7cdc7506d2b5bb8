import { randomInt, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { ServiceError } from '../api/service-error';
import { replaceFile } from '../persistence/replace-file';

/** The value of a version: text, or binary data in base64. */
export interface SecretContent {
  readonly string?: string;
  readonly binary?: string;
}

/** A version of a secret. */
export interface SecretVersion extends SecretContent {
  readonly id: string;
  readonly stages: readonly string[];
  /** Milliseconds since the epoch, as all times. */
  readonly createdAt: number;
}

export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly tags: { readonly [key: string]: string };
  readonly createdAt: number;
  readonly changedAt: number;
  /** The start of the last day on which the value was read. */
  readonly accessedAt?: number;
  /** The end of the recovery window of a secret that is scheduled for deletion. */
  readonly deletionAt?: number;
  /** The versions, oldest first. */
  readonly versions: readonly SecretVersion[];
}

export interface SecretInput extends SecretContent {
  readonly name: string;
  /** Default: an ARN with a random suffix. */
  readonly arn?: string;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly tags?: { readonly [key: string]: string };
  /** The ID of the version. Default: a random one. */
  readonly token?: string;
}

/** A version by its staging label, or by its ID. Default: the current version. */
export interface VersionOf {
  readonly stage?: string;
  readonly id?: string;
}

export interface SecretsOptions {
  /** The beginning of ARNs: `arn:aws:secretsmanager:region:account`. */
  readonly arnPrefix: string;
  /** Returns the time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** The file that keeps the secrets. Default: none. */
  readonly file?: string;
}

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';
const DAY = 86_400_000;
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const MAXIMUM_TAGS = 50;

/** The secrets of an account and Region. */
export class Secrets {
  private readonly byName = new Map<string, Secret>();

  constructor(private readonly options: SecretsOptions) {
    const { file } = options;
    if (file === undefined || !existsSync(file)) return;
    for (const secret of JSON.parse(readFileSync(file, 'utf8')) as Secret[]) this.byName.set(secret.name, secret);
  }

  /** All secrets, also those that are scheduled for deletion. */
  all(): Secret[] {
    return [...this.byName.values()].filter(({ deletionAt = Infinity }) => deletionAt > this.options.now());
  }

  /** Finds a secret by its name, its ARN, or its ARN without the random suffix. */
  find(id: string): Secret | undefined {
    const prefix = `${this.options.arnPrefix}:secret:`;
    return this.all().find(({ arn, name }) => id === name || id === arn || id === prefix + name);
  }

  /** Returns a secret that is not scheduled for deletion. */
  existing(id: string): Secret {
    const secret = this.entry(id);
    if (secret.deletionAt !== undefined) {
      throw new ServiceError('InvalidRequestException', 'You can\'t perform this operation on the secret because it was marked for deletion.');
    }
    return secret;
  }

  /** Returns a secret, also one that is scheduled for deletion. */
  entry(id: string): Secret {
    const secret = this.find(id);
    if (!secret) throw new ServiceError('ResourceNotFoundException', 'Secrets Manager can\'t find the specified secret.');
    return secret;
  }

  /** Returns a version of a secret, and records that it was read. */
  read(id: string, { id: versionId, stage }: VersionOf = {}): SecretVersion {
    const secret = this.existing(id);
    const label = stage ?? (versionId === undefined ? CURRENT : undefined);
    const version = secret.versions.find((other) =>
      (versionId === undefined || other.id === versionId) && (label === undefined || other.stages.includes(label)));
    if (!version) {
      const wanted = versionId === undefined ? `staging label: ${label}` : `VersionId: ${versionId}`;
      throw new ServiceError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${wanted}`);
    }
    const accessedAt = this.options.now() - this.options.now() % DAY;
    if (secret.accessedAt !== accessedAt) this.save({ ...secret, accessedAt });
    return version;
  }

  create({ name, arn = this.arnOf(name), description, kmsKeyId, tags = {}, token, ...content }: SecretInput): Secret {
    if (!/^[\w/+=.@-]+$/.test(name)) {
      throw new ServiceError('ValidationException', 'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!');
    }
    const existing = this.find(name);
    if (existing?.deletionAt !== undefined) {
      throw new ServiceError('InvalidRequestException', 'You can\'t create this secret because a secret with this name is already scheduled for deletion.');
    }
    if (existing) {
      // A retry has the same token and the same value.
      if (token !== undefined && existing.versions.some((version) => version.id === token && sameContent(version, content))) return existing;
      throw new ServiceError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
    }
    const now = this.options.now();
    this.save({
      arn,
      name,
      tags: checkedTags(tags),
      createdAt: now,
      changedAt: now,
      versions: [],
      ...description !== undefined && { description },
      ...kmsKeyId !== undefined && { kmsKeyId },
    });
    if (hasContent(content)) this.putVersion(name, content, token);
    return this.existing(name);
  }

  /** Adds a version, which takes its staging labels from the others. Returns it. */
  putVersion(id: string, { binary, string }: SecretContent, token: string = randomUUID(), stages: readonly string[] = [CURRENT]): SecretVersion {
    const secret = this.existing(id);
    const content = { ...string !== undefined && { string }, ...binary !== undefined && { binary } };
    const repeated = secret.versions.find((version) => version.id === token);
    if (repeated) {
      if (sameContent(repeated, content)) return repeated;
      throw new ServiceError('ResourceExistsException', `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${secret.arn}.`);
    }
    // The first version is always the current one.
    const ownStages = secret.versions.length === 0 ? [...new Set([CURRENT, ...stages])] : stages;
    const added = { id: token, stages: ownStages, createdAt: this.options.now(), ...content };
    const before = added.stages.includes(CURRENT) ? secret.versions.find((version) => version.stages.includes(CURRENT)) : undefined;
    const taken = [...added.stages, ...before ? [PREVIOUS] : []];
    const others = secret.versions.map((version) => ({
      ...version,
      stages: [...version.stages.filter((stage) => !taken.includes(stage)), ...version === before ? [PREVIOUS] : []],
    }));
    this.change(secret, { versions: [...others, added] });
    return added;
  }

  /** Changes the description or the key. A member that is not specified stays as it is. */
  update(id: string, { description, kmsKeyId }: Pick<SecretInput, 'description' | 'kmsKeyId'>): void {
    this.change(this.existing(id), { ...description !== undefined && { description }, ...kmsKeyId !== undefined && { kmsKeyId } });
  }

  tag(id: string, tags: { readonly [key: string]: string }): void {
    const secret = this.existing(id);
    this.change(secret, { tags: checkedTags({ ...secret.tags, ...tags }) });
  }

  untag(id: string, keys: readonly string[]): void {
    const secret = this.existing(id);
    this.change(secret, { tags: Object.fromEntries(Object.entries(secret.tags).filter(([key]) => !keys.includes(key))) });
  }

  /** Schedules a deletion. Returns the end of the recovery window. */
  schedule(id: string, recoveryDays: number): number {
    const deletionAt = this.options.now() + recoveryDays * DAY;
    this.change(this.existing(id), { deletionAt });
    return deletionAt;
  }

  restore(id: string): Secret {
    const { deletionAt: _, ...secret } = this.entry(id);
    this.save(secret);
    return secret;
  }

  /** Deletes a secret without a recovery window, and returns whether it existed. */
  delete(id: string): boolean {
    const secret = this.find(id);
    if (secret) this.byName.delete(secret.name);
    this.write();
    return secret !== undefined;
  }

  private arnOf(name: string): string {
    return `${this.options.arnPrefix}:secret:${name}-${Array.from({ length: 6 }, () => SUFFIX[randomInt(SUFFIX.length)]).join('')}`;
  }

  private change(secret: Secret, changes: Partial<Secret>): void {
    this.save({ ...secret, ...changes, changedAt: this.options.now() });
  }

  private save(secret: Secret): void {
    this.byName.set(secret.name, secret);
    this.write();
  }

  private write(): void {
    if (this.options.file !== undefined) replaceFile(this.options.file, JSON.stringify(this.all()));
  }
}

export function hasContent({ binary, string }: SecretContent): boolean {
  return binary !== undefined || string !== undefined;
}

function sameContent(one: SecretContent, other: SecretContent): boolean {
  return one.string === other.string && one.binary === other.binary;
}

function checkedTags(tags: { readonly [key: string]: string }): { readonly [key: string]: string } {
  if (Object.keys(tags).length > MAXIMUM_TAGS) throw new ServiceError('InvalidParameterException', `A secret can have at most ${MAXIMUM_TAGS} tags.`);
  return tags;
}
