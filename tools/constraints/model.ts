import * as sdk from '@aws-sdk/client-sagemaker';
import facts from '../../local/sagemaker/model/sagemaker.json';
import type { RequestKind, Shape } from '../../src/validation/shape-constraints';

/** The operations whose requests the constructs make or change. */
const OPERATIONS: { readonly [kind in RequestKind]: { readonly create: string; readonly update?: string } } = {
  trainingJob: { create: 'CreateTrainingJob', update: 'UpdateTrainingJob' },
  hyperParameterTuningJob: { create: 'CreateHyperParameterTuningJob' },
  compilationJob: { create: 'CreateCompilationJob' },
  notebookInstance: { create: 'CreateNotebookInstance', update: 'UpdateNotebookInstance' },
  notebookInstanceLifecycleConfig: { create: 'CreateNotebookInstanceLifecycleConfig', update: 'UpdateNotebookInstanceLifecycleConfig' },
};

type Fact = Shape & { readonly readOnly?: readonly string[] };

const FACTS = facts as unknown as {
  readonly source: string;
  readonly operations: { readonly [operation: string]: { readonly input: string } };
  readonly shapes: { readonly [name: string]: Fact };
};

/** The shapes of the requests that change something. They say nothing that a creation does not say, so they do not ship. */
export const UPDATE: { readonly [kind in RequestKind]?: string } = Object.fromEntries(
  Object.entries(OPERATIONS).flatMap(([kind, { update }]) => (update ? [[kind, inputOf(update)]] : [])),
);

/** The file that holds what the constructs know of the API's model. */
export function renderModel(): string {
  const requests = Object.entries(OPERATIONS).map(([kind, { create }]) => [kind, inputOf(create)]);
  const shapes = Object.entries(shapesOf(requests.map(([, input]) => input))).map(([name, shape]) => `  ${name}: ${literal(shape)},`);
  return [
    '// Made by `npx projen constraints`. To change it, change what that reads: local/sagemaker/model/sagemaker.json',
    `// (${FACTS.source}), and the enumerations of the SDK.`,
    '/* eslint-disable @stylistic/max-len */',
    'import type { RequestKind, Shape } from \'./shape-constraints\';',
    '',
    '/** The shapes of the requests that create something. */',
    `export const CREATE: { readonly [kind in RequestKind]: string } = {\n${requests.map(([kind, input]) => `  ${kind}: '${input}',`).join('\n')}\n};`,
    '',
    '/** All shapes that these requests consist of. */',
    `export const SHAPES: { readonly [name: string]: Shape } = {\n${shapes.join('\n')}\n};`,
    '',
  ].join('\n');
}

/** All shapes that requests consist of, sorted by their names. */
export function shapesOf(requests: readonly string[]): { readonly [name: string]: Shape } {
  return Object.fromEntries(reachable(requests).map((name) => [name, shapeOf(name, FACTS.shapes[name])]));
}

function inputOf(operation: string): string {
  return FACTS.operations[operation].input;
}

/** The names of all shapes that some shapes consist of, sorted. */
function reachable(names: readonly string[], found = new Set<string>()): string[] {
  for (const name of names.filter((each) => !found.has(each))) {
    found.add(name);
    const { key, member, value } = FACTS.shapes[name];
    reachable([...Object.values(membersOf(FACTS.shapes[name]) ?? {}), ...[member, key, value].flatMap((each) => each ?? [])], found);
  }
  return [...found].sort();
}

function shapeOf(name: string, fact: Fact): Shape {
  const isNumber = !['string', 'list', 'map'].includes(fact.type);
  return {
    type: fact.type,
    members: membersOf(fact),
    required: fact.required,
    member: fact.member,
    key: fact.key,
    value: fact.value,
    min: fact.min === 0 && !isNumber ? undefined : fact.min,
    max: fact.max,
    ...valuesOf(name, fact),
  };
}

function membersOf({ members, readOnly = [] }: Fact): Shape['members'] {
  return members && Object.fromEntries(Object.entries(members).filter(([member]) => !readOnly.includes(member)));
}

const ANYTHING = ['[\\S\\s]*', '[\\S\\s]+'];
const ALTERNATIVES = /^\(?([\w.-]+(?:\|[\w.-]+)+)\)?$/;

/** A pattern that only lists values is an enumeration: new values can be added to it like to one. */
function valuesOf(name: string, { enum: values, pattern }: Fact): Pick<Shape, 'enum' | 'pattern'> {
  if (values) return { enum: enumeration(name) };
  if (pattern === undefined || ANYTHING.includes(pattern)) return {};
  const [, alternatives] = ALTERNATIVES.exec(pattern) ?? [];
  return alternatives === undefined ? { pattern: translated(pattern) } : { enum: alternatives.split('|') };
}

/** The values as the SDK has them, which gains new ones with every release. */
function enumeration(name: string): string[] {
  const values = (sdk as unknown as { readonly [name: string]: Record<string, string> })[SDK_NAMES[name] ?? name];
  return Object.values(values);
}

/** Enumerations that have another name in the SDK. */
const SDK_NAMES: { readonly [shape: string]: string } = { InstanceType: '_InstanceType' };

/** From Java's dialect to JavaScript's. */
function translated(pattern: string): string {
  const result = pattern.replace(/\\p\{Alnum\}/g, 'a-zA-Z0-9');
  new RegExp(`^(?:${result})$`, 'u');
  return result;
}

/** A value as this project writes it in TypeScript. */
function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replace(/\\/g, '\\\\')}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).filter(([, each]) => each !== undefined).map(([name, each]) => `${name}: ${literal(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
