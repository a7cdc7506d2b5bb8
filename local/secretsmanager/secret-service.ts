import { type PasswordOptions, randomPassword } from './random-password';
import { hasContent, type Secret, type SecretContent, type Secrets } from './secrets';
import { type Model, structure } from '../api/api-model';
import { page } from '../api/page';
import type { Service } from '../api/service';
import { ServiceError } from '../api/service-error';

const VALUE = { ClientRequestToken: 'Token', SecretBinary: 'SecretValue', SecretString: 'SecretValue' };
const DESCRIPTION = { Description: 'Description', KmsKeyId: 'KmsKeyId' };
const PASSWORD = {
  PasswordLength: 'PasswordLength',
  ExcludeCharacters: 'ExcludeCharacters',
  ExcludeNumbers: 'Boolean',
  ExcludePunctuation: 'Boolean',
  ExcludeUppercase: 'Boolean',
  ExcludeLowercase: 'Boolean',
  IncludeSpace: 'Boolean',
  RequireEachIncludedType: 'Boolean',
};

const MODEL: Model = {
  operations: {
    CreateSecret: { input: 'CreateSecretRequest' },
    DeleteSecret: { input: 'DeleteSecretRequest' },
    DescribeSecret: { input: 'SecretRequest' },
    GetRandomPassword: { input: 'GetRandomPasswordRequest' },
    GetSecretValue: { input: 'GetSecretValueRequest' },
    ListSecretVersionIds: { input: 'ListSecretVersionIdsRequest' },
    ListSecrets: { input: 'ListSecretsRequest' },
    PutSecretValue: { input: 'PutSecretValueRequest' },
    RestoreSecret: { input: 'SecretRequest' },
    TagResource: { input: 'TagResourceRequest' },
    UntagResource: { input: 'UntagResourceRequest' },
    UpdateSecret: { input: 'UpdateSecretRequest' },
  },
  shapes: {
    Name: { type: 'string', min: 1, max: 512 },
    SecretId: { type: 'string', min: 1, max: 2048 },
    Token: { type: 'string', min: 32, max: 64 },
    Description: { type: 'string', max: 2048 },
    KmsKeyId: { type: 'string', max: 2048 },
    SecretValue: { type: 'string', max: 65536 },
    Stage: { type: 'string', min: 1, max: 256 },
    Stages: { type: 'list', member: 'Stage', min: 1, max: 20 },
    Boolean: { type: 'boolean' },
    Days: { type: 'long' },
    Page: { type: 'integer', min: 1, max: 100 },
    NextToken: { type: 'string', min: 1, max: 4096 },
    PasswordLength: { type: 'long', min: 1, max: 4096 },
    ExcludeCharacters: { type: 'string', max: 4096 },
    TagKey: { type: 'string', min: 1, max: 128 },
    TagValue: { type: 'string', max: 256 },
    Tag: structure([], { Key: 'TagKey', Value: 'TagValue' }),
    Tags: { type: 'list', member: 'Tag' },
    TagKeys: { type: 'list', member: 'TagKey' },
    FilterKey: { type: 'string', enum: ['description', 'name', 'tag-key', 'tag-value', 'primary-region', 'owning-service', 'all'] },
    FilterValue: { type: 'string', max: 512, pattern: '!?[a-zA-Z0-9 :_@/+=.!-]*' },
    FilterValues: { type: 'list', member: 'FilterValue', min: 1, max: 10 },
    Filter: structure([], { Key: 'FilterKey', Values: 'FilterValues' }),
    Filters: { type: 'list', member: 'Filter', max: 10 },
    SortOrder: { type: 'string', enum: ['asc', 'desc'] },
    SecretRequest: structure(['SecretId'], { SecretId: 'SecretId' }),
    CreateSecretRequest: structure(['Name'], { Name: 'Name', ...VALUE, ...DESCRIPTION, Tags: 'Tags' }),
    UpdateSecretRequest: structure(['SecretId'], { SecretId: 'SecretId', ...VALUE, ...DESCRIPTION }),
    PutSecretValueRequest: structure(['SecretId'], { SecretId: 'SecretId', ...VALUE, VersionStages: 'Stages' }),
    GetSecretValueRequest: structure(['SecretId'], { SecretId: 'SecretId', VersionId: 'Token', VersionStage: 'Stage' }),
    DeleteSecretRequest: structure(['SecretId'], { SecretId: 'SecretId', RecoveryWindowInDays: 'Days', ForceDeleteWithoutRecovery: 'Boolean' }),
    ListSecretsRequest: structure([], {
      IncludePlannedDeletion: 'Boolean', MaxResults: 'Page', NextToken: 'NextToken', Filters: 'Filters', SortOrder: 'SortOrder',
    }),
    ListSecretVersionIdsRequest: structure(['SecretId'], { SecretId: 'SecretId', MaxResults: 'Page', NextToken: 'NextToken', IncludeDeprecated: 'Boolean' }),
    GetRandomPasswordRequest: structure([], PASSWORD),
    TagResourceRequest: structure(['SecretId', 'Tags'], { SecretId: 'SecretId', Tags: 'Tags' }),
    UntagResourceRequest: structure(['SecretId', 'TagKeys'], { SecretId: 'SecretId', TagKeys: 'TagKeys' }),
  },
};

