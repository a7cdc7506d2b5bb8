import { RequestError } from './restore-request';
import { isKey, KEEP_SECRETS, NO_KEYS, READABLE_MAPS } from '../src/validation/secret-values';

type Path = ReadonlyArray<string | number>;

/**
 * Rejects a request that SageMaker would accept although it exposes credentials: once the job exists, they can be read. Other
 * invalid requests are left to SageMaker, which rejects them without cost.
 */
export function checkRequest(request: unknown): void {
  const keys = keysIn(request, []);
  if (keys.length > 0) throw new RequestError(keys, `${NO_KEYS}. ${KEEP_SECRETS}`);
}

/** Returns the paths of keys that every principal with permission to describe the job can read. */
function keysIn(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const isMap = READABLE_MAPS.includes(String(path.at(-1)));
  return Object.entries(value).flatMap(([name, part]) => {
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    if (isMap) return isKey(name, String(part)) ? [at] : [];
    if (path.at(-1) === 'Tags') return isKey(part.Key, part.Value) ? [at] : [];
    return keysIn(part, at);
  });
}
