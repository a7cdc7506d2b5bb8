import type { Operation } from '../../api/service';
import { validationError } from '../../api/service-error';
import type { Clock } from '../../clock';
import type { JsonObject } from '../../json';
import { defined, seconds } from '../description';
import { type Account, NamedResources } from '../named-resources';
import { type ListRequest, listResources } from '../resource-lists';
import type { Tag, Tags } from '../resource-tags';

interface GitConfig {
  readonly RepositoryUrl: string;
  readonly Branch?: string;
  readonly SecretArn?: string;
}

interface CodeRepository {
  readonly name: string;
  readonly arn: string;
  readonly creationTime: number;
  lastModifiedTime: number;
  gitConfig: GitConfig;
}

interface Named {
  readonly CodeRepositoryName: string;
}

interface CreateRequest extends Named {
  readonly GitConfig: GitConfig;
  readonly Tags?: readonly Tag[];
}

/** Only the secret of a repository can change. */
interface UpdateRequest extends Named {
  readonly GitConfig?: Pick<GitConfig, 'SecretArn'>;
}

/** The Git repositories of an account and Region that notebook instances name. */
export class CodeRepositories {
  readonly operations: { readonly [operation: string]: Operation } = {
    CreateCodeRepository: (request: CreateRequest) => this.create(request),
    DescribeCodeRepository: ({ CodeRepositoryName: name }: Named) => describe(this.repositories.get(name)),
    UpdateCodeRepository: ({ CodeRepositoryName: name, GitConfig: changes }: UpdateRequest) => {
      const repository = this.repositories.get(name);
      repository.gitConfig = { ...repository.gitConfig, ...changes };
      repository.lastModifiedTime = this.clock.now();
      return { CodeRepositoryArn: repository.arn };
    },
    DeleteCodeRepository: ({ CodeRepositoryName: name }: Named) => {
      const { arn } = this.repositories.get(name);
      this.repositories.delete(name);
      this.tags.forget(arn);
    },
    ListCodeRepositories: (request: ListRequest) => (
      listResources(this.repositories.all(), request, { sortBy: 'Name', sortOrder: 'Ascending' }, 'CodeRepositorySummaryList', describe)
    ),
  };

  private readonly repositories: NamedResources<CodeRepository>;

  constructor(private readonly clock: Clock, private readonly tags: Tags, account: Account) {
    this.repositories = new NamedResources({
      label: 'Code repository',
      arnSegment: 'code-repository',
      notFound: (_, arn) => validationError(`Could not find code repository '${arn}'.`),
    }, account);
  }

  has(name: string): boolean {
    return this.repositories.has(name);
  }

  private create({ CodeRepositoryName: name, GitConfig: gitConfig, Tags: tags }: CreateRequest) {
    const arn = this.repositories.arn(name);
    if (this.has(name)) throw validationError(`Cannot create already existing code repository '${arn}'.`);
    this.tags.create(arn, tags);
    const now = this.clock.now();
    this.repositories.set(name, { name, arn, creationTime: now, lastModifiedTime: now, gitConfig });
    return { CodeRepositoryArn: arn };
  }
}

function describe({ arn, creationTime, gitConfig, lastModifiedTime, name }: CodeRepository): JsonObject {
  return defined({
    CodeRepositoryName: name,
    CodeRepositoryArn: arn,
    CreationTime: seconds(creationTime),
    LastModifiedTime: seconds(lastModifiedTime),
    GitConfig: gitConfig,
  });
}