interface OfSecret {
  readonly SecretId: string;
}

interface ValueRequest {
  readonly ClientRequestToken?: string;
  readonly SecretBinary?: string;
  readonly SecretString?: string;
}

interface DescriptionRequest {
  readonly Description?: string;
  readonly KmsKeyId?: string;
}

type TagList = ReadonlyArray<{ readonly Key: string; readonly Value: string }>;

interface DeleteRequest extends OfSecret {
  readonly RecoveryWindowInDays?: number;
  readonly ForceDeleteWithoutRecovery?: boolean;
}

interface Listing {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

interface ListRequest extends Listing {
  readonly IncludePlannedDeletion?: boolean;
  readonly Filters?: readonly SecretFilter[];
  readonly SortOrder?: 'asc' | 'desc';
}

interface SecretFilter {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

const RECOVERY = { least: 7, most: 30 };

/** The Secrets Manager API. */
export class SecretService implements Service {
  readonly name = 'secretsmanager';
  readonly targetPrefix = 'secretsmanager';
  readonly contentType = 'application/x-amz-json-1.1';
  readonly model = MODEL;
  readonly operations: Service['operations'] = {
    CreateSecret: ({ Name, Tags, ...request }: { Name: string; Tags?: TagList } & ValueRequest & DescriptionRequest) => {
      const secret = this.secrets.create({
        name: Name,
        token: request.ClientRequestToken,
        description: request.Description,
        kmsKeyId: request.KmsKeyId,
        tags: tagsOf(Tags),
        ...contentOf(request),
      });
      const version = secret.versions.at(-1);
      return { ...identity(secret), ...version && { VersionId: version.id } };
    },
    GetSecretValue: ({ SecretId, VersionId, VersionStage }: OfSecret & { VersionId?: string; VersionStage?: string }) => {
      const { binary, createdAt, id, stages, string } = this.secrets.read(SecretId, { id: VersionId, stage: VersionStage });
      return {
        ...identity(this.secrets.existing(SecretId)),
        VersionId: id,
        ...string !== undefined && { SecretString: string },
        ...binary !== undefined && { SecretBinary: binary },
        VersionStages: [...stages],
        CreatedDate: createdAt / 1000,
      };
    },
    DescribeSecret: ({ SecretId }: OfSecret) => {
      const secret = this.secrets.entry(SecretId);
      const stages = stagesOf(secret);
      return { ...describe(secret), ...stages && { VersionIdsToStages: stages } };
    },
    PutSecretValue: ({ SecretId, VersionStages, ...request }: OfSecret & ValueRequest & { VersionStages?: string[] }) => {
      const content = contentOf(request);
      if (!hasContent(content)) throw invalidParameter('You must provide either SecretString or SecretBinary.');
      const { id, stages } = this.secrets.putVersion(SecretId, content, request.ClientRequestToken, VersionStages);
      return { ...identity(this.secrets.existing(SecretId)), VersionId: id, VersionStages: [...stages] };
    },
    UpdateSecret: ({ SecretId, ...request }: OfSecret & ValueRequest & DescriptionRequest) => {
      this.secrets.update(SecretId, { description: request.Description, kmsKeyId: request.KmsKeyId });
      const content = contentOf(request);
      const added = hasContent(content) ? this.secrets.putVersion(SecretId, content, request.ClientRequestToken) : undefined;
      return { ...identity(this.secrets.existing(SecretId)), ...added && { VersionId: added.id } };
    },
    DeleteSecret: (request: DeleteRequest) => this.delete(request),
    RestoreSecret: ({ SecretId }: OfSecret) => identity(this.secrets.restore(SecretId)),
    ListSecrets: ({ Filters = [], IncludePlannedDeletion = false, MaxResults = 100, NextToken, SortOrder = 'desc' }: ListRequest) => {
      const found = this.secrets.all()
        .filter((secret) => (IncludePlannedDeletion || secret.deletionAt === undefined) && Filters.every((filter) => matches(secret, filter)))
        .sort((one, other) => SortOrder === 'asc' ? one.createdAt - other.createdAt : other.createdAt - one.createdAt);
      const { items, nextToken } = page(found, MaxResults, NextToken, 'InvalidNextTokenException');
      return {
        SecretList: items.map((secret) => {
          const stages = stagesOf(secret);
          return { ...describe(secret), ...stages && { SecretVersionsToStages: stages } };
        }),
        ...nextToken && { NextToken: nextToken },
      };
    },
    ListSecretVersionIds: ({ IncludeDeprecated, MaxResults = 100, NextToken, SecretId }: OfSecret & Listing & { IncludeDeprecated?: boolean }) => {
      const secret = this.secrets.entry(SecretId);
      const found = secret.versions.filter(({ stages }) => IncludeDeprecated || stages.length > 0);
      const { items, nextToken } = page(found, MaxResults, NextToken, 'InvalidNextTokenException');
      return {
        ...identity(secret),
        Versions: items.map(({ createdAt, id, stages }) => ({ VersionId: id, VersionStages: [...stages], CreatedDate: createdAt / 1000 })),
        ...nextToken && { NextToken: nextToken },
      };
    },
    GetRandomPassword: (options: PasswordOptions) => ({ RandomPassword: randomPassword(options) }),
    TagResource: ({ SecretId, Tags }: OfSecret & { Tags: TagList }) => this.secrets.tag(SecretId, tagsOf(Tags)),
    UntagResource: ({ SecretId, TagKeys }: OfSecret & { TagKeys: string[] }) => this.secrets.untag(SecretId, TagKeys),
  };

