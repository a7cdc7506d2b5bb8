import { read, write } from './paths';

/** Returns the request with the name of the job as the last part of its output URIs. */
export function withOwnOutputs(request: Record<string, unknown>, members: string | readonly string[] = [], name: string): Record<string, unknown> {
  return [members].flat().map((member) => member.split('.'))
    .reduce((part, path) => write(part, path, `${String(read(part, path)).replace(/\/+$/, '')}/${name}/`), request);
}
