import { checkKeys, matches, type ParameterFilter } from './parameter-filters';
import { type Parameter, parameterNotFound, type Parameters, type ParameterType, type ParameterVersion } from './parameters';
import { type Model, structure } from '../api/api-model';
import { page } from '../api/page';
import type { Service } from '../api/service';
import { ServiceError, validationError } from '../api/service-error';

const MODEL: Model = {
  operations: {
    PutParameter: { input: 'PutParameterRequest' },
    GetParameter: { input: 'GetParameterRequest' },
    GetParameters: { input: 'GetParametersRequest' },
    GetParametersByPath: { input: 'GetParametersByPathRequest' },
    GetParameterHistory: { input: 'GetParameterHistoryRequest' },
    DescribeParameters: { input: 'DescribeParametersRequest' },
    DeleteParameter: { input: 'NameRequest' },
    DeleteParameters: { input: 'NamesRequest' },
    AddTagsToResource: { input: 'AddTagsRequest' },
    RemoveTagsFromResource: { input: 'RemoveTagsRequest' },
    ListTagsForResource: { input: 'ResourceRequest' },
  },
  shapes: {
    Name: { type: 'string', min: 1, max: 2048 },
    Names: { type: 'list', member: 'Name', min: 1, max: 10 },
    Value: { type: 'string' },
    KeyId: { type: 'string', min: 1, max: 256, pattern: '[a-zA-Z0-9:/_-]+' },
    DataType: { type: 'string', max: 128 },
    Description: { type: 'string', max: 1024 },
    AllowedPattern: { type: 'string', max: 1024 },
    ParameterType: { type: 'string', enum: ['String', 'StringList', 'SecureString'] },
    Tier: { type: 'string', enum: ['Standard', 'Advanced', 'Intelligent-Tiering'] },
    ResourceType: { type: 'string', enum: ['Parameter'] },
    Boolean: { type: 'boolean' },
    PathPage: { type: 'integer', min: 1, max: 10 },
    Page: { type: 'integer', min: 1, max: 50 },
    NextToken: { type: 'string' },
    TagKey: { type: 'string', min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*' },
    TagValue: { type: 'string', max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*' },
    Tag: structure(['Key', 'Value'], { Key: 'TagKey', Value: 'TagValue' }),
    Tags: { type: 'list', member: 'Tag', max: 1000 },
    TagKeys: { type: 'list', member: 'TagKey' },
    FilterKey: { type: 'string', min: 1, max: 132, pattern: 'tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType' },
    FilterOption: { type: 'string', min: 1, max: 10 },
    FilterValue: { type: 'string', min: 1, max: 1024 },
    FilterValues: { type: 'list', member: 'FilterValue', min: 1, max: 50 },
    Filter: structure(['Key'], { Key: 'FilterKey', Option: 'FilterOption', Values: 'FilterValues' }),
    Filters: { type: 'list', member: 'Filter' },
    PutParameterRequest: structure(['Name', 'Value'], {
      Name: 'Name',
      Value: 'Value',
      Description: 'Description',
      Type: 'ParameterType',
      Overwrite: 'Boolean',
      AllowedPattern: 'AllowedPattern',
      Tags: 'Tags',
      Tier: 'Tier',
      KeyId: 'KeyId',
      DataType: 'DataType',
    }),
    GetParameterRequest: structure(['Name'], { Name: 'Name', WithDecryption: 'Boolean' }),
    GetParametersRequest: structure(['Names'], { Names: 'Names', WithDecryption: 'Boolean' }),
    GetParametersByPathRequest: structure(['Path'], {
      Path: 'Name', Recursive: 'Boolean', ParameterFilters: 'Filters', WithDecryption: 'Boolean', MaxResults: 'PathPage', NextToken: 'NextToken',
    }),
    GetParameterHistoryRequest: structure(['Name'], { Name: 'Name', WithDecryption: 'Boolean', MaxResults: 'Page', NextToken: 'NextToken' }),
    DescribeParametersRequest: structure([], { ParameterFilters: 'Filters', MaxResults: 'Page', NextToken: 'NextToken' }),
    NameRequest: structure(['Name'], { Name: 'Name' }),
    NamesRequest: structure(['Names'], { Names: 'Names' }),
    ResourceRequest: structure(['ResourceType', 'ResourceId'], { ResourceType: 'ResourceType', ResourceId: 'Name' }),
    AddTagsRequest: structure(['ResourceType', 'ResourceId', 'Tags'], { ResourceType: 'ResourceType', ResourceId: 'Name', Tags: 'Tags' }),
    RemoveTagsRequest: structure(['ResourceType', 'ResourceId', 'TagKeys'], { ResourceType: 'ResourceType', ResourceId: 'Name', TagKeys: 'TagKeys' }),
  },
};

interface PutRequest {
  readonly Name: string;
  readonly Value: string;
  readonly Type?: ParameterType;
  readonly Description?: string;
  readonly Overwrite?: boolean;
  readonly AllowedPattern?: string;
  readonly Tags?: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  readonly Tier?: 'Standard' | 'Advanced' | 'Intelligent-Tiering';
}

interface Listing {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

interface Decryption {
  readonly WithDecryption?: boolean;
}

interface Filtered {
  readonly ParameterFilters?: readonly ParameterFilter[];
}

interface OfResource {
  readonly ResourceId: string;
}

/** The Systems Manager API of the Parameter Store. */
export class ParameterService implements Service {
  readonly name = 'ssm';
  readonly targetPrefix = 'AmazonSSM';
  readonly contentType = 'application/x-amz-json-1.1';
  readonly model = MODEL;
  readonly operations: Service['operations'] = {
    PutParameter: (request: PutRequest) => {
      const tier = request.Tier === 'Intelligent-Tiering' ? undefined : request.Tier;
      const tags = request.Tags && Object.fromEntries(request.Tags.map(({ Key, Value }) => [Key, Value]));
      const version = this.parameters.put({
        name: this.nameOf(request.Name),
        value: request.Value,
        type: request.Type,
        description: request.Description,
        overwrite: request.Overwrite,
        allowedPattern: request.AllowedPattern,
        tier,
        tags,
      });
      return { Version: version, Tier: this.parameters.existing(this.nameOf(request.Name)).tier };
    },
    GetParameter: ({ Name, WithDecryption }: { Name: string } & Decryption) => {
      const found = this.find(Name);
      if (!found) throw parameterNotFound(Name);
      if (!found.version) throw new ServiceError('ParameterVersionNotFound', `Systems Manager could not find version ${Name.split(':').pop()} of ${found.parameter.name}.`);
      return { Parameter: this.describe(found.parameter, found.version, WithDecryption) };
    },
    GetParameters: ({ Names, WithDecryption }: { Names: string[] } & Decryption) => {
      if (new Set(Names).size < Names.length) throw validationError('Duplicate parameter names are not allowed.');
      const found = Names.map((name) => ({ name, ...this.find(name) }));
      return {
        Parameters: found.flatMap(({ parameter, version }) => parameter && version ? [this.describe(parameter, version, WithDecryption)] : []),
        InvalidParameters: found.filter(({ version }) => !version).map(({ name }) => name),
      };
    },
    GetParametersByPath: ({
      Path, Recursive, ParameterFilters: filters = [], WithDecryption, MaxResults = 10,
      NextToken,
    }: { Path: string; Recursive?: boolean } & Filtered & Decryption & Listing) => {
      if (!Path.startsWith('/')) throw validationError('The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".');
      const prefix = Path.endsWith('/') ? Path : `${Path}/`;
      checkKeys(filters, ['Type', 'KeyId', 'Label']);
      const below = this.parameters.all()
        .filter(({ name }) => name.startsWith(prefix) && (Recursive || !name.slice(prefix.length).includes('/')))
        .filter((parameter) => filters.every((filter) => matches(parameter, filter)));
      const { items, nextToken } = page(below, MaxResults, NextToken);
      return {
        Parameters: items.map((parameter) => this.describe(parameter, parameter.versions.at(-1)!, WithDecryption)),
        ...nextToken
          && { NextToken: nextToken },
      };
    },
    GetParameterHistory: ({ Name, WithDecryption, MaxResults = 50, NextToken }: { Name: string } & Decryption & Listing) => {
      const parameter = this.parameters.existing(this.nameOf(Name));
      const { items, nextToken } = page(parameter.versions, MaxResults, NextToken);
      return { Parameters: items.map((version) => this.describe(parameter, version, WithDecryption)), ...nextToken && { NextToken: nextToken } };
    },
    DescribeParameters: ({ MaxResults = 10, NextToken, ParameterFilters: filters = [] }: Filtered & Listing) => {
      const found = this.parameters.all().filter((parameter) => filters.every((filter) => matches(parameter, filter)));
      const { items, nextToken } = page(found, MaxResults, NextToken);
      return { Parameters: items.map((parameter) => this.summarize(parameter)), ...nextToken && { NextToken: nextToken } };
    },
    DeleteParameter: ({ Name }: { Name: string }) => {
      if (!this.parameters.delete(this.nameOf(Name))) throw parameterNotFound(Name);
      return {};
    },
    DeleteParameters: ({ Names }: { Names: string[] }) => {
      const deleted = Names.filter((name) => this.parameters.delete(this.nameOf(name)));
      return { DeletedParameters: deleted, InvalidParameters: Names.filter((name) => !deleted.includes(name)) };
    },
    AddTagsToResource: ({ ResourceId, Tags }: OfResource & { Tags: ReadonlyArray<{ Key: string; Value: string }> }) => {
      this.parameters.tag(this.taggable(ResourceId), Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])));
      return {};
    },
    RemoveTagsFromResource: ({ ResourceId, TagKeys }: OfResource & { TagKeys: string[] }) => {
      this.parameters.untag(this.taggable(ResourceId), TagKeys);
      return {};
    },
    ListTagsForResource: ({ ResourceId }: OfResource) => ({
      TagList: Object.entries(this.parameters.existing(this.taggable(ResourceId)).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  };

  /** @param arnPrefix `arn:aws:ssm:region:account` */
  constructor(private readonly arnPrefix: string, private readonly parameters: Parameters) {}

  /** Returns a parameter, and the requested version if it exists. */
  private find(reference: string): { readonly parameter: Parameter; readonly version?: ParameterVersion } | undefined {
    const [, name, number] = /^(.*?)(?::(\d+))?$/.exec(this.nameOf(reference))!;
    const parameter = this.parameters.find(name);
    if (!parameter) return undefined;
    const version = number === undefined ? parameter.versions.at(-1) : parameter.versions.find((other) => other.version === Number(number));
    return { parameter, version };
  }

  /** A parameter can also be specified by its ARN. */
  private nameOf(nameOrArn: string): string {
    const prefix = `${this.arnPrefix}:parameter`;
    if (!nameOrArn.startsWith(`${prefix}/`)) return nameOrArn;
    const path = nameOrArn.slice(prefix.length);
    // The ARN always contains a slash before the name.
    return path.lastIndexOf('/') === 0 && this.parameters.find(path) === undefined ? path.slice(1) : path;
  }

  private taggable(name: string): string {
    if (!this.parameters.find(name)) throw new ServiceError('InvalidResourceId', `The resource ID ${name} is not valid. Verify that you entered the correct ID and try again.`);
    return name;
  }

  private describe(parameter: Parameter, { version, value, type, modifiedAt }: ParameterVersion, isDecrypted = false) {
    const told = type === 'SecureString' && !isDecrypted ? Buffer.from(`encrypted:${value.length}`).toString('base64') : value;
    return { Name: parameter.name, Type: type, Value: told, Version: version, LastModifiedDate: modifiedAt / 1000, ARN: this.arn(parameter), DataType: 'text' };
  }

  private summarize(parameter: Parameter) {
    const { name, description, tier, allowedPattern } = parameter;
    const { version, type, modifiedAt } = parameter.versions.at(-1)!;
    return {
      Name: name,
      ARN: this.arn(parameter),
      Type: type,
      Version: version,
      LastModifiedDate: modifiedAt / 1000,
      Tier: tier,
      ...description !== undefined && { Description: description },
      ...allowedPattern !== undefined && { AllowedPattern: allowedPattern },
      Policies: [],
      DataType: 'text',
    };
  }

  private arn({ name }: Parameter): string {
    return `${this.arnPrefix}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  }
}
