import { membersOf, mentionsOf, parametersOf, publicTypes, type TypeReference } from './assembly';
import { INHERITED, RESERVED_WORDS } from './reserved-words';

const types = publicTypes();

/** Constants are in capitals in every language. */
const isConstant = (name: string) => name === name.toUpperCase();
/** The name as it is in Python. */
const snakeCase = (name: string) => (isConstant(name) ? name : name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase());
/** The name as it is in C# and Go. */
const pascalCase = (name: string) => name[0].toUpperCase() + name.slice(1);

/** The type at the core of lists and maps. */
const core = (type: TypeReference): TypeReference => (type.collection ? core(type.collection.elementtype) : type);

/** What is found more than once. */
const repeated = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index);

describe('names', () => {
  test.each(Object.entries(RESERVED_WORDS))('none is a reserved word of %s', (_language, words) => {
    const names = [
      ...types.flatMap((type) => [type.name, ...membersOf(type).map(({ name }) => name)].map((name) => ({ place: `${type.name}.${name}`, name }))),
      ...types.flatMap(parametersOf).map(({ place, parameter: { name } }) => ({ place, name })),
    ];
    expect(names.filter(({ name }) => words.includes(name) || words.includes(snakeCase(name))).map(({ place }) => place)).toEqual([]);
  });

  test.each(Object.entries(INHERITED))('none replaces a method that every object of %s has', (_language, words) => {
    const spelled = (name: string) => [name, snakeCase(name), pascalCase(name), `get${pascalCase(name)}`];
    const members = types.flatMap((type) => membersOf(type).filter(({ name }) => name !== 'toString').map(({ name }) => ({ place: `${type.name}.${name}`, name })));
    expect(members.filter(({ name }) => spelled(name).some((each) => words.includes(each))).map(({ place }) => place)).toEqual([]);
  });

  test('no member is called like its type, which C# refuses', () => {
    expect(types.flatMap((type) => membersOf(type).filter(({ name }) => pascalCase(name) === type.name).map(({ name }) => `${type.name}.${name}`))).toEqual([]);
  });

  test('no two members become one in a language that writes them otherwise', () => {
    for (const spelling of [snakeCase, pascalCase, (name: string) => name.toLowerCase()]) {
      expect(types.flatMap((type) => repeated(membersOf(type).filter(({ name }) => !isConstant(name)).map(({ name }) => `${type.name}.${spelling(name)}`)))).toEqual([]);
    }
  });

  test('no two types become one', () => {
    expect(repeated(types.map(({ name }) => name.toLowerCase()))).toEqual([]);
  });

  test('nothing that is internal is seen', () => {
    expect(types.flatMap((type) => [type.name, ...membersOf(type).map(({ name }) => name)]).filter((name) => name.startsWith('_'))).toEqual([]);
  });

  test('constants are in capitals, everything else in camel case', () => {
    const odd = types.flatMap((type) => membersOf(type).map(({ name }) => name)).filter((name) => !/^([a-z][A-Za-z0-9]*|[A-Z][A-Z0-9]*(_[A-Z0-9]+)*)$/.test(name));
    expect(odd).toEqual([]);
    expect(types.filter(({ name }) => !/^[A-Z][A-Za-z0-9]*$/.test(name))).toEqual([]);
  });

  test('interfaces to implement begin with an I, and structs do not', () => {
    const interfaces = types.filter(({ kind }) => kind === 'interface');
    expect(interfaces.filter(({ name, datatype = false }) => /^I[A-Z]/.test(name) === datatype).map(({ name }) => name)).toEqual([]);
  });
});

describe('types', () => {
  const mentions = types.flatMap(mentionsOf);

  test('no member and no parameter is of several types', () => {
    expect(mentions.filter(({ type }) => core(type).union ?? core(type).intersection).map(({ place }) => place)).toEqual([]);
  });

  test('only the maps of strings that take numbers and booleans as well, and the selection from the result of a state, have values of the type any', () => {
    expect(mentions.filter(({ type }) => core(type).primitive === 'any' || core(type).primitive === 'json').map(({ place }) => place)).toEqual([
      'HyperParameterTrainingJobDefinition.environment',
      'HyperParameterTrainingJobDefinition.hyperParameters',
      'JobTaskStateOptions.resultSelector',
      'OptimizationJobProps.optimizationEnvironment',
      'OptimizationTechniqueOptions.overrideEnvironment',
      'ProcessingJobOptions.environment',
      'TrainingJobOptions.environment',
      'TrainingJobOptions.hyperParameters',
      'TransformJobOptions.environment',
    ]);
  });
});

describe('documentation', () => {
  const described = types.flatMap((type) => [{ place: type.name, docs: type.docs }, ...membersOf(type).map(({ name, docs }) => ({ place: `${type.name}.${name}`, docs }))]);

  test('every type and every member has a summary', () => {
    expect(described.filter(({ docs }) => !docs?.summary).map(({ place }) => place)).toEqual([]);
  });

  // A semicolon ends what jsii takes for the first sentence.
  test('a summary is a sentence or two, and no half of one', () => {
    const summaries = [...described, ...types.flatMap(parametersOf).map(({ place, parameter: { docs } }) => ({ place, docs }))];
    expect(summaries.filter(({ docs: { summary = '' } = {} }) => summary.length > 240 || summary.endsWith(';')).map(({ place }) => place)).toEqual([]);
  });

  test('every optional property of a struct says what happens without it, and no other has a default', () => {
    const unclear = types.filter(({ datatype }) => datatype).flatMap((type) => (type.properties ?? [])
      .filter(({ optional = false, docs }) => optional !== (docs?.default !== undefined))
      .map(({ name }) => `${type.name}.${name}`));
    expect(unclear).toEqual([]);
  });

  // A member without a comment inherits the one of the interface.
  test('the documentation of a class tells everything that its interface tells', () => {
    const interfaceDocs = (overrides: string | undefined, member: string) => types.filter((type) => overrides === `cdk-sagemaker-jobs.${type.name}`)
      .flatMap(membersOf).find(({ name }) => name === member)?.docs;
    const overriding = types.filter(({ kind }) => kind === 'class').flatMap(({ name, properties = [], methods = [] }) => (
      [...properties, ...methods].map((member) => ({ place: `${name}.${member.name}`, docs: member.docs, above: interfaceDocs(member.overrides, member.name) }))));
    expect(overriding.filter(({ above }) => above?.remarks !== undefined).length).toBeGreaterThan(10);
    expect(overriding.filter(({ above, docs }) => above?.remarks !== undefined && docs?.remarks === undefined).map(({ place }) => place)).toEqual([]);
  });

  test('every parameter of a method is explained there or in the interface that has the method first', () => {
    const methodOf = (type: string, method: string) => types.find(({ name }) => type === `cdk-sagemaker-jobs.${name}`)?.methods
      ?.find(({ name }) => name === method);
    const explained = (type: string, method: string, parameter: string): boolean => {
      const { overrides, parameters = [] } = methodOf(type, method) ?? {};
      return parameters.some(({ name, docs }) => name === parameter && docs?.summary)
        || (overrides !== undefined && explained(overrides, method, parameter));
    };
    const missing = types.flatMap((type) => (type.methods ?? []).flatMap((method) => (method.parameters ?? [])
      .filter(({ name }) => !explained(`cdk-sagemaker-jobs.${type.name}`, method.name, name))
      .map(({ name }) => `${type.name}.${method.name}(${name})`)));
    expect(missing).toEqual([]);
  });
});
