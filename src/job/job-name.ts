import { Lazy, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type JobKind, NAME_SUFFIX_LENGTH } from '../contract';
import { TEMPLATE_KINDS } from './template-kinds';
import { atMostOneOf, type Check, textViolations } from '../validation/construct-validation';

/** How long a prefix for names may be: stack key, identity and try follow it. */
export function maxPrefixLength(kind: JobKind): number {
  return TEMPLATE_KINDS[kind].nameLength - NAME_SUFFIX_LENGTH;
}

/** What stands for the rest of the name in a pattern: as many characters as it has, so that no longer prefix is matched as well. */
const ANY_SUFFIX = `-${'?'.repeat(NAME_SUFFIX_LENGTH - 1)}`;

/** The names that jobs with a prefix have, as IAM writes patterns. */
export function namesWith(prefix: string): string {
  return `${prefix}${ANY_SUFFIX}`;
}

/** What all names of a pattern begin with; undefined: the pattern is an exact name. */
export function commonBeginning(namePattern: string): string | undefined {
  return namePattern.endsWith(ANY_SUFFIX) ? namePattern.slice(0, -ANY_SUFFIX.length + 1) : undefined;
}

/**
 * The prefix of a job for which none is given: from the names of its stack and of the construct in it, readable and short
 * enough. The path of the stack in the app is no part of it, because that changes when the stack moves into a stage.
 */
export function defaultNamePrefix(scope: Construct, kind: JobKind): string {
  const stack = outermostStack(Stack.of(scope));
  const length = maxPrefixLength(kind);
  const half = Math.floor((length - 1) / 2);
  const stackName = Token.isUnresolved(stack.stackName) ? stack.node.id : stack.stackName;
  const stackPart = sanitize(stackName).slice(0, half).replace(/-+$/, '');
  const jobPart = lastWords(sanitize(scope.node.path.slice(stack.node.path.length)), length - stackPart.length - 1);
  return [stackPart, jobPart].filter((part) => part !== '').join('-') || 'job';
}

function outermostStack(stack: Stack): Stack {
  return stack.nestedStackParent ? outermostStack(stack.nestedStackParent) : stack;
}

/** As many words as fit, from the end: the end of a path says more about a job than its beginning. */
function lastWords(path: string, length: number): string {
  if (path.length <= length) return path;
  const end = path.slice(-length);
  const boundary = end.indexOf('-');
  return path.at(-length - 1) === '-' || boundary < 0 ? end : end.slice(boundary + 1);
}

/** The service makes lower case of names in ARNs, so the prefix is lower case from the start. */
function sanitize(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
}

/** What can be wrong with how a job is named; the properties are called after the kind, as in `trainingJobName`. */
export function jobNameChecks(kind: JobKind, name: string | undefined, namePrefix: string | undefined): Check[] {
  const property = `${kind}Name`;
  const prefixProperty = `${property}Prefix`;
  return [
    () => atMostOneOf({ [property]: name, [prefixProperty]: namePrefix }),
    () => textViolations(prefixProperty, namePrefix, { min: 1, max: maxPrefixLength(kind), pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9])*' }),
  ];
}

/** A name as the service has it in ARNs: in lower case. One that only the deployment knows stays as it is. */
export function lowerCaseName(name: string): string {
  const lower = (resolved: any) => (typeof resolved === 'string' ? resolved.toLowerCase() : resolved);
  // A name may also be one that CDK makes up when another environment asks for it.
  return Token.isUnresolved(name) ? Lazy.uncachedString({ produce: ({ resolve }) => lower(resolve(name)) }) : lower(name);
}
