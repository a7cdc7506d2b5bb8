import type { Json } from '../services';

/** Members whose values may be secrets, at any depth. */
const SECRET = new RegExp(`^(${[
  'environment', 'variables', '(static)?hyperparameters', 'content', // of a job, a function, a lifecycle script
  'parametervalue', 'beforevalue', 'aftervalue', // of CloudFormation
  'secretstring', 'secretbinary', 'randompassword', // of Secrets Manager
  'secretaccesskey', 'sessiontoken', 'authorizationtoken', 'authorization',
].join('|')})$`, 'i');
/** The parts of a presigned URL that grant access. */
const SIGNATURE = /(X-Amz-(?:Signature|Security-Token|Credential)=)[^&\s"'\\<>]+/g;
/** A service's message for a rejected value. */
const REFUSED_VALUE = /Value '.*?' at '([^']+)'/gs;
const MASK = '***';

/** Masks values that may be secrets in a document, also in JSON within strings. */
export function redact(value: Json): Json {
  if (typeof value === 'string') return parsed(value) ?? redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== 'object') return value;
  const isSecureString = value.Type === 'SecureString';
  return Object.fromEntries(Object.entries(value).map(([member, item]) =>
    [member, isSecret(member, item) || (isSecureString && member === 'Value') ? masked(item) : redact(item)]));
}

/** Masks signatures of URLs, and rejected values of members that may be secrets, in a string. */
export function redactText(text: string): string {
  return text.replace(SIGNATURE, `$1${MASK}`).replace(REFUSED_VALUE, (whole: string, path: string) =>
    path.split('.').some((member) => SECRET.test(member)) ? `Value '${MASK}' at '${path}'` : whole);
}

/** A template in YAML is masked as a whole. */
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

/** The same structure, with all values masked. */
function masked(value: Json): Json {
  if (Array.isArray(value)) return value.map(masked);
  if (value === null || typeof value !== 'object') return MASK;
  return Object.fromEntries(Object.entries(value).map(([member, item]) => [member, masked(item)]));
}
