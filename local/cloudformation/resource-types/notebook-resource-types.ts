import { validationError } from '../../api/service-error';
import type { JsonObject } from '../../json';
import type { Json } from '../../services';
import { same } from '../documents';
import { nameOf, sageMakerArn } from './hosting-types';
import { byArn, type NativeTypes, type PhysicalContext } from './native-type';

/** The properties that UpdateNotebookInstance changes, with the request members that remove them. */
const CHANGEABLE: { readonly [property: string]: JsonObject } = {
  AcceleratorTypes: { DisassociateAcceleratorTypes: true },
  AdditionalCodeRepositories: { DisassociateAdditionalCodeRepositories: true },
  DefaultCodeRepository: { DisassociateDefaultCodeRepository: true },
  InstanceMetadataServiceConfiguration: { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '1' } },
  InstanceType: {},
  LifecycleConfigName: { DisassociateLifecycleConfig: true },
  RoleArn: {},
  RootAccess: { RootAccess: 'Enabled' },
  VolumeSizeInGB: {},
};
const MOVING = ['Pending', 'Stopping', 'Updating'];
const POLL = 5;

const call = (c: PhysicalContext, operation: string, input: JsonObject = {}) =>
  c.services.sageMaker.call(operation, { NotebookInstanceName: nameOf(c, 'NotebookInstanceName'), ...input });

/** Returns the description, or nothing if the instance does not exist. */
const described = (c: PhysicalContext) => ifExists(() => call(c, 'DescribeNotebookInstance'));

