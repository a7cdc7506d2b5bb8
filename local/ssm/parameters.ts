import { existsSync, readFileSync } from 'node:fs';
import { ServiceError, validationError } from '../api/service-error';
import { replaceFile } from '../persistence/replace-file';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

/** A version of a parameter. */
export interface ParameterVersion {
  readonly version: number;
  readonly value: string;
  readonly type: ParameterType;
  /** The time of the change, in milliseconds since the epoch. */
  readonly modifiedAt: number;
}

export interface Parameter {
  readonly name: string;
  readonly description?: string;
  readonly tier: 'Standard' | 'Advanced';
  readonly allowedPattern?: string;
  readonly tags: { readonly [key: string]: string };
  /** The resource that owns the parameter: the stack ID and the logical ID. */
  readonly owner?: string;
  /** The versions, oldest first. */
  readonly versions: readonly ParameterVersion[];
}

export interface ParameterInput {
  readonly name: string;
  readonly value: string;
  readonly type?: ParameterType;
  readonly description?: string;
  readonly tier?: 'Standard' | 'Advanced';
  readonly allowedPattern?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly owner?: string;
  readonly overwrite?: boolean;
}

export interface ParametersOptions {
  /** Returns the time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** The file that keeps the parameters. Default: none. */
  readonly file?: string;
}

/** The owner of parameters that an account comes with. */
export const GIVEN = 'given';

const MAXIMUM_VERSIONS = 100;
const MAXIMUM_DEPTH = 15;
const MAXIMUM_SIZE = { Standard: 4096, Advanced: 8192 };
const MAXIMUM_TAGS = 50;

/** The Parameter Store of an account and Region. */
export class Parameters {
  private readonly byName = new Map<string, Parameter>();

  constructor(private readonly options: ParametersOptions) {
    const { file } = options;
    if (file === undefined || !existsSync(file)) return;
    for (const parameter of JSON.parse(readFileSync(file, 'utf8')) as Parameter[]) this.byName.set(parameter.name, parameter);
  }

  all(): Parameter[] {
    return [...this.byName.values()];
  }

  find(name: string): Parameter | undefined {
    return this.byName.get(name);
  }

  existing(name: string): Parameter {
    const parameter = this.find(name);
    if (!parameter) throw parameterNotFound(name);
    return parameter;
  }

  /** The value of a parameter or of one of its versions, such as `name` or `name:2`. */
  value(reference: string): string | undefined {
    const [, name, version] = /^(.*?)(?::(\d+))?$/.exec(reference)!;
    const versions = this.find(name)?.versions ?? [];
    return (version === undefined ? versions.at(-1) : versions.find((other) => other.version === Number(version)))?.value;
  }

  /** Creates a parameter or a new version. Returns the version. */
  put(input: ParameterInput): number {
    const { name, value, overwrite = false } = input;
    checkName(name);
    const current = this.find(name);
    if (current && !overwrite) {
      throw new ServiceError('ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
    }
    if (current && input.tags) throw validationError('Invalid request: tags and overwrite can\'t be used together. To create a parameter with tags, please remove overwrite flag.');
    const last = current?.versions.at(-1);
    const type = input.type ?? last?.type;
    if (type === undefined) throw validationError('A parameter type is required when you create a parameter.');
    if (last && last.type !== type) {
      throw new ServiceError('HierarchyTypeMismatchException', 'The existing type cannot be changed. Create a new, unique parameter.');
    }
    const tier = input.tier ?? current?.tier ?? 'Standard';
    if (current?.tier === 'Advanced' && tier === 'Standard') throw validationError('This parameter uses the advanced-parameter tier. You can\'t downgrade it.');
    if (Buffer.byteLength(value) > MAXIMUM_SIZE[tier]) {
      throw validationError(`${tier} tier parameters support a maximum parameter value of ${MAXIMUM_SIZE[tier]} characters.`);
    }
    const allowedPattern = input.allowedPattern ?? current?.allowedPattern;
    if (allowedPattern !== undefined && !new RegExp(`^(?:${allowedPattern})$`).test(value)) {
      throw new ServiceError('ParameterPatternMismatchException', `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`);
    }
    const version = { version: (last?.version ?? 0) + 1, value, type, modifiedAt: this.options.now() };
    this.save({
      ...current,
      name,
      tier,
      tags: current?.tags ?? checkedTags(input.tags ?? {}),
      ...input.description !== undefined && { description: input.description },
      ...allowedPattern !== undefined && { allowedPattern },
      ...input.owner !== undefined && { owner: input.owner },
      versions: [...current?.versions ?? [], version].slice(-MAXIMUM_VERSIONS),
    });
    return version.version;
  }

  /** Deletes a parameter, and returns whether it existed. */
  delete(name: string): boolean {
    const existed = this.byName.delete(name);
    if (existed) this.write();
    return existed;
  }

  tag(name: string, tags: { readonly [key: string]: string }): void {
    const parameter = this.existing(name);
    this.save({ ...parameter, tags: checkedTags({ ...parameter.tags, ...tags }) });
  }

  untag(name: string, keys: readonly string[]): void {
    const parameter = this.existing(name);
    this.save({ ...parameter, tags: Object.fromEntries(Object.entries(parameter.tags).filter(([key]) => !keys.includes(key))) });
  }

  private save(parameter: Parameter): void {
    this.byName.set(parameter.name, parameter);
    this.write();
  }

  private write(): void {
    if (this.options.file !== undefined) replaceFile(this.options.file, JSON.stringify(this.all()));
  }
}

export function parameterNotFound(name: string): ServiceError {
  return new ServiceError('ParameterNotFound', `Parameter ${name} not found.`);
}

function checkedTags(tags: { readonly [key: string]: string }): { readonly [key: string]: string } {
  if (Object.keys(tags).length > MAXIMUM_TAGS) throw new ServiceError('TooManyTagsError', 'Number of tags exceeds the limit.');
  return tags;
}

function checkName(name: string): void {
  if (!/^[\w./-]+$/.test(name)) {
    throw validationError('Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash ' +
      'symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_');
  }
  if (name.includes('/') && !name.startsWith('/')) throw validationError('Parameter name must be a fully qualified name.');
  if (/^\/?(aws|ssm)/i.test(name)) throw new ServiceError('ValidationException', `Parameter name: can't be prefixed with "${/^\/?aws/i.test(name) ? 'aws' : 'ssm'}" (case-insensitive).`);
  if (name.split('/').length - 1 > MAXIMUM_DEPTH) {
    throw new ServiceError('HierarchyLevelLimitExceededException', `A hierarchy can have a maximum of ${MAXIMUM_DEPTH} levels.`);
  }
}
