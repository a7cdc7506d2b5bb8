import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Journal, type Guard } from './journal';

const SUFFIX = '.jsonl';

/** The journals in a directory. Only one process at a time can use it. */
export class StateDirectory {
  /** @param guard Called before each write */
  constructor(private readonly path: string, private readonly guard: Guard) {
    mkdirSync(path, { recursive: true });
  }

  journal<T>(name: string): Journal<T> {
    return this.open(join(this.path, name + SUFFIX));
  }

  /** Returns the journal of an item of a kind. The key identifies the item. */
  journalOf<T>(kind: string, key: string): Journal<T> {
    return this.open(join(this.folder(kind), createHash('sha256').update(key).digest('hex').slice(0, 32) + SUFFIX));
  }

  /** Returns the journals of all items of a kind. */
  journals<T>(kind: string): Journal<T>[] {
    const folder = this.folder(kind);
    return readdirSync(folder).filter((name) => name.endsWith(SUFFIX)).map((name) => this.open<T>(join(folder, name)));
  }

  /** Returns a directory for the files of a kind. */
  folder(kind: string): string {
    const folder = join(this.path, kind);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  private open<T>(file: string): Journal<T> {
    return new Journal<T>(file, this.guard);
  }
}
