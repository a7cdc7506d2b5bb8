import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mentionsOf, parametersOf, publicTypes, type Method, type Property, type Type } from './assembly';
import { ROOT } from './packed';
import * as library from '../../src';

const types = publicTypes();
const classes = types.filter(({ kind }) => kind === 'class');
const structs = types.filter(({ kind, datatype }) => kind === 'interface' && datatype);

/** The resources of SageMaker that have a construct. */
const RESOURCES = [
  'TrainingJob', 'HyperParameterTuningJob', 'CompilationJob', 'ProcessingJob', 'TransformJob', 'OptimizationJob', 'NotebookInstance',
  'NotebookInstanceLifecycleConfig',
];

/** Classes with constants whose values are more than one word of the API. */
const CATALOGS = ['BuiltInAlgorithm', 'TrainingFramework'];

const methodsOf = ({ methods = [] }: Type) => methods as readonly (Method & { readonly static?: boolean })[];
const propertiesOf = ({ properties = [] }: Type) =>
  properties as readonly (Property & { readonly docs?: { readonly custom?: { readonly attribute?: string } } })[];
const nameOf = (fqn: string | undefined) => fqn?.split('.').at(-1);
const lowerFirst = (name: string) => name[0].toLowerCase() + name.slice(1);

const hasConstants = (type: Type) => propertiesOf(type).some(({ static: isStatic, type: { fqn } }) => isStatic && nameOf(fqn) === type.name);
const enumLike = classes.filter((type) => hasConstants(type) && !CATALOGS.includes(type.name));

test('a type that `bind` returns is named `…Config`, and no other type but a resource is', () => {
  const returned = types.flatMap((type) => methodsOf(type).filter(({ name }) => name === 'bind').map(({ returns }) => nameOf(returns?.type.fqn)!));
  const named = types.map(({ name }) => name).filter((name) => name.endsWith('Config'));
  const resources = RESOURCES.flatMap((name) => [name, `I${name}`]).filter((name) => name.endsWith('Config'));
  expect(named.sort()).toEqual([...new Set(returned), ...resources].sort());
});

test.each(RESOURCES)('%s is a resource of aws-cdk-lib in every language', (name) => {
  expect(types.find((type) => type.name === name)).toMatchObject({ base: 'aws-cdk-lib.Resource' });
});

test.each(enumLike.map((type) => [type.name, type] as const))('the enum-like class %s has `of`, `value` and `toString`, and no public constructor', (_name, type) => {
  expect(methodsOf(type).map(({ name }) => name).sort()).toEqual(['of', 'toString']);
  expect(propertiesOf(type).filter(({ static: isStatic }) => !isStatic).map(({ name }) => name)).toEqual(['value']);
  expect(type.initializer).toBeUndefined();
});

test.each(enumLike.map(({ name }) => name))('the constants of %s are named after their values', (name) => {
  const plain = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const constants = Object.entries((library as any)[name])
    .filter(([constant]) => constant === constant.toUpperCase()) as [string, { readonly value: string }][];
  // A name cannot begin with a digit.
  const odd = constants.filter(([constant, { value }]) => plain(constant) !== plain(value) && !/^\d/.test(value));
  expect(constants.length).toBeGreaterThan(0);
  expect(odd.map(([constant, { value }]) => `${constant}: ${value}`)).toEqual([]);
});

test('a type of notebook instances begins with the name of the resource', () => {
  const names = types.filter(({ locationInModule }) => locationInModule?.filename.startsWith('src/notebook-instance/')).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !/^I?NotebookInstance/.test(name))).toEqual([]);
});

test('a structure is named after its use: of a construct, of one place, or of the elements of a list', () => {
  const elements = types.flatMap(mentionsOf).flatMap(({ type: { collection } }) => (collection?.kind === 'array' ? nameOf(collection.elementtype.fqn)! : []));
  const odd = structs.map(({ name }) => name).filter((name) => !/(?:Props|Attributes|Options|Config)$/.test(name) && !elements.includes(name));
  expect(odd).toEqual([]);
});

test('only structures are named `…Options`, and a property with such a type has the name of its member', () => {
  expect(types.filter(({ name, datatype = false }) => name.endsWith('Options') && !datatype).map(({ name }) => name)).toEqual([]);
  const configs = structs.flatMap((type) => propertiesOf(type).filter(({ name, type: { fqn } }) => name.endsWith('Config') && fqn !== undefined));
  expect(configs.length).toBeGreaterThan(0);
  const expected = (name: string) => name.replace(/Config$/, 'Options').toLowerCase();
  expect(configs.filter(({ name, type: { fqn } }) => !/(?:CompilationDataInput|LifecycleConfig)$/.test(fqn!) && nameOf(fqn)!.toLowerCase() !== expected(name))
    .map(({ name, type: { fqn } }) => `${name}: ${nameOf(fqn)}`)).toEqual([]);
});

