import { invalid } from './cloudformation-error';
import type { JsonObject } from '../json';
import type { Json, ParameterStore, SecretStore, Services } from '../services';

/** A reference as a template contains it. */
const REFERENCE = /\{\{resolve:([^:}]+):([^}]*)\}\}/g;
const SECURE = /\{\{resolve:(secretsmanager|ssm-secure):[^}]*\}\}/;
const SERVICES = ['ssm', 'ssm-secure', 'secretsmanager'];
export const MAXIMUM_REFERENCES = 60;

/** The properties that accept `ssm-secure`: CloudFormation User Guide, Resources that support dynamic parameter patterns for secure strings. */
const SECURE_STRINGS: { readonly [type: string]: readonly string[] } = {
  'AWS::DirectoryService::MicrosoftAD': ['Password'],
  'AWS::DirectoryService::SimpleAD': ['Password'],
  'AWS::ElastiCache::ReplicationGroup': ['AuthToken'],
  'AWS::IAM::User': ['LoginProfile/Password'],
  'AWS::KinesisFirehose::DeliveryStream': ['RedshiftDestinationConfiguration/Password'],
  'AWS::OpsWorks::App': ['AppSource/Password'],
  'AWS::OpsWorks::Stack': ['CustomCookbooksSource/Password', 'RdsDbInstances/DbPassword'],
  'AWS::RDS::DBCluster': ['MasterUserPassword'],
  'AWS::RDS::DBInstance': ['MasterUserPassword'],
  'AWS::Redshift::Cluster': ['MasterUserPassword'],
};

/** Replaces references to plain parameters, which functions may have composed, by their values. References to secure values stay. */
export function withParameters(value: Json, parameters: Pick<ParameterStore, 'find' | 'value'>): Json {
  return withValues(value, (service, key, reference) => {
    if (!SERVICES.includes(service)) throw new Error(`${service} is no service of dynamic references: ${reference}`);
    if (service !== 'ssm') return reference;
    return plainValue(key, parameters) ?? missingParameter(service, key);
  });
}

/** Returns the value of a parameter, or of one of its versions. A secure string is no plain value. */
export function plainValue(reference: string, parameters: Pick<ParameterStore, 'find' | 'value'>): string | undefined {
  if (isSecureString(reference, parameters)) throw invalid(`Parameters [${nameOf(reference)}] referenced by template have types not supported by CloudFormation.`);
  return parameters.value(reference);
}

/** Replaces references to secure values. CloudFormation passes these values to a service, and stores only the references. */
export function withSecureValues(value: Json, { parameters, secrets }: Pick<Services, 'parameters' | 'secrets'>): Json {
  return withValues(value, (service, key, reference) => {
    if (service === 'ssm-secure') {
      const secure = parameters && isSecureString(key, parameters) ? parameters.value(key) : undefined;
      return secure ?? missingParameter(service, key);
    }
    return service === 'secretsmanager' ? secretValue(key, reference, secrets) : reference;
  });
}

/** Whether a value contains a reference to a secure value. */
export function isSecure(value: Json | undefined): boolean {
  return value !== undefined && SECURE.test(JSON.stringify(value));
}

/** Rejects references to secure values in properties that do not support them. */
export function checkSecureReferences(type: string, properties: JsonObject, isCustom: boolean): void {
  if (!isSecure(properties)) return;
  for (const [path, text] of texts(properties)) {
    const [, service] = SECURE.exec(text) ?? [];
    const isSupported = service === 'ssm-secure' ? SECURE_STRINGS[type]?.includes(path) : !isCustom;
    if (service !== undefined && !isSupported) throw unsupported(service, `${type}/Properties/${path}`);
  }
}

/** Rejects references to secure values in other parts of a template, where they would be visible. */
export function checkVisible(part: string, value: Json | undefined): void {
  const [, service] = value === undefined ? [] : SECURE.exec(JSON.stringify(value)) ?? [];
  if (service !== undefined) throw unsupported(service, part);
}

/** The number of references in the text of a template. */
export function countReferences(text: string): number {
  return text.split('{{resolve:').length - 1;
}

function isSecureString(reference: string, parameters: Pick<ParameterStore, 'find'>): boolean {
  return parameters.find(nameOf(reference))?.versions.at(-1)?.type === 'SecureString';
}

/** The name without the version. */
function nameOf(reference: string): string {
  return reference.replace(/:\d+$/, '');
}

function unsupported(service: string, place: string): Error {
  return invalid(`${service === 'ssm-secure' ? 'SSM Secure' : 'Secrets Manager'} reference is not supported in: [${place}]`);
}

function missingParameter(service: string, key: string): never {
  throw new Error(`Parameters: [${service}:${key}] cannot be found.`);
}

function withValues(value: Json, valueOf: (service: string, key: string, reference: string) => string): Json {
  if (typeof value === 'string') return value.replace(REFERENCE, (reference, service: string, key: string) => valueOf(service, key, reference));
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withValues(item, valueOf));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withValues(member, valueOf)]));
}

/** @param key `secret-id:SecretString:json-key:version-stage:version-id`, of which only the first part is required */
function secretValue(key: string, reference: string, secrets: SecretStore | undefined): string {
  const parts = key.split(':');
  // An ARN contains six colons.
  const id = parts.splice(0, key.startsWith('arn:') ? 7 : 1).join(':');
  const [member, jsonKey, stage, version, ...rest] = parts.map((part) => part || undefined);
  if (rest.length > 0 || (member !== undefined && member !== 'SecretString') || (stage !== undefined && version !== undefined)) {
    throw new Error(`The dynamic reference is invalid: ${reference}`);
  }
  if (!secrets) throw new Error('Secrets Manager can\'t find the specified secret.');
  const { string } = secrets.read(id, { stage, id: version });
  if (string === undefined) throw new Error('The secret has no SecretString.');
  if (jsonKey === undefined) return string;
  let members: Json;
  try {
    members = JSON.parse(string) as Json;
  } catch {
    throw new Error('Could not parse SecretString JSON.');
  }
  const found = typeof members === 'object' && members !== null && Object.hasOwn(members, jsonKey) ? (members as JsonObject)[jsonKey] : undefined;
  if (found === undefined) throw new Error('Could not find a value associated with JSONKey in SecretString.');
  return typeof found === 'string' ? found : JSON.stringify(found);
}

function* texts(value: Json, path = ''): Generator<[path: string, text: string]> {
  if (typeof value === 'string') {
    yield [path, value];
  } else if (Array.isArray(value)) {
    for (const item of value) yield* texts(item, path);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) yield* texts(member, path ? `${path}/${name}` : name);
  }
}
