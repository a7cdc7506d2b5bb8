/**
 * Where secrets do not belong, and by what they are known.
 *
 * This file imports nothing, so that the handler can look at what only the deployment knows.
 */

/** Maps of a request that can be read by everybody who may describe the job. */
export const READABLE_MAPS: readonly string[] = ['HyperParameters', 'StaticHyperParameters', 'Environment'];

/** What may hold secrets, although it should not: nothing of it is shown. */
export const HIDDEN_MEMBERS: readonly string[] = [...READABLE_MAPS, 'ContainerArguments', 'ContainerEntrypoint'];

/** What must hold of everything that others can read. */
export const NO_KEYS = 'must not hold an access key, a private key or a token';

/** What to do with a secret. */
export const KEEP_SECRETS = 'Keep the secret in AWS Secrets Manager, give the job its name, and let the role of the job read it.';

const ACCESS_KEY_ID = /(^|[^A-Za-z0-9])(AKIA|ASIA)[A-Z0-9]{16}([^A-Za-z0-9]|$)/;
const PRIVATE_KEY = /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----/;
const SERVICE_TOKEN = /\b(gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50,}|xox[abeoprs]-\d[A-Za-z0-9-]{10,})/;
const SECRET_ACCESS_KEY = /^[A-Za-z0-9/+]{40}$/;
const NAME_OF_SECRET_ACCESS_KEY = /secret[-_]?access[-_]?key$/i;

/** The value is an access key, a private key or a token of a service; a secret access key is known together with its name only. */
export function isKey(name: string, value: string): boolean {
  return [ACCESS_KEY_ID, PRIVATE_KEY, SERVICE_TOKEN].some((pattern) => pattern.test(value))
    || (NAME_OF_SECRET_ACCESS_KEY.test(name) && SECRET_ACCESS_KEY.test(value));
}
