import { literal, type TypeScriptSource } from './typescript-source';
import { SHAPES } from '../../src/validation/model.generated';
import { OPEN_VALUES } from '../../src/validation/open-values';

/** The classes of enumerations. */
const CLASSES = new Set([...Object.values(OPEN_VALUES), 'SequenceLength']);

/** Returns the code of a value of a property's type, or undefined if the type has no such value. */
export function expressionOf(source: TypeScriptSource, type: string, value: unknown, member: string): string | undefined {
  if (type.endsWith('[]') && Array.isArray(value)) {
    const elements = value.map((each) => expressionOf(source, type.slice(0, -2), each, member));
    return elements.includes(undefined) ? undefined : `[${elements.join(', ')}]`;
  }
  if (CLASSES.has(type)) return openValue(source, type, String(value));
  switch (type) {
    case 'string': case 'number': case 'map': return literal(value);
    case 'boolean': return booleanOf(value, member);
    case 'Duration': return duration(source, Number(value), member);
    case 'Size': return `${source.use('Size', 'aws-cdk-lib')}.${member.endsWith('MB') ? 'mebibytes' : 'gibibytes'}(${value})`;
    case 'S3Location': return `${source.use('S3Location')}.fromUri(${literal(value)})`;
    case 'ContainerImage': return `${source.use('ContainerImage')}.fromUri(${literal(value)})`;
    case 'Evaluator': return `${source.use('Evaluator')}.fromEvaluatorArn(${literal(value)})`;
    case 'NotebookInstanceCodeRepository':
      return `${source.use(type)}.${/^https:/.test(String(value)) ? 'fromGitUrl' : 'fromCodeRepositoryName'}(${literal(value)})`;
    case 'IRole': return source.existing('role', `${source.module('iam')}.Role.fromRoleArn`, String(value));
    // A key is rendered by its ARN.
    case 'IKey': return /^arn:/.test(String(value)) ? source.existing('key', `${source.module('kms')}.Key.fromKeyArn`, String(value)) : undefined;
    default: return undefined;
  }
}

/** The values that this release has constants of, by class. */
const CONSTANTS = new Map<string, Set<string>>();
for (const [shape, type] of Object.entries(OPEN_VALUES)) {
  const values = CONSTANTS.get(type) ?? new Set();
  SHAPES[shape]?.enum?.forEach((value) => values.add(value));
  CONSTANTS.set(type, values);
}

/** Returns a value of an enumeration's class: a constant, or `of()` for a newer value. */
export function openValue(source: TypeScriptSource, type: string, value: string): string {
  return `${source.use(type)}.${CONSTANTS.get(type)?.has(value) ? constantOf(value) : `of(${literal(value)})`}`;
}

/** A constant is the value in capitals. A version begins with a letter. */
export function constantOf(value: string): string {
  return value.replace(/^(?=\d)/, 'V').replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])/g, '_').replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}

/** The API has negative members, and strings in place of booleans. */
function booleanOf(value: unknown, member: string): string | undefined {
  const isOn = value === 'Enabled' || value === true || value === 'true';
  return String(member.startsWith('Disable') ? !isOn : isOn);
}

function duration(source: TypeScriptSource, value: number, member: string): string {
  const use = (unit: string, amount: number) => `${source.use('Duration', 'aws-cdk-lib')}.${unit}(${amount})`;
  if (member.endsWith('Milliseconds')) return use('millis', value);
  if (value > 0 && value % 86400 === 0) return use('days', value / 86400);
  if (value > 0 && value % 3600 === 0) return use('hours', value / 3600);
  return value > 0 && value % 60 === 0 ? use('minutes', value / 60) : use('seconds', value);
}
