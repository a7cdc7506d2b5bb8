import { DECLARATIONS } from '../../test/validation/declarations';

/** The structures that users pass to a construct, or as a whole from one construct to another. */
const PASSED = [
  'TrainingJobProps', 'HyperParameterTuningJobProps', 'HyperParameterTrainingJobDefinition', 'CompilationJobProps', 'NotebookInstanceProps',
  'NotebookInstanceLifecycleConfigProps', 'S3ChannelOptions', 'ManifestChannelOptions', 'FileSystemChannelOptions', 'InputChannelOptions',
];

/** The file that holds the properties of all structures that users write. */
export function renderProperties(): string {
  const structures = structuresOf(PASSED).map((name) => `  ${name}: {\n${propertiesOf(name).map((line) => `    ${line},`).join('\n')}\n  },`);
  return `// Made by \`npx projen constraints\`, from the declarations of the constructs.

/** The properties of the structures that users write, with their types. A type ends in \`!\` where the property is required. */
export const PROPERTY_TYPES: { readonly [structure: string]: { readonly [property: string]: string } } = {
${structures.join('\n')}
};
`;
}

/** The types of the properties of a structure, and of those that it extends. */
export function typesOf(structure: string): ReadonlyMap<string, string> {
  const { bases, members, optional } = DECLARATIONS.get(structure)!;
  return new Map([
    ...bases.flatMap((base) => [...typesOf(base)]),
    ...[...members].map(([name, type]): [string, string] => [name, `${withoutModule(type)}${optional.has(name) ? '' : '!'}`]),
  ]);
}

function propertiesOf(structure: string): string[] {
  return [...typesOf(structure)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, type]) => `${name}: ${type.startsWith('{') ? '\'map\'' : `'${type}'`}`);
}

/** Structures and those that they consist of, sorted. */
function structuresOf(names: readonly string[], found = new Set<string>()): string[] {
  for (const name of names.filter((each) => isStructure(each) && !found.has(each))) {
    found.add(name);
    structuresOf([...typesOf(name).values()].map((type) => type.replace(/(\[\])?!?$/, '')), found);
  }
  return [...found].sort();
}

/** Interfaces that are implemented, not written as an object, begin with an I. */
function isStructure(name: string): boolean {
  const declaration = DECLARATIONS.get(name);
  return declaration !== undefined && !declaration.isClass && !/^I[A-Z]/.test(name);
}

function withoutModule(type: string): string {
  return type.replace(/^\w+\.(?=[A-Z])/, '');
}
