import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as sagemaker from '@aws-sdk/client-sagemaker';
import { NormalizedSchema } from '@smithy/core/schema';
import { CREATE, SHAPES } from '../../src/validation/model.generated';
import type { RequestKind, Shape } from '../../src/validation/shape-constraints';
import { renderInstanceTypes } from '../../tools/constraints/instance-types';
import { renderModel, shapesOf, UPDATE } from '../../tools/constraints/model';
import { renderRequestShapes } from '../../tools/constraints/request-shapes';

/** Members that the SDK lists in requests although they are only ever answered. */
const SELECTED = ['SelectedInstanceType', 'SelectedInstanceCount'];
const READ_ONLY: { readonly [structure: string]: readonly string[] } = { ProcessingClusterConfig: SELECTED, ResourceConfig: SELECTED };

/** The same enumerations under the names that the SDK has for them. */
const SDK_NAMES: { readonly [shape: string]: string } = { InstanceType: '_InstanceType' };

/** Enumerations that the SDK spells as plain texts; test/notebook-model-coverage.test.ts compares their values. */
const PATTERNS = ['MinimumInstanceMetadataServiceVersion', 'PlatformIdentifier'];

const REQUESTS = Object.values(CREATE);
const exported = sagemaker as unknown as { readonly [name: string]: any };
const schemaOf = (request: string) => NormalizedSchema.of(exported[`${request}$`]);

type Visit = (name: string, shape: Shape, schema: NormalizedSchema) => void;

/** Visits the shapes that the model and the SDK have in the same places. */
function walk(name: string, schema: NormalizedSchema, visit: Visit, seen = new Set<string>()): void {
  const shape = SHAPES[name];
  visit(name, shape, schema);
  if (seen.has(name)) return;
  seen.add(name);
  if (shape.type === 'list') walk(shape.member!, schema.getValueSchema(), visit, seen);
  if (shape.type === 'map') walk(shape.value!, schema.getValueSchema(), visit, seen);
  for (const [member, memberName] of Object.entries(shape.members ?? {})) walk(memberName, schema.getMemberSchema(member), visit, seen);
}

function typeOf(schema: NormalizedSchema): string {
  if (schema.isStructSchema()) return 'structure';
  if (schema.isListSchema()) return 'list';
  if (schema.isMapSchema()) return 'map';
  if (schema.isBooleanSchema()) return 'boolean';
  return schema.isNumericSchema() ? 'number' : 'string';
}

test('the shapes with which the function restores requests are those of the SDK', () => {
  expect(readFileSync(join(__dirname, '../../lambda/request-shapes.generated.ts'), 'utf8')).toBe(renderRequestShapes());
});

test('the class of instance types is made of the model', () => {
  expect(readFileSync(join(__dirname, '../../src/job/ml-instance-type.generated.ts'), 'utf8')).toBe(renderInstanceTypes());
});

test('the file is what the facts make', () => {
  expect(readFileSync(join(__dirname, '../../src/validation/model.generated.ts'), 'utf8')).toBe(renderModel());
});

test.each(REQUESTS)('%s has the members that the SDK knows, of the same types', (request) => {
  walk(request, schemaOf(request), (name, shape, schema) => {
    expect([name, ['integer', 'long', 'float', 'double'].includes(shape.type) ? 'number' : shape.type]).toEqual([name, typeOf(schema)]);
    if (!schema.isStructSchema()) return;
    const known = [...schema.structIterator()].map(([member]) => member).filter((member) => !READ_ONLY[name]?.includes(member));
    expect({ [name]: Object.keys(shape.members!).sort() }).toEqual({ [name]: known.sort() });
  });
});

test('what is required is required by the types of the SDK', () => {
  const folder = join(dirname(require.resolve('@aws-sdk/client-sagemaker/package.json')), 'dist-types/models');
  const types = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  let compared = 0;
  for (const [name, { members, required = [], type }] of Object.entries(SHAPES)) {
    if (type !== 'structure') continue;
    // The SDK declares a union as a namespace with a type for each member.
    const [, declared] = new RegExp(`^export (?:interface|declare namespace) ${name} \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(types)!;
    const demanded = [...declared.matchAll(/^ {4}(\w+): (.*);$/gm)].map(([, member]) => member);
    expect({ [name]: [...required].sort() }).toEqual({ [name]: demanded.filter((member) => members![member]).sort() });
    compared += 1;
  }
  expect(compared).toBeGreaterThan(60);
});

test.each(Object.entries(SHAPES).filter(([name, shape]) => shape.enum && !PATTERNS.includes(name)))('%s has the values of the SDK', (name, shape) => {
  expect([...shape.enum!].sort()).toEqual(Object.values(exported[SDK_NAMES[name] ?? name]).sort());
});

test('a text that the SDK has values for is an enumeration', () => {
  const plain = Object.entries(SHAPES).filter(([, { enum: values, type }]) => type === 'string' && !values).map(([name]) => name);
  expect(plain.filter((name) => typeof exported[SDK_NAMES[name] ?? name] === 'object')).toEqual([]);
});

describe('an update', () => {
  const updates = shapesOf(Object.values(UPDATE));

  const given = (shape: object) => Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined));

  /** Where a request that changes something says what the one that creates it does not, or with other limits. */
  function news(update: string, create: string | undefined, path = ''): string[] {
    const { members, ...limits } = updates[update];
    if (create === undefined) return [path];
    if (members) return Object.entries(members).flatMap(([member, shape]) => news(shape, SHAPES[create].members?.[member], `${path}.${member}`));
    return isDeepStrictEqual(given(limits), SHAPES[create]) ? [] : [path];
  }

  test.each(Object.entries(UPDATE))('of a %s says nothing that was not checked when it was created, but what is to be taken away', (kind, update) => {
    expect(news(update, CREATE[kind as RequestKind]).filter((path) => !path.startsWith('.Disassociate'))).toEqual([]);
  });
});
