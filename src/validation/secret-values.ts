/**
 * The members that must not contain secrets, and the patterns of secrets.
 *
 * This file imports nothing, so that the handler can check values that only the deployment knows.
 */

/** Maps of a request that every principal with permission to describe the job can read. */
export const READABLE_MAPS: readonly string[] = [
  'HyperParameters', 'StaticHyperParameters', 'Environment', 'OptimizationEnvironment', 'OverrideEnvironment',
];

/** Members that may contain secrets, although they should not. Messages never contain their values. */
export const HIDDEN_MEMBERS: readonly string[] = [...READABLE_MAPS, 'ContainerArguments', 'ContainerEntrypoint'];

/** The rule for all values that others can read. */
export const NO_KEYS = 'must not contain an access key, a private key or a token';

/** The advice for secrets. */
export const KEEP_SECRETS = 'Store the secret in AWS Secrets Manager, pass its name to the job, and grant the role of the job permission to read it.';

const ACCESS_KEY_ID = /(^|[^A-Za-z0-9])(AKIA|ASIA)[A-Z0-9]{16}([^A-Za-z0-9]|$)/;
const PRIVATE_KEY = /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----/;
const SERVICE_TOKEN = /\b(gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50,}|xox[abeoprs]-\d[A-Za-z0-9-]{10,})/;
const SECRET_ACCESS_KEY = /^[A-Za-z0-9/+]{40}$/;
const NAME_OF_SECRET_ACCESS_KEY = /secret[-_]?access[-_]?key$/i;

/**
 * Whether a value is an access key, a private key or a token of a service. A secret access key is recognized only together with
 * its name.
 */
export function isKey(name: string, value: string): boolean {
  return [ACCESS_KEY_ID, PRIVATE_KEY, SERVICE_TOKEN].some((pattern) => pattern.test(value))
    || (NAME_OF_SECRET_ACCESS_KEY.test(name) && SECRET_ACCESS_KEY.test(value));
}

/** The forms of keys in logs, in addition to the patterns above. */
const PRINTED_KEYS = [
  // A private key whose beginning is missing, and one in Base64.
  /^[\s\S]*?-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/g,
  /LS0tLS1CRUdJTi[A-Za-z0-9+/=]+/g,
  /(?<=secret[-_]?access[-_]?key["']?\s*[:=]\s*["']?)[A-Za-z0-9/+]{40}/gi,
  // The credentials of a URL and of a request.
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:)[^\s/@"']+(?=@)/gi,
  /(?<=authorization["']?\s*[:=]\s*["']?(?:basic|bearer|token)\s+)[^\s"',]+/gi,
  /\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/g,
];

/** Returns a string without access keys, private keys and tokens. */
export function withoutKeys(text: string, replacement: string): string {
  const blocks = new RegExp(`${PRIVATE_KEY.source}[\\s\\S]*?(-----END [A-Z0-9 ]*-----|$)`, 'g');
  const rest = text
    .replace(blocks, replacement)
    .replace(new RegExp(ACCESS_KEY_ID, 'g'), (_key, before: string, _kind: string, after: string) => `${before}${replacement}${after}`)
    .replace(new RegExp(SERVICE_TOKEN, 'g'), replacement);
  return PRINTED_KEYS.reduce((shown, pattern) => shown.replace(pattern, replacement), rest);
}

const SECRET_NAME = /(password|passwd|passphrase|secret|credentials?|(api|private|access|auth)[-_]?key|token)$/i;

/** Whether a value may be a secret by its name, or is a key. Numbers and short values are not secrets. */
export function maybeSecret(name: string, value: string): boolean {
  return isKey(name, value) || (SECRET_NAME.test(name) && /^(?!-?[\d.]+$).{6,}$/s.test(value));
}
