import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';

/** Called before each write; `false` keeps it from being done. */
export type Guard = () => boolean;

/**
 * A file of JSON lines. What is written there is with the operating system before the call returns: it outlives a process
 * that is killed.
 */
export class Journal<T> {
  constructor(private readonly file: string, private readonly guard: Guard) {}

  /** All entries, oldest first. A last one that was not written to its end is taken away. */
  read(): T[] {
    if (!existsSync(this.file)) return [];
    const bytes = readFileSync(this.file);
    const end = bytes.lastIndexOf('\n') + 1;
    if (end < bytes.length) truncateSync(this.file, end);
    return bytes.toString('utf8', 0, end).split('\n').slice(0, -1).map((text) => JSON.parse(text) as T);
  }

  append(entry: T): void {
    if (this.guard()) appendFileSync(this.file, line(entry));
  }

  /** Puts these entries, all or none, in the place of all others. */
  rewrite(entries: readonly T[]): void {
    if (!this.guard()) return;
    const fresh = `${this.file}.new`;
    writeFileSync(fresh, entries.map(line).join(''));
    renameSync(fresh, this.file);
  }

  remove(): void {
    if (this.guard()) rmSync(this.file, { force: true });
  }
}

function line(entry: unknown): string {
  return `${JSON.stringify(entry)}\n`;
}
