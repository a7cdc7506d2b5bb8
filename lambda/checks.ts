import { RequestError } from './restore-request';
import { isKey, KEEP_SECRETS, NO_KEYS, READABLE_MAPS } from '../src/validation/secret-values';

type Path = ReadonlyArray<string | number>;

/**
 * Refuses a request that the service would take, although it must not be made: nobody could take back what can be read
 * of the job then. What the service refuses itself costs nothing, and is left to it.
 */
export function checkRequest(request: unknown): void {
  const keys = keysIn(request, []);
  if (keys.length > 0) throw new RequestError(keys, `${NO_KEYS}. ${KEEP_SECRETS}`);
}

/** Where a key stands that can be read by everybody who may describe the job. */
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
