import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The files and directories of assets by object key. */
export class Assets {
  private readonly paths = new Map<string, string>();

  /** @param folder The directory of the copies. Default: assets are read from their own directory */
  constructor(private readonly folder?: string) {}

  add(objectKey: string, path: string): void {
    this.paths.set(objectKey, this.folder === undefined ? path : keep(path, join(this.folder, objectKey)));
  }

  find(objectKey: string): string | undefined {
    const kept = this.folder && join(this.folder, objectKey);
    return this.paths.get(objectKey) ?? (kept && existsSync(kept) ? kept : undefined);
  }
}

/** The key identifies the content, so an existing copy is up to date. */
function keep(path: string, copy: string): string {
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.new`;
  rmSync(fresh, { recursive: true, force: true });
  cpSync(path, fresh, { recursive: true });
  renameSync(fresh, copy);
  return copy;
}
