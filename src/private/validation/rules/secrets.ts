import { CfnDynamicReference, type IResolveContext, SecretValue, Token, Tokenization } from 'aws-cdk-lib';
import { TAGGED } from './tags';
import { at, structures, text } from './values';
import type { Finding, Path, Rule, Structure } from '../rule';

const MAPS = ['HyperParameters', 'StaticHyperParameters', 'Environment'];
const PLACES = [...TAGGED, 'HyperParameterTrainingJobDefinition'];
const SOURCE = 'CreateTrainingJobRequest.Environment';
const ADVICE = 'Keep the secret in AWS Secrets Manager, give the job its name, and let the role of the job read it.';

/** References that CloudFormation replaces by the secret itself. */
const SECRET_REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

const ACCESS_KEY_ID = /(^|[^A-Za-z0-9])(AKIA|ASIA)[A-Z0-9]{16}([^A-Za-z0-9]|$)/;
const PRIVATE_KEY = /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----/;
const SERVICE_TOKEN = /\b(gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50,}|xox[abeoprs]-\d[A-Za-z0-9-]{10,})/;
const SECRET_ACCESS_KEY = /^[A-Za-z0-9/+]{40}$/;

const NAME_OF_SECRET_ACCESS_KEY = /secret[-_]?access[-_]?key$/i;
const NAME_OF_SECRET = /(^|[-_.])(passwords?|passwd|passphrase|secrets?|api[-_]?keys?|access[-_]?keys?|secret[-_]?keys?|private[-_]?keys?|credentials?)$/i;
/** Models have tokens of their own, such as `pad_token`. */
const NAME_OF_TOKEN = /^tokens?$|(access|api|auth|bearer|bot|gh|git|github|gitlab|hf|hub|refresh|secret|security|session)[-_]?token$/i;
const CREDENTIALS_IN_URL = /:\/\/[^/\s:@]+:[^/\s:@]+@/;

/** What need not be secret, whatever its name: nothing, a switch, a number, or where the secret is. */
const HARMLESS = /^(|true|false|none|null|[\d.]+|arn:.*)$/i;

/** Secrets where the service asks for none: hyperparameters, environment and tags can be read by whoever may describe the job. */
export const SECRET_RULES: readonly Rule[] = [
  {
    id: 'no-secret-values',
    on: PLACES,
    level: 'error',
    source: SOURCE,
    rule: 'must not hold a secret: it can be read by everybody who may describe the job',
    advice: ADVICE,
    check: (request) => secretsIn(request, (_name, value) => isSecretReference(value)),
  },
  {
    id: 'no-access-keys',
    on: PLACES,
    level: 'error',
    source: SOURCE,
    rule: 'must not hold an access key, a private key or a token',
    advice: ADVICE,
    check: (request) => secretsIn(request, (name, value) => isKey(name, text(value) ?? '')),
  },
  {
    id: 'no-secrets-by-name',
    on: PLACES,
    level: 'warning',
    source: SOURCE,
    rule: 'must not hold a secret, and looks as if it did',
    advice: ADVICE,
    check: (request) => secretsIn(request, (name, value) => {
      const known = text(value);
      if (known === undefined || HARMLESS.test(known) || isKey(name, known) || SECRET_REFERENCE.test(known)) return false;
      return NAME_OF_SECRET.test(name) || NAME_OF_TOKEN.test(name) || CREDENTIALS_IN_URL.test(known);
    }),
  },
];

type Entry = [name: string, value: unknown, path: Path];

function secretsIn(request: Structure, isSecret: (name: string, value: unknown) => boolean): Finding[] {
  const ofMaps = MAPS.flatMap((member) => Object.entries(at(request, member) ?? {})
    .map(([name, value]): Entry => [name, value, [member, name]]));
  // The place of a tag is the tag as a whole, so that its value is not shown.
  const ofTags = structures(request.Tags).map(([{ Key, Value }, index]): Entry => [text(Key) ?? '', Value, ['Tags', index]]);
  return [...ofMaps, ...ofTags].filter(([name, value]) => isSecret(name, value)).map(([,, path]) => ({ path }));
}

function isSecretReference(value: unknown): boolean {
  if (typeof value === 'string' && SECRET_REFERENCE.test(value)) return true;
  if (!Token.isUnresolved(value)) return false;
  const tokens = typeof value === 'string' ? Tokenization.reverseString(value).tokens : [value];
  return tokens.some((token) => SecretValue.isSecretValue(token)
    || (token instanceof CfnDynamicReference && SECRET_REFERENCE.test(textOf(token))));
}

/** A dynamic reference is a text that needs no context. */
function textOf(reference: CfnDynamicReference): string {
  return String(reference.resolve({} as IResolveContext));
}

function isKey(name: string, value: string): boolean {
  return [ACCESS_KEY_ID, PRIVATE_KEY, SERVICE_TOKEN].some((pattern) => pattern.test(value))
    || (NAME_OF_SECRET_ACCESS_KEY.test(name) && SECRET_ACCESS_KEY.test(value));
}
