import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Journal, type Guard } from './journal';

const SUFFIX = '.jsonl';

/** The journals in a directory. One process at a time may use it. */
export class StateDirectory {
  /** @param guard Decides about each write. */
  constructor(private readonly path: string, private readonly guard: Guard) {
    mkdirSync(path, { recursive: true });
  }

  journal<T>(name: string): Journal<T> {
    return this.open(join(this.path, name + SUFFIX));
  }

  /** The journal of one of many things of a kind, by whatever tells it from the others. */
  journalOf<T>(kind: string, key: string): Journal<T> {
    return this.open(join(this.folder(kind), createHash('sha256').update(key).digest('hex').slice(0, 32) + SUFFIX));
  }

  /** The journals of all things of a kind. */
  journals<T>(kind: string): Journal<T>[] {
    const folder = this.folder(kind);
    return readdirSync(folder).filter((name) => name.endsWith(SUFFIX)).map((name) => this.open<T>(join(folder, name)));
  }

  /** A folder for the files of a kind. */
  folder(kind: string): string {
    const folder = join(this.path, kind);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  private open<T>(file: string): Journal<T> {
    return new Journal<T>(file, this.guard);
  }
}
