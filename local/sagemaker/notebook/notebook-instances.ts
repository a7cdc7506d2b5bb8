import { createHash } from 'node:crypto';
import { CodeRepositories } from './code-repositories';
import { LifecycleConfigs } from './lifecycle-configs';
import { type NotebookContext, LocalNotebookInstance } from './local-notebook-instance';
import type { CreateNotebookInstanceRequest, NotebookSettings, UpdateNotebookInstanceRequest } from './notebook-types';
import type { Operation } from '../../api/service';
import { validationError } from '../../api/service-error';
import type { JsonObject } from '../../json';
import { defined, repeated, seconds } from '../description';
import { NOTEBOOK_USES } from '../execution-role';
import { type Account, NamedResources } from '../named-resources';
import { type ListRequest, listResources } from '../resource-lists';
import type { Tags } from '../resource-tags';

interface Named {
  readonly NotebookInstanceName: string;
}

export interface NotebookInstancesContext extends Omit<NotebookContext, 'lifecycleConfigs'>, Account {
  readonly tags: Tags;
  /** Called when a lifecycle configuration is created or updated. */
  readonly onConfigChange: (arn: string, description: JsonObject) => void;
}

const END_OF_AMAZON_LINUX_2 = Date.UTC(2026, 6, 1);

/** The notebook instances of an account and Region, their lifecycle configurations and code repositories. */
export class NotebookInstances {
  readonly operations: { readonly [operation: string]: Operation };

  /** The Git repositories that instances name. */
  readonly codeRepositories: CodeRepositories;

  private readonly lifecycleConfigs: LifecycleConfigs;
  private readonly notebooks: NamedResources<LocalNotebookInstance>;

  constructor(private readonly context: NotebookInstancesContext) {
    const { clock, tags, onConfigChange } = context;
    this.codeRepositories = new CodeRepositories(clock, tags, context);
    this.lifecycleConfigs = new LifecycleConfigs(clock, tags, context, onConfigChange);
    const kind = { label: 'Notebook instance', arnSegment: 'notebook-instance', notFound: () => validationError('RecordNotFound') };
    this.notebooks = new NamedResources(kind, context);
    this.operations = {
      ...this.lifecycleConfigs.operations,
      ...this.codeRepositories.operations,
      CreateNotebookInstance: (request: CreateNotebookInstanceRequest) => this.create(request),
      DescribeNotebookInstance: ({ NotebookInstanceName: name }: Named) => describeNotebook(this.get(name)),
      ListNotebookInstances: (request: ListRequest & NotebookFilters) => {
        const found = this.all().filter((notebook) => isWanted(notebook, request));
        return listResources(found, request, { sortBy: 'Name', sortOrder: 'Ascending' }, 'NotebookInstances', summarizeNotebook);
      },
      UpdateNotebookInstance: (request: UpdateNotebookInstanceRequest) => this.update(request),
      StartNotebookInstance: ({ NotebookInstanceName: name }: Named) => {
        this.checkPlatform(this.get(name).settings);
        this.get(name).start();
      },
      StopNotebookInstance: ({ NotebookInstanceName: name }: Named) => this.get(name).stop(),
      DeleteNotebookInstance: ({ NotebookInstanceName: name }: Named) => this.delete(name),
      CreatePresignedNotebookInstanceUrl: ({ NotebookInstanceName: name }: Named) => presignedUrl(this.get(name)),
    };
  }

  get(name: string): LocalNotebookInstance {
    return this.notebooks.get(name);
  }

  all(): LocalNotebookInstance[] {
    return this.notebooks.all();
  }

  private create(request: CreateNotebookInstanceRequest) {
    const { NotebookInstanceName: name, SubnetId: subnet, DirectInternetAccess: internet, LifecycleConfigName: config } = request;
    const { SecurityGroupIds: groups = [] } = request;
    if (internet === 'Disabled' && subnet === undefined) throw validationError('DirectInternetAccess can only be Disabled where SubnetId is specified.');
    if (groups.length > 0 && subnet === undefined) throw validationError('SecurityGroupIds can only be specified together with SubnetId.');
    this.checkPlatform(request);
    const arn = this.notebooks.arn(name);
    if (this.notebooks.has(name)) throw validationError(`Cannot create a duplicate Notebook Instance (${arn})`);
    if (config !== undefined) this.lifecycleConfigs.get(config, 'describe');
    this.context.roles.of(arn, request.RoleArn, request, NOTEBOOK_USES).check();
    this.context.tags.create(arn, request.Tags);
    this.notebooks.set(name, new LocalNotebookInstance(name, arn, request, { ...this.context, lifecycleConfigs: this.lifecycleConfigs }));
    return { NotebookInstanceArn: arn };
  }