function ifExists(describe: () => JsonObject): JsonObject | undefined {
  try {
    return describe();
  } catch (error) {
    if (/^RecordNotFound$|does not exist/.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** Returns the properties of a resource with the described values of some of them, and with its tags. */
function withActual(c: PhysicalContext, names: readonly string[], description: JsonObject): JsonObject {
  const { physicalId: ResourceArn, properties, services } = c;
  const others = Object.entries(properties).filter(([name]) => name !== 'Tags' && !names.includes(name));
  const actual = Object.entries(description).filter(([name, value]) => names.includes(name) && value !== undefined);
  const { Tags } = services.sageMaker.call('ListTags', { ResourceArn }) as { readonly Tags: Json[] };
  return { ...Object.fromEntries([...others, ...actual]), ...Tags.length > 0 && { Tags } };
}

/** Waits until the status no longer changes. Returns the description, or nothing if the instance does not exist. */
async function settled(c: PhysicalContext, moving = MOVING): Promise<JsonObject | undefined> {
  for (;;) {
    const notebook = described(c);
    if (!notebook) return undefined;
    if (!moving.includes(String(notebook.NotebookInstanceStatus))) return notebook;
    await c.wait(POLL);
  }
}

async function stopped(c: PhysicalContext): Promise<string | undefined> {
  const before = await settled(c);
  if (before?.NotebookInstanceStatus === 'InService') {
    call(c, 'StopNotebookInstance');
    await settled(c);
  }
  return before && String(before.NotebookInstanceStatus);
}

function settings({ NotebookInstanceName: _, VolumeSizeInGB: size, ...properties }: JsonObject): JsonObject {
  return { ...properties, ...size !== undefined && { VolumeSizeInGB: Number(size) } };
}

function changes(c: PhysicalContext): JsonObject {
  const [before, after] = [settings(c.previous!), settings(c.properties)];
  const changed = Object.keys(CHANGEABLE).filter(property => !same(before[property], after[property]));
  const change = (property: string) => after[property] === undefined ? CHANGEABLE[property] : { [property]: after[property] };
  return Object.assign({}, ...changed.map(change)) as JsonObject;
}

/** The service changes an instance only while it is stopped, so a running instance is stopped and started again. */
async function update(c: PhysicalContext): Promise<void> {
  const changed = changes(c);
  if (Object.keys(changed).length > 0) {
    const before = await stopped(c);
    call(c, 'UpdateNotebookInstance', changed);
    await settled(c);
    if (before !== 'Stopped') call(c, 'StartNotebookInstance');
  }
  updateTags(c);
}

function updateTags({ services, physicalId: ResourceArn, previous, properties }: PhysicalContext): void {
  const tagsOf = ({ Tags = [] }: JsonObject) => Tags as { Key: string; Value: string }[];
  const kept = tagsOf(properties).map(({ Key }) => Key);
  const gone = tagsOf(previous!).map(({ Key }) => Key).filter(key => !kept.includes(key));
  if (gone.length > 0) services.sageMaker.call('DeleteTags', { ResourceArn, TagKeys: gone });
  if (!same(previous!.Tags, properties.Tags) && kept.length > 0) services.sageMaker.call('AddTags', { ResourceArn, Tags: properties.Tags as Json });
}

const configName = (c: PhysicalContext) => ({ NotebookInstanceLifecycleConfigName: nameOf(c, 'NotebookInstanceLifecycleConfigName') });

/** Notebook instances and related types. */
export const NOTEBOOK: NativeTypes = {
  'AWS::SageMaker::NotebookInstance': byArn('NotebookInstanceName', { max: 63, prefix: 'logical id' }, sageMakerArn('notebook-instance'), {
    taggable: true,
    immutable: ['DirectInternetAccess', 'KmsKeyId', 'PlatformIdentifier', 'SecurityGroupIds', 'SubnetId'],
    attributes: {
      Id: c => nameOf(c, 'NotebookInstanceName'),
      NotebookInstanceArn: c => c.physicalId,
      NotebookInstanceName: c => nameOf(c, 'NotebookInstanceName'),
    },
    async put(c) {
      if (c.previous) await update(c);
      else call(c, 'CreateNotebookInstance', settings(c.properties));
    },
    actual(c) {
      const notebook = described(c);
      return notebook && withActual(c, Object.keys(CHANGEABLE), { ...notebook, LifecycleConfigName: notebook.NotebookInstanceLifecycleConfigName });
    },
    async settle(c) {
      const notebook = await settled(c);
      if (notebook?.NotebookInstanceStatus === 'Failed') throw new Error(String(notebook.FailureReason));
    },
    async remove(c) {
      if (await stopped(c) === undefined) return;
      call(c, 'DeleteNotebookInstance');
      await settled(c, ['Deleting']);
    },
  }),
  'AWS::SageMaker::NotebookInstanceLifecycleConfig': byArn(
    'NotebookInstanceLifecycleConfigName', { max: 63, prefix: 'logical id' }, sageMakerArn('notebook-instance-lifecycle-config'), {
      taggable: true,
      attributes: {
        Id: c => configName(c).NotebookInstanceLifecycleConfigName,
        NotebookInstanceLifecycleConfigArn: c => c.physicalId,
        NotebookInstanceLifecycleConfigName: c => configName(c).NotebookInstanceLifecycleConfigName,
      },
      put(c) {
        const { OnCreate = [], OnStart = [], Tags } = c.properties;
        const hooks = { ...configName(c), OnCreate, OnStart };
        if (!c.previous) {
          c.services.sageMaker.call('CreateNotebookInstanceLifecycleConfig', { ...hooks, ...Tags !== undefined && { Tags } });
          return;
        }
        c.services.sageMaker.call('UpdateNotebookInstanceLifecycleConfig', hooks);
        updateTags(c);
      },
      actual(c) {
        const config = ifExists(() => c.services.sageMaker.call('DescribeNotebookInstanceLifecycleConfig', configName(c)));
        return config && withActual(c, ['OnCreate', 'OnStart'], config);
      },
      remove(c) {
        c.services.sageMaker.call('DeleteNotebookInstanceLifecycleConfig', configName(c));
      },
    }),
  'AWS::SageMaker::CodeRepository': byArn('CodeRepositoryName', { max: 63, prefix: 'logical id' }, sageMakerArn('code-repository'), {
    taggable: true,
    attributes: {
      Id: c => c.physicalId,
      CodeRepositoryArn: c => c.physicalId,
      CodeRepositoryName: c => nameOf(c, 'CodeRepositoryName'),
    },
    put(c) {
      const { GitConfig, Tags } = c.properties;
      const named = { CodeRepositoryName: nameOf(c, 'CodeRepositoryName') };
      if (!c.previous) {
        c.services.sageMaker.call('CreateCodeRepository', { ...named, GitConfig, ...Tags !== undefined && { Tags } });
        return;
      }
      const { SecretArn, ...rest } = GitConfig as JsonObject;
      const { SecretArn: _, ...existing } = c.services.sageMaker.call('DescribeCodeRepository', named).GitConfig as JsonObject;
      // UpdateCodeRepository changes nothing else.
      if (!same(rest, existing)) throw validationError('Only the SecretArn of a code repository can be updated.');
      c.services.sageMaker.call('UpdateCodeRepository', { ...named, ...SecretArn !== undefined && { GitConfig: { SecretArn } } });
      updateTags(c);
    },
    remove(c) {
      c.services.sageMaker.call('DeleteCodeRepository', { CodeRepositoryName: nameOf(c, 'CodeRepositoryName') });
    },
  }),
};
