import { CfnDynamicReference, type IResolveContext, SecretValue, Token, Tokenization } from 'aws-cdk-lib';
import { OPTIMIZATION_IN_CONTAINER } from './image-rules';
import { TAGGED } from './tag-rules';
import type { Finding, Path, Rule, Structure } from '../request-rule';
import { structure, structures, literalString } from '../request-values';
import { isKey, KEEP_SECRETS, NO_KEYS, READABLE_MAPS } from '../secret-values';

const PLACES = [...TAGGED, 'HyperParameterTrainingJobDefinition', ...OPTIMIZATION_IN_CONTAINER];
const SOURCE = 'CreateTrainingJobRequest.Environment';

/** Dynamic references, which CloudFormation replaces by the secret. */
const SECRET_REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

const NAME_OF_SECRET = /(^|[-_.])(passwords?|passwd|passphrase|secrets?|api[-_]?keys?|access[-_]?keys?|secret[-_]?keys?|private[-_]?keys?|credentials?)$/i;
/** Models have other tokens, such as `pad_token`. */
const NAME_OF_TOKEN = /^tokens?$|(access|api|auth|bearer|bot|gh|git|github|gitlab|hf|hub|refresh|secret|security|session)[-_]?token$/i;
/** The SageMaker Python SDK signs the code of a remote function with this key, which must be in the environment. */
const NO_SECRETS: ReadonlySet<string> = new Set(['REMOTE_FUNCTION_SECRET_KEY']);
const CREDENTIALS_IN_URL = /:\/\/[^/\s:@]+:[^/\s:@]+@/;

/** Values that are not secret under any name: an empty string, a switch, a number, or the location of a secret. */
const HARMLESS = /^(|true|false|none|null|[\d.]+|arn:.*)$/i;

/** Rules about secrets. Every principal that is allowed to describe a job can read its hyperparameters, environment and tags. */
export const SECRET_RULES: readonly Rule[] = [
  {
    id: 'no-secret-values',
    on: PLACES,
    level: 'error',
    source: SOURCE,
    rule: 'must not contain a secret, because every principal that is allowed to describe the resource can read it',
    advice: KEEP_SECRETS,
    check: (request) => secretsIn(request, (_name, value) => isSecretReference(value)),
  },
  {
    id: 'no-access-keys',
    on: PLACES,
    level: 'error',
    source: SOURCE,
    rule: NO_KEYS,
    advice: KEEP_SECRETS,
    check: (request) => secretsIn(request, (name, value) => isKey(name, literalString(value) ?? '')),
  },
  {
    id: 'no-secrets-by-name',
    on: PLACES,
    level: 'warning',
    source: SOURCE,
    rule: 'must not contain a secret; the name or the value looks like one',
    advice: KEEP_SECRETS,
    check: (request) => secretsIn(request, (name, value) => {
      const literal = literalString(value);
      if (literal === undefined || NO_SECRETS.has(name) || HARMLESS.test(literal)) return false;
      if (isKey(name, literal) || SECRET_REFERENCE.test(literal)) return false;
      return NAME_OF_SECRET.test(name) || NAME_OF_TOKEN.test(name) || CREDENTIALS_IN_URL.test(literal);
    }),
  },
];

interface Entry {
  readonly name: string;
  readonly value: unknown;
  readonly path: Path;
}

/** The readable values of a request, collected once for all rules. */
const entries = new WeakMap<Structure, readonly Entry[]>();

function entriesOf(request: Structure): readonly Entry[] {
  const ofMaps = READABLE_MAPS.flatMap((member) => {
    const map = structure(request[member]) ?? {};
    return Object.keys(map).map((name): Entry => ({ name, value: map[name], path: [member, name] }));
  });
  // The path of a tag is the whole tag, so that messages do not contain its value.
  const ofTags = structures(request.Tags).map(([{ Key, Value }, index]): Entry => ({ name: literalString(Key) ?? '', value: Value, path: ['Tags', index] }));
  return [...ofMaps, ...ofTags];
}

function secretsIn(request: Structure, isSecret: (name: string, value: unknown) => boolean): Finding[] {
  if (!entries.has(request)) entries.set(request, entriesOf(request));
  return entries.get(request)!.filter(({ name, value }) => isSecret(name, value)).map(({ path }) => ({ path }));
}

function isSecretReference(value: unknown): boolean {
  if (typeof value === 'string' && SECRET_REFERENCE.test(value)) return true;
  if (!Token.isUnresolved(value)) return false;
  const tokens = typeof value === 'string' ? Tokenization.reverseString(value).tokens : [value];
  return tokens.some((token) => SecretValue.isSecretValue(token)
    || (token instanceof CfnDynamicReference && SECRET_REFERENCE.test(textOf(token))));
}

/** Renders a dynamic reference, which does not require a context. */
function textOf(reference: CfnDynamicReference): string {
  return String(reference.resolve({} as IResolveContext));
}
