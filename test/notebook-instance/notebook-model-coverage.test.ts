import * as sagemaker from '@aws-sdk/client-sagemaker';
import { NormalizedSchema } from '@smithy/core/schema';
import { MlInstanceType } from '../../src/job/ml-instance-type.generated';
import * as options from '../../src/notebook-instance/notebook-options';
import { IS_FLOOR } from '../fixtures/cdk-release';
import { fullNotebook, newStack, propertiesOf, TYPE } from '../fixtures/notebooks';

/** Paths of the requests that the native resource lacks, and where they are instead. */
const EXCEPTIONS: { readonly [path: string]: string } = {
  IpAddressType: 'set by the custom resource',
};

type Visit = (path: string, schema: NormalizedSchema, value: any) => void;

function walk(schema: NormalizedSchema, value: any, visit: Visit, path = ''): void {
  visit(path, schema, value);
  const skeleton = value === undefined;
  if (schema.isListSchema()) {
    for (const item of skeleton ? [undefined] : value) walk(schema.getValueSchema(), item, visit, `${path}[]`);
  } else if (schema.isStructSchema()) {
    for (const [member, memberSchema] of schema.structIterator()) {
      if (skeleton || value[member] !== undefined) walk(memberSchema, value?.[member], visit, path === '' ? member : `${path}.${member}`);
    }
  }
}

function pathsOf(schema: NormalizedSchema, value?: any): string[] {
  const paths = new Set<string>();
  walk(schema, value, (path) => paths.add(path));
  return [...paths];
}

const NOTEBOOK = NormalizedSchema.of(sagemaker.CreateNotebookInstanceInput$);
const LIFECYCLE_CONFIG = NormalizedSchema.of(sagemaker.CreateNotebookInstanceLifecycleConfigInput$);

function render() {
  const stack = newStack();
  fullNotebook(stack);
  const lifecycleConfig = propertiesOf(stack, TYPE.lifecycleConfig);
  return {
    notebook: propertiesOf(stack, TYPE.notebook),
    state: propertiesOf(stack, TYPE.state),
    // CloudFormation makes the name where none is given.
    lifecycleConfig: { NotebookInstanceLifecycleConfigName: 'made', ...IS_FLOOR ? { Tags: [{ Key: 'team', Value: 'vision' }] } : {}, ...lifecycleConfig },
  };
}

test('every path of CreateNotebookInstance that can be set is set by some prop', () => {
  const { notebook, state } = render();
  const set = [...pathsOf(NOTEBOOK, notebook), ...pathsOf(NOTEBOOK, { IpAddressType: state.IpAddressType })];
  expect(pathsOf(NOTEBOOK).filter((path) => !set.includes(path))).toEqual([]);
  expect(Object.keys(EXCEPTIONS).filter((path) => path in notebook)).toEqual([]);
});

test('every path of CreateNotebookInstanceLifecycleConfig is set by some prop', () => {
  const set = pathsOf(LIFECYCLE_CONFIG, render().lifecycleConfig);
  expect(pathsOf(LIFECYCLE_CONFIG).filter((path) => !set.includes(path))).toEqual([]);
});

test('the properties of the resources are members of the API, of the types that it expects', () => {
  const { lifecycleConfig, notebook } = render();
  for (const [schema, value] of [[NOTEBOOK, notebook], [LIFECYCLE_CONFIG, lifecycleConfig]]) {
    walk(schema, value, (path, member, part) => {
      const isIntrinsic = typeof part === 'object' && !Array.isArray(part) && /^(Ref|Fn::.*)$/.test(Object.keys(part)[0]);
      if (isIntrinsic) return;
      if (member.isStructSchema()) {
        const known = [...member.structIterator()].map(([name]) => name);
        expect(Object.keys(part).filter((name) => !known.includes(name))).toEqual([]);
      } else if (member.isNumericSchema()) {
        expect([path, typeof part]).toEqual([path, 'number']);
      } else if (member.isStringSchema()) {
        expect([path, typeof part]).toEqual([path, 'string']);
      }
    });
  }
});

/** The members of an update that no property leads to: CloudFormation sends them when a property is taken away. */
const OF_CLOUDFORMATION = /^Disassociate/;

test('whatever UpdateNotebookInstance changes is a prop, too', () => {
  const creating = pathsOf(NOTEBOOK);
  const updating = pathsOf(NormalizedSchema.of(sagemaker.UpdateNotebookInstanceInput$));
  expect(updating.filter((path) => !creating.includes(path) && !OF_CLOUDFORMATION.test(path))).toEqual([]);
});

test('there is a constant for every instance type of the API', () => {
  const constants = Object.values(MlInstanceType).map((constant: any) => constant.value);
  expect(Object.values(sagemaker._InstanceType).filter((value) => !constants.includes(value))).toEqual([]);
  expect(MlInstanceType.of('ml.tomorrow').toString()).toBe('ml.tomorrow');
});

test.each([
  [sagemaker.IPAddressType, options.NotebookInstanceIpAddressType],
  [sagemaker.NotebookInstanceAcceleratorType, options.NotebookInstanceAcceleratorType],
  [{ V1: '1', V2: '2' }, options.NotebookInstanceMetadataServiceVersion],
  [['notebook-al1-v1', 'notebook-al2-v1', 'notebook-al2-v2', 'notebook-al2-v3', 'notebook-al2023-v1'], options.NotebookInstancePlatformIdentifier],
] as [object, any][])('%p are the constants of the type, which takes any other', (values, type) => {
  expect(Object.values(type).map((constant: any) => constant.value).sort()).toEqual(Object.values(values).sort());
  expect(type.of('Tomorrow').value).toBe('Tomorrow');
});
