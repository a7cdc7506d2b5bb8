import { literalString } from '../request-values';

/** What a JSON text says, where it is known; the documentation puts its examples in quotes of either kind. */
export function parsed(value: unknown): unknown {
  const json = literalString(value);
  if (json === undefined) return undefined;
  return attempt(json) ?? attempt(json.replace(/'/g, '"'));
}

function attempt(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** A target that is an instance type of the service, not a device at the edge. */
export function isInstance(device: string | undefined): boolean {
  return device?.startsWith('ml_') === true;
}
