import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The files and directories of assets by their object keys. */
export class Assets {
  private readonly paths = new Map<string, string>();

  /** @param folder Where copies are kept. Default: assets are read where they are. */
  constructor(private readonly folder?: string) {}

  add(objectKey: string, path: string): void {
    this.paths.set(objectKey, this.folder === undefined ? path : keep(path, join(this.folder, objectKey)));
  }

  find(objectKey: string): string | undefined {
    const kept = this.folder && join(this.folder, objectKey);
    return this.paths.get(objectKey) ?? (kept && existsSync(kept) ? kept : undefined);
  }
}

/** Its key tells what an asset holds, so a copy that is there already is the right one. */
function keep(path: string, copy: string): string {
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.new`;
  rmSync(fresh, { recursive: true, force: true });
  cpSync(path, fresh, { recursive: true });
  renameSync(fresh, copy);
  return copy;
}
