import { Lazy, PhysicalName, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type JobKind, NAME_SUFFIX_LENGTH } from '../contract';
import { TEMPLATE_KINDS } from './template-kinds';
import { atMostOneOf, type Check, textViolations } from '../validation/construct-validation';

/**
 * The maximum length of a prefix of names.
 *
 * @param suffixLength the length of the rest of the name (default: of the stack key, the identity and the try)
 */
export function maxPrefixLength(kind: JobKind, suffixLength: number = NAME_SUFFIX_LENGTH): number {
  return TEMPLATE_KINDS[kind].nameLength - suffixLength;
}

/** The pattern of the rest of the name. It has the same length, so that it does not match names with a longer prefix. */
function anySuffix(length: number = NAME_SUFFIX_LENGTH): string {
  return `-${'?'.repeat(length - 1)}`;
}

/** The IAM pattern of the names with a prefix. */
export function namesWith(prefix: string, suffixLength?: number): string {
  return `${prefix}${anySuffix(suffixLength)}`;
}

/** The common beginning of the names of a pattern. Undefined if the pattern is an exact name. */
export function commonBeginning(namePattern: string): string | undefined {
  return namePattern.endsWith(anySuffix()) ? namePattern.slice(0, -NAME_SUFFIX_LENGTH + 1) : undefined;
}

/**
 * The default prefix of a job, from the names of its stack and the construct, readable and short enough. It does not contain the
 * path of the stack in the app, which changes when the stack moves into a stage.
 */
export function defaultNamePrefix(scope: Construct, kind: JobKind, suffixLength?: number): string {
  const stack = outermostStack(Stack.of(scope));
  const length = maxPrefixLength(kind, suffixLength);
  const half = Math.floor((length - 1) / 2);
  const stackName = Token.isUnresolved(stack.stackName) ? stack.node.id : stack.stackName;
  const stackPart = sanitize(stackName).slice(0, half).replace(/-+$/, '');
  const jobPart = lastWords(sanitize(scope.node.path.slice(stack.node.path.length)), length - stackPart.length - 1);
  return [stackPart, jobPart].filter((part) => part !== '').join('-') || 'job';
}

function outermostStack(stack: Stack): Stack {
  return stack.nestedStackParent ? outermostStack(stack.nestedStackParent) : stack;
}

/** The last words of a path that fit, because the end of a path is more specific than its beginning. */
function lastWords(path: string, length: number): string {
  if (path.length <= length) return path;
  const end = path.slice(-length);
  const boundary = end.indexOf('-');
  return path.at(-length - 1) === '-' || boundary < 0 ? end : end.slice(boundary + 1);
}

/** SageMaker converts names in ARNs to lowercase, so the prefix is lowercase. */
function sanitize(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
}

/** Returns the exact name of a job. Undefined if it is the marker for a generated name, which a check reports. */
export function exactName(name: string | undefined): string | undefined {
  return name === PhysicalName.GENERATE_IF_NEEDED ? undefined : name;
}

/** Checks the name and the prefix of a job. The names of the properties depend on the kind, as in `trainingJobName`. */
export function jobNameChecks(kind: JobKind, name: string | undefined, namePrefix: string | undefined, suffixLength?: number): Check[] {
  const property = `${kind}Name`;
  const prefixProperty = `${property}Prefix`;
  return [
    () => atMostOneOf({ [property]: name, [prefixProperty]: namePrefix }),
    // CDK derives such a name from the path alone, but each change that requires a new job requires a new name.
    () => (name === undefined || exactName(name) !== undefined ? []
      : [{ property, rule: 'cannot be PhysicalName.GENERATE_IF_NEEDED; specify an exact name' }]),
    () => textViolations(prefixProperty, namePrefix, { min: 1, max: maxPrefixLength(kind, suffixLength), pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9])*' }),
  ];
}

/** Converts a name to lowercase, as in ARNs. A token stays unchanged if it cannot be resolved at synthesis. */
export function lowerCaseName(name: string): string {
  const lower = (resolved: any) => (typeof resolved === 'string' ? resolved.toLowerCase() : resolved);
  // The CDK may also generate the name when another environment refers to it.
  return Token.isUnresolved(name) ? Lazy.uncachedString({ produce: ({ resolve }) => lower(resolve(name)) }) : lower(name);
}
