import type { Hook, LifecycleConfigRequest } from './notebook-types';
import type { Operation } from '../../api/service';
import { validationError } from '../../api/service-error';
import type { Clock } from '../../clock';
import type { JsonObject } from '../../json';
import { defined, seconds } from '../description';
import { type Account, NamedResources } from '../named-resources';
import { type ListRequest, listResources } from '../resource-lists';
import type { Tags } from '../resource-tags';

interface LifecycleConfig {
  readonly name: string;
  readonly arn: string;
  readonly creationTime: number;
  lastModifiedTime: number;
  hooks: Pick<LifecycleConfigRequest, Hook>;
}

interface Named {
  readonly NotebookInstanceLifecycleConfigName: string;
}

/** The lifecycle configurations of an account and Region. */
export class LifecycleConfigs {
  readonly operations: { readonly [operation: string]: Operation } = {
    CreateNotebookInstanceLifecycleConfig: (request: LifecycleConfigRequest) => this.create(request),
    DescribeNotebookInstanceLifecycleConfig: ({ NotebookInstanceLifecycleConfigName: name }: Named) => describe(this.get(name, 'describe')),
    ListNotebookInstanceLifecycleConfigs: (request: ListRequest) => {
      const defaults = { sortBy: 'CreationTime', sortOrder: 'Ascending' } as const;
      return listResources(this.configs.all(), request, defaults, 'NotebookInstanceLifecycleConfigs', (config) => {
        const { OnCreate: _, OnStart: __, ...summary } = describe(config);
        return summary;
      });
    },
    UpdateNotebookInstanceLifecycleConfig: (request: LifecycleConfigRequest) => this.update(request),
    DeleteNotebookInstanceLifecycleConfig: ({ NotebookInstanceLifecycleConfigName: name }: Named) => this.delete(name),
  };

  private readonly configs: NamedResources<LifecycleConfig>;

  constructor(
    private readonly clock: Clock,
    private readonly tags: Tags,
    account: Account,
    private readonly onChange: (arn: string, description: JsonObject) => void,
  ) {
    this.configs = new NamedResources({
      label: 'Notebook instance lifecycle config',
      arnSegment: 'notebook-instance-lifecycle-config',
      notFound: (_, arn) => validationError(`'${arn}'. Details: Notebook Instance Lifecycle Config does not exist.`),
    }, account);
  }

  get(name: string, verb: string): LifecycleConfig {
    if (!this.configs.has(name)) throw refusal(verb, this.configs.arn(name), 'Notebook Instance Lifecycle Config does not exist.');
    return this.configs.get(name);
  }

  /** The content of a script. */
  script(name: string, hook: Hook): string | undefined {
    const content = this.get(name, 'describe').hooks[hook]?.[0]?.Content;
    return content === undefined ? undefined : Buffer.from(content, 'base64').toString();
  }

  private create({ NotebookInstanceLifecycleConfigName: name, Tags: tags, OnCreate, OnStart }: LifecycleConfigRequest) {
    const arn = this.configs.arn(name);
    if (this.configs.has(name)) throw refusal('create', arn, 'Notebook Instance Lifecycle Config already exists.');
    checkContent(OnCreate, OnStart);
    this.tags.create(arn, tags);
    const now = this.clock.now();
    const config = { name, arn, creationTime: now, lastModifiedTime: now, hooks: { OnCreate, OnStart } };
    this.configs.set(name, config);
    this.onChange(arn, describe(config));
    return { NotebookInstanceLifecycleConfigArn: arn };
  }

  private update({ NotebookInstanceLifecycleConfigName: name, OnCreate, OnStart }: LifecycleConfigRequest): void {
    const config = this.get(name, 'update');
    checkContent(OnCreate, OnStart);
    config.hooks = { OnCreate: OnCreate ?? config.hooks.OnCreate, OnStart: OnStart ?? config.hooks.OnStart };
    config.lastModifiedTime = this.clock.now();
    this.onChange(config.arn, describe(config));
  }

  private delete(name: string): void {
    const { arn } = this.get(name, 'delete');
    this.configs.delete(name);
    this.tags.forget(arn);
  }
}

function checkContent(...hooks: LifecycleConfigRequest[Hook][]): void {
  for (const [hook] of hooks.map((list = []) => list)) {
    const content = hook?.Content ?? '';
    if (Buffer.from(content, 'base64').toString('base64').replace(/=+$/, '') !== content.replace(/=+$/, '')) {
      throw validationError('The content of a lifecycle hook must be encoded in base64.');
    }
  }
}

function refusal(verb: string, arn: string, details: string) {
  return validationError(`Unable to ${verb} Notebook Instance Lifecycle Config '${arn}'. Details: ${details}`);
}

function describe(config: LifecycleConfig): JsonObject {
  return defined({
    NotebookInstanceLifecycleConfigName: config.name,
    NotebookInstanceLifecycleConfigArn: config.arn,
    ...config.hooks,
    CreationTime: seconds(config.creationTime),
    LastModifiedTime: seconds(config.lastModifiedTime),
  });
}
