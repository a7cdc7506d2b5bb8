import { literalString } from '../request-values';

/** Parses JSON, unless it is a token. The documentation uses both kinds of quotes in its examples. */
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

/** Whether a target is an instance type of SageMaker, not an edge device. */
export function isInstance(device: string | undefined): boolean {
  return device?.startsWith('ml_') === true;
}
