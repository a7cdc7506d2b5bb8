import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';

/** Called before each write. `false` prevents the write. */
export type Guard = () => boolean;

/** A file of JSON lines. The operating system has received the data before a write returns, so it survives a killed process. */
export class Journal<T> {
  constructor(private readonly file: string, private readonly guard: Guard) {}

  /** Returns all entries, oldest first, and removes an incomplete last one. */
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

  /** Replaces all entries atomically. */
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