/** The members whose property has another name, by the rules of CONTRIBUTING.md. */
const DEVIATIONS: ReadonlyArray<readonly [member: RegExp, property: RegExp]> = [
  // A term of CDK.
  [/KmsKeyId$/, /^(?:output|volume)EncryptionKey$/],
  [/^(?:S3(?:Uri|OutputPath|OutputLocation)|OutputS3Uri|DestinationS3Uri)$/, /^(?:location|outputLocation)$/],
  [/^(?:ClusterRole|Evaluator|Role|TrainingRepositoryCredentialsProvider)Arn$/, /^(?:clusterRole|evaluator|role|credentialsProvider)$/],
  [/^ImageUri$/, /^image$/],
  [/^ModelName$/, /^model$/],
  [/^(?:FileSystemId|LifecycleConfigName)$/, /^(?:fileSystem|lifecycleConfig)$/],
  [/^(?:SecurityGroupIds|Subnets|SubnetId)$/, /^(?:securityGroups|vpcSubnets|vpc)$/],
  // A switch.
  [/^(?:AppManaged|DirectInternetAccess|RootAccess|DisableProfiler|Mode)$/, /^enable/],
  // A value of a class with factories, which the class sets.
  [/^(?:S3DataType|FileSystemType|DatasetArn|TrainingRepositoryAccessMode)$/, /^(?:inputDataConfig|processingInputs|trainingDataSource|trainingImage|transformInput)$/],
  [/^(?:TargetDevice|ModelPackageVersionArn|Content)$/, /^(?:device|modelPackageArn|onCreate|onStart)$/],
  // A member of a flattened structure whose name is ambiguous outside of it.
  [/^(?:Name|Type|Seed|CompressionType|ModelName|StaticHyperParameters)$/, /^(?:parameterName|objectiveType|shuffleSeed|outputCompressionType|outputModelName|hyperParameters)$/],
];

test('a property has the name of its member, without its unit, unless a rule gives it another one', () => {
  const rows = [...readFileSync(join(ROOT, 'docs', 'api-members.md'), 'utf8').matchAll(/^\| `([^`]+)` \| `([^`]+)`/gm)];
  const lastOf = (path: string) => path.replace(/\[\]/g, '').split('.').at(-1)!;
  // A member with members of its own may be flattened.
  const leaves = rows.filter(([, member]) => !rows.some(([, other]) => other.startsWith(`${member}.`) || other.startsWith(`${member}[].`)));
  const odd = leaves.map(([, member, property]) => [lastOf(member), lastOf(property)] as const).filter(([member, property]) => (
    property !== lowerFirst(member.replace(/In(?:Seconds|Milliseconds|GB|MB)$/, ''))
    && !DEVIATIONS.some(([from, to]) => from.test(member) && to.test(property))));

  expect(leaves.length).toBeGreaterThan(100);
  expect(odd.map((pair) => pair.join(': ')).filter((row) => !/^(?:Key|Value): of\(construct\)$/.test(row))).toEqual([]);
});

test('a class with a public constructor is a construct, or has a public `bind` that its subclasses implement', () => {
  const open = classes.filter(({ name, initializer }) => initializer !== undefined && !RESOURCES.includes(name));
  expect(open.filter((type) => !methodsOf(type).some(({ name }) => name === 'bind')).map(({ name }) => name)).toEqual([]);
});

test('a default is code or words after a hyphen', () => {
  const CODE = /^(?:true|false|\d+|'[^']+'|(?:\w+\.)?[A-Z]\w+\.[A-Z][A-Z0-9_]*|(?:Duration|Size)\.\w+\(\d+\))$/;
  const defaults = structs.flatMap((type) => propertiesOf(type).map(({ name, docs }) => ({ place: `${type.name}.${name}`, text: docs?.default })));
  expect(defaults.filter(({ text }) => text !== undefined && !text.startsWith('- ') && !CODE.test(text))).toEqual([]);
  expect(defaults.filter(({ text }) => text?.startsWith('- ') && CODE.test(text.slice(2)))).toEqual([]);
});

test('a method `on…` returns a rule of EventBridge', () => {
  const handlers = types.flatMap((type) => methodsOf(type).filter(({ name }) => /^on[A-Z]/.test(name)));
  expect(handlers.length).toBeGreaterThan(0);
  expect(handlers.filter(({ returns }) => returns?.type.fqn !== 'aws-cdk-lib.aws_events.Rule').map(({ name }) => name)).toEqual([]);
});

test('a number among the attributes says how to use it, and is a string like the others', () => {
  const constructs = types.filter(({ name }) => RESOURCES.includes(name) || name === 'BestTrainingJob');
  const numbers = constructs.flatMap((type) => propertiesOf(type).filter(({ name }) => /(?:Count|InSeconds|Epoch|Step|Value)$|^numberOf/.test(name)));
  expect(numbers.length).toBeGreaterThan(10);
  expect(numbers.filter(({ type, docs }) => type.primitive !== 'string' || !docs?.remarks?.includes('Token.asNumber()')).map(({ name }) => name)).toEqual([]);
});

