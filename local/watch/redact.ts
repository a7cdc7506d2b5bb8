import type { Json } from '../services';

/** Members whose values, however deep, may be secrets. */
const SECRET = new RegExp(`^(${[
  'environment', 'variables', '(static)?hyperparameters', 'content', // of a job, a function, a lifecycle script
  'parametervalue', 'beforevalue', 'aftervalue', // of CloudFormation
  'secretaccesskey', 'sessiontoken', 'authorizationtoken', 'authorization',
].join('|')})$`, 'i');
/** What makes a pre-signed URL worth something. */
const SIGNATURE = /(X-Amz-(?:Signature|Security-Token|Credential)=)[^&\s"'\\<>]+/g;
/** How a service says that it cannot take a value. */
const REFUSED_VALUE = /Value '.*?' at '([^']+)'/gs;
const MASK = '***';

/** A document to be shown: without what may be a secret. JSON inside of strings is looked into as well. */
export function redact(value: Json): Json {
  if (typeof value === 'string') return parsed(value) ?? redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, isSecret(member, item) ? masked(item) : redact(item)]));
}

/** A text to be shown: without signatures of URLs, and without what a service has refused of the members with secrets. */
export function redactText(text: string): string {
  return text.replace(SIGNATURE, `$1${MASK}`).replace(REFUSED_VALUE, (whole: string, path: string) =>
    path.split('.').some((member) => SECRET.test(member)) ? `Value '${MASK}' at '${path}'` : whole);
}

/** A template that is YAML cannot be looked into. */
function isSecret(member: string, value: Json): boolean {
  return SECRET.test(member) || (member === 'TemplateBody' && typeof value === 'string' && parsed(value) === undefined);
}

function parsed(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return redact(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

/** The same structure, with nothing in it. */
function masked(value: Json): Json {
  if (Array.isArray(value)) return value.map(masked);
  if (value === null || typeof value !== 'object') return MASK;
  return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, masked(item)]));
}
