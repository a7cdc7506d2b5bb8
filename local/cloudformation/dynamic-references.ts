import type { Json } from '../services';

const REFERENCE = /\{\{resolve:([^:}]+):([^}]*)\}\}/g;

/** Replaces dynamic references, which functions may have composed, by their values. */
export function withValues(value: Json, ssmParameter: (reference: string) => string | undefined): Json {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (reference, service: string, key: string) => {
      if (service !== 'ssm') throw new Error(`Dynamic references to ${service} are not emulated by the local cloud: ${reference}`);
      const found = ssmParameter(key);
      if (found === undefined) throw new Error(`Parameters: [ssm:${key}] cannot be found.`);
      return found;
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(item => withValues(item, ssmParameter));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withValues(member, ssmParameter)]));
}