test('a factory that takes an ARN or a name ends in it', () => {
  const taking = classes.flatMap((type) => methodsOf(type).filter(({ name, static: isStatic, parameters }) => (
    isStatic && name.startsWith('from') && parameters?.some((parameter) => /Arn$/.test(parameter.name)))).map(({ name }) => name));
  expect(taking.length).toBeGreaterThan(0);
  expect(taking.filter((name) => !name.endsWith('Arn'))).toEqual([]);
});

/** The optional parameters that are no structure, with the reason. */
const OPTIONAL_PARAMETERS: { readonly [place: string]: string } = {
  'ContainerImage.fromDlc(accountId)': 'The method has the signature of ContainerImage.fromDlc() in @aws-cdk/aws-sagemaker-alpha.',
  'ContainerImage.fromEcrRepository(tagOrDigest)': 'The method has the signature of DockerImage.fromEcrRepository() in aws-stepfunctions-tasks.',
  'S3Location.fromBucket(prefix)': 'The prefix is part of the location, as the key is in IBucket.s3UrlForObject().',
};

test('an optional parameter is a structure', () => {
  const optional = types.flatMap(parametersOf).filter(({ parameter }) => parameter.optional && !parameter.variadic);
  expect(optional.length).toBeGreaterThan(0);
  const others = optional.filter(({ parameter: { type } }) => !/(?:Options|Props)$/.test(type.fqn ?? '')).map(({ place }) => place);
  expect(others.sort()).toEqual(Object.keys(OPTIONAL_PARAMETERS).sort());
});

test('a list is an array, except for the actions of `grant`, as in aws-cdk-lib', () => {
  const variadic = types.flatMap(parametersOf).filter(({ parameter }) => parameter.variadic).map(({ place }) => place);
  expect(variadic.filter((place) => !place.endsWith('.grant(actions)'))).toEqual([]);
});

test('a boolean is named by a verb that says what happens if it is true', () => {
  const booleans = structs.flatMap((type) => propertiesOf(type).filter(({ type: { primitive } }) => primitive === 'boolean').map(({ name }) => name));
  expect(booleans.length).toBeGreaterThan(0);
  expect(booleans.filter((name) => !/^(?:accept|allow|completeOn|count|enable|for|generate|require|restartOn|run|separate|use|waitFor)[A-Z]/.test(name))).toEqual([]);
});

test('every method `grant…` returns a Grant', () => {
  const grants = types.flatMap((type) => methodsOf(type).filter(({ name }) => /^grant(?:[A-Z]|$)/.test(name)).map((method) => ({ type, method })));
  expect(grants.length).toBeGreaterThan(0);
  expect(grants.filter(({ method }) => method.returns?.type.fqn !== 'aws-cdk-lib.aws_iam.Grant').map(({ type, method }) => `${type.name}.${method.name}`)).toEqual([]);
});

describe.each(RESOURCES)('the resource %s', (resource) => {
  const construct = classes.find(({ name }) => name === resource)!;
  const imports = methodsOf(construct).filter(({ name }) => name.startsWith('from'));

  test('has an interface whose name and ARN are attributes', () => {
    const attributes = propertiesOf(types.find(({ name }) => name === `I${resource}`)!).filter(({ docs }) => docs?.custom?.attribute !== undefined).map(({ name }) => name);
    expect(attributes).toEqual(expect.arrayContaining([`${lowerFirst(resource)}Arn`, `${lowerFirst(resource)}Name`]));
  });

  test('has no attributes but those whose names begin with its own', () => {
    const attributes = types.filter(({ name }) => name === resource || name === `I${resource}`).flatMap(propertiesOf)
      .filter(({ docs }) => docs?.custom?.attribute !== undefined).map(({ name }) => name);
    expect(attributes.filter((name) => !name.startsWith(lowerFirst(resource)))).toEqual([]);
  });

  test('is imported as its interface by methods that are named after their parameter', () => {
    expect(imports.map(({ name }) => name)).toEqual(expect.arrayContaining([`from${resource}Arn`, `from${resource}Name`]));
    for (const { name, parameters, returns } of imports) {
      expect(nameOf(returns?.type.fqn)).toBe(`I${resource}`);
      const parameter = name.endsWith('Attributes') ? 'attrs' : lowerFirst(name.slice('from'.length));
      expect(parameters?.map((each) => each.name)).toEqual(['scope', 'id', parameter]);
    }
  });

  test('takes scope, id and props', () => {
    const [scope, id, props] = parametersOf(construct).filter(({ place }) => place.startsWith(`${resource}.constructor(`)).map(({ parameter }) => parameter);
    expect([scope.name, id.name, props.name]).toEqual(['scope', 'id', 'props']);
    expect(nameOf(props.type.fqn)).toBe(`${resource}Props`);
  });
});