  /** SageMaker AI Developer Guide, Notebook instance platforms: support for Amazon Linux 2 ends on July 1, 2026. */
  private checkPlatform({ PlatformIdentifier: platform }: NotebookSettings): void {
    const isRetired = platform === 'notebook-al1-v1' || (/^notebook-al2-/.test(String(platform)) && this.context.clock.now() >= END_OF_AMAZON_LINUX_2);
    if (isRetired) throw validationError(`The platform identifier ${String(platform)} is no longer supported.`);
  }

  private update(request: UpdateNotebookInstanceRequest): void {
    const notebook = this.get(request.NotebookInstanceName);
    if (request.LifecycleConfigName !== undefined) this.lifecycleConfigs.get(request.LifecycleConfigName, 'describe');
    if (request.RoleArn !== undefined) this.context.roles.of(notebook.arn, request.RoleArn, notebook.settings, NOTEBOOK_USES).check();
    notebook.update(request);
  }

  private delete(name: string): void {
    const notebook = this.get(name);
    void notebook.delete().then(() => {
      this.notebooks.delete(name);
      this.context.tags.forget(notebook.arn);
    });
  }
}

function presignedUrl(notebook: LocalNotebookInstance) {
  if (notebook.status !== 'InService') throw validationError(`The notebook instance must be InService; got ${notebook.status}.`);
  return { AuthorizedUrl: `https://${url(notebook)}?authToken=${createHash('sha256').update(notebook.arn).digest('hex')}` };
}

function url({ name, arn }: LocalNotebookInstance): string {
  return `${name.toLowerCase()}.notebook.${arn.split(':')[3]}.sagemaker.aws`;
}

/** The members of ListNotebookInstances besides those of all lists. */
interface NotebookFilters {
  readonly NotebookInstanceLifecycleConfigNameContains?: string;
  readonly DefaultCodeRepositoryContains?: string;
  readonly AdditionalCodeRepositoryEquals?: string;
}

function isWanted({ settings }: LocalNotebookInstance, filters: NotebookFilters): boolean {
  const { NotebookInstanceLifecycleConfigNameContains: config = '', DefaultCodeRepositoryContains: code = '' } = filters;
  const { AdditionalCodeRepositoryEquals: other } = filters;
  const { AdditionalCodeRepositories: others = [], DefaultCodeRepository: own = '', LifecycleConfigName: name = '' } = settings as JsonObject;
  return String(name).includes(config) && String(own).includes(code) && (other === undefined || (others as string[]).includes(other));
}

/** The members of an item of ListNotebookInstances. */
const SUMMARY = [
  'AdditionalCodeRepositories', 'CreationTime', 'DefaultCodeRepository', 'InstanceType', 'LastModifiedTime', 'NotebookInstanceArn',
  'NotebookInstanceLifecycleConfigName', 'NotebookInstanceName', 'NotebookInstanceStatus', 'Url',
];

/** An item of ListNotebookInstances. */
function summarizeNotebook(notebook: LocalNotebookInstance): JsonObject {
  const description = describeNotebook(notebook);
  return Object.fromEntries(SUMMARY.filter((member) => description[member] !== undefined).map((member) => [member, description[member]]));
}

/** The output of DescribeNotebookInstance. */
export function describeNotebook(notebook: LocalNotebookInstance): JsonObject {
  const { settings, arn } = notebook;
  return defined({
    DirectInternetAccess: 'Enabled',
    RootAccess: 'Enabled',
    IpAddressType: 'ipv4',
    PlatformIdentifier: 'notebook-al2023-v1',
    InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '1' },
    ...repeated('DescribeNotebookInstance', settings),
    NotebookInstanceName: notebook.name,
    NotebookInstanceArn: arn,
    NotebookInstanceStatus: notebook.status,
    FailureReason: notebook.failureReason,
    NotebookInstanceLifecycleConfigName: settings.LifecycleConfigName,
    SecurityGroups: settings.SecurityGroupIds,
    NetworkInterfaceId: settings.SubnetId && `eni-${createHash('sha256').update(arn).digest('hex').slice(0, 17)}`,
    Url: url(notebook),
    CreationTime: seconds(notebook.creationTime),
    LastModifiedTime: seconds(notebook.lastModifiedTime),
  });
}
