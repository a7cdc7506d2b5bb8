import { arn, hex, named, type NativeTypes, type PhysicalContext } from './native-type';
import { validationError } from '../../api/service-error';
import type { JsonObject } from '../../json';
import type { PasswordOptions } from '../../secretsmanager/random-password';
import { randomPassword } from '../../secretsmanager/random-password';
import type { Json, SecretStore } from '../../services';
import { same } from '../documents';

const secretName = named('Name', { max: 512, prefix: 'logical id' });
const SUFFIX = /-[^-]{6}$/;

function storeOf({ services }: PhysicalContext): SecretStore {
  if (!services.secrets) throw validationError('This cloud has no Secrets Manager.');
  return services.secrets;
}

/** The value that the properties specify, or nothing for a secret without a value. */
function valueOf({ GenerateSecretString: generated, SecretString: given }: JsonObject): string | undefined {
  if (generated === undefined) return given === undefined ? undefined : String(given);
  if (given !== undefined) throw validationError('You can\'t specify both SecretString and GenerateSecretString.');
  const { GenerateStringKey: key, SecretStringTemplate: template, ...options } = generated as JsonObject;
  if ((key === undefined) !== (template === undefined)) {
    throw validationError('GenerateStringKey and SecretStringTemplate must be specified together.');
  }
  const password = randomPassword(typed(options));
  return template === undefined ? password : JSON.stringify({ ...structured(String(template)), [String(key)]: password });
}

/** A template may contain numbers and booleans as strings. */
function typed(options: JsonObject): PasswordOptions {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => {
    if (name === 'PasswordLength') return [name, Number(value)];
    return [name, name === 'ExcludeCharacters' ? String(value) : String(value) === 'true'];
  }));
}

function structured(template: string): object {
  try {
    const value = JSON.parse(template) as Json;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Reported below.
  }
  throw validationError('SecretStringTemplate must be a valid JSON object.');
}

function tagsOf({ Tags = [] }: JsonObject): { readonly [key: string]: string } {
  return Object.fromEntries((Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, String(Value)]));
}

function textOf(properties: JsonObject, name: string): string | undefined {
  return properties[name] === undefined ? undefined : String(properties[name]);
}

function create(c: PhysicalContext): void {
  const store = storeOf(c);
  // A creation that is repeated after a restart changes nothing.
  if (store.find(c.physicalId)) return;
  store.create({
    arn: c.physicalId,
    name: c.physicalId.split(':secret:')[1].replace(SUFFIX, ''),
    description: textOf(c.properties, 'Description'),
    kmsKeyId: textOf(c.properties, 'KmsKeyId'),
    tags: tagsOf(c.properties),
    string: valueOf(c.properties),
  });
}

/** A change of the value, or of the way in which it is generated, creates a new version. */
function update(c: PhysicalContext, previous: JsonObject): void {
  const store = storeOf(c);
  const { physicalId, properties } = c;
  store.update(physicalId, { description: textOf(properties, 'Description') ?? '', kmsKeyId: textOf(properties, 'KmsKeyId') ?? '' });
  const kept = Object.keys(tagsOf(properties));
  store.untag(physicalId, Object.keys(tagsOf(previous)).filter((key) => !kept.includes(key)));
  store.tag(physicalId, tagsOf(properties));
  const isChanged = ['SecretString', 'GenerateSecretString'].some((name) => !same(previous[name], properties[name]));
  const string = isChanged ? valueOf(properties) : undefined;
  if (string !== undefined) store.putVersion(physicalId, { string });
}

/** Secrets. */
export const SECRETS: NativeTypes = {
  'AWS::SecretsManager::Secret': {
    nameProperty: secretName.nameProperty,
    taggable: true,
    immutable: ['Name'],
    physicalId: (c) => arn('secretsmanager', `secret:${secretName.name(c)}-${hex(6)}`, c),
    attributes: { Id: (c) => c.physicalId },
    exists: (id, { secrets }) => secrets?.find(id) !== undefined,
    put: (c) => c.previous ? update(c, c.previous) : create(c),
    actual: (c) => {
      const secret = storeOf(c).find(c.physicalId);
      return secret && { ...c.properties, ...secret.description && { Description: secret.description } };
    },
    // CloudFormation deletes secrets without a recovery window.
    remove: (c) => void storeOf(c).delete(c.physicalId),
  },
};