  constructor(private readonly secrets: Secrets, private readonly now: () => number) {}

  private delete({ ForceDeleteWithoutRecovery: force = false, RecoveryWindowInDays: days, SecretId }: DeleteRequest) {
    if (force && days !== undefined) throw invalidParameter('You can\'t use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.');
    if (days !== undefined && (days < RECOVERY.least || days > RECOVERY.most)) {
      throw invalidParameter(`The RecoveryWindowInDays value must be between ${RECOVERY.least} and ${RECOVERY.most} days (inclusive).`);
    }
    const secret = force ? this.secrets.entry(SecretId) : this.secrets.existing(SecretId);
    if (!force) return { ...identity(secret), DeletionDate: this.secrets.schedule(SecretId, days ?? RECOVERY.most) / 1000 };
    this.secrets.delete(SecretId);
    return { ...identity(secret), DeletionDate: this.now() / 1000 };
  }
}

function contentOf({ SecretBinary: binary, SecretString: string }: ValueRequest): SecretContent {
  if (binary !== undefined && string !== undefined) throw invalidParameter('You can\'t specify both a binary secret value and a string secret value in the same secret.');
  return { binary, string };
}

function tagsOf(tags: TagList = []): { readonly [key: string]: string } {
  return Object.fromEntries(tags.map(({ Key, Value = '' }) => [Key, Value]));
}

function identity({ arn, name }: Secret) {
  return { ARN: arn, Name: name };
}

function describe(secret: Secret) {
  const { accessedAt, changedAt, createdAt, deletionAt, description, kmsKeyId, tags } = secret;
  return {
    ...identity(secret),
    ...description !== undefined && { Description: description },
    ...kmsKeyId !== undefined && { KmsKeyId: kmsKeyId },
    LastChangedDate: changedAt / 1000,
    CreatedDate: createdAt / 1000,
    ...accessedAt !== undefined && { LastAccessedDate: accessedAt / 1000 },
    ...deletionAt !== undefined && { DeletedDate: deletionAt / 1000 },
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function stagesOf({ versions }: Secret): { [versionId: string]: string[] } | undefined {
  if (versions.length === 0) return undefined;
  return Object.fromEntries(versions.filter(({ stages }) => stages.length > 0).map(({ id, stages }) => [id, [...stages]]));
}

/** Values are prefixes, and an exclamation mark negates a filter. */
function matches({ arn, description = '', name, tags }: Secret, { Key: key = 'all', Values: values = [] }: SecretFilter): boolean {
  const region = arn.split(':')[3];
  const attributes: { readonly [key: string]: readonly string[] } = {
    'name': [name],
    'description': [description],
    'tag-key': Object.keys(tags),
    'tag-value': Object.values(tags),
    'primary-region': [region],
    'owning-service': [],
  };
  const isIgnoringCase = key === 'description' || key === 'all';
  const normal = (text: string) => isIgnoringCase ? text.toLowerCase() : text;
  // Words of any attribute may match.
  const texts = key === 'all' ? Object.values(attributes).flat().flatMap((text) => text.split(/[\s/_+=.@!-]+/)) : attributes[key];
  const begins = (value: string) => texts.some((text) => normal(text).startsWith(normal(value)));
  const words = (value: string) => key === 'all' ? value.split(/\s+/) : [value];
  return values.some((value) => value.startsWith('!') ? !words(value.slice(1)).some(begins) : words(value).some(begins));
}

function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
