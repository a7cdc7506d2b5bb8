import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';

/** The time when a history began, and the last time of its clock, in a file that is overwritten in place. */
export class TimeFile {
  private first?: number;
  private last = -Infinity;
  private descriptor?: number;

  constructor(private readonly file: string) {
    if (existsSync(file)) [this.first, this.last] = readFileSync(file, 'utf8').split(' ').map(Number);
  }

  get beginning(): number | undefined {
    return this.first;
  }

  get end(): number {
    return this.last;
  }

  /** Time never goes back. */
  tell(time: number): void {
    if (time <= this.last) return;
    this.first ??= time;
    this.last = time;
    this.descriptor ??= openSync(this.file, existsSync(this.file) ? 'r+' : 'w');
    writeSync(this.descriptor, `${this.first} ${time}`, 0);
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
  }
}
