import type { Permissions } from './permissions';
import type { Secret } from '../../secretsmanager/secrets';

const WITHOUT_RESOURCE = ['GetRandomPassword', 'ListSecrets'];

/**
 * Permissions for calls of Secrets Manager: Service Authorization Reference, AWS Secrets Manager.
 *
 * @param find Finds a secret by its name or ARN
 */
export const permissionsOfSecrets = (find: (id: string) => Pick<Secret, 'arn' | 'tags'> | undefined): Permissions => (operation, input, { region, account }) => {
  if (WITHOUT_RESOURCE.includes(operation)) return [{ action: `secretsmanager:${operation}`, resource: '*', context: {} }];
  const id = String(input.SecretId ?? input.Name);
  const secret = find(id);
  // A secret that does not exist yet has no suffix.
  const resource = secret?.arn ?? (id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${region}:${account}:secret:${id}`);
  const tags = Object.entries(secret?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  return [{ action: `secretsmanager:${operation}`, resource, context: Object.fromEntries(tags) as { [key: string]: string } }];
};
