import { clearLine, cursorTo } from 'node:readline';

/** Permanent lines, and on a terminal a status line below them. */
export class Screen {
  readonly live: boolean;
  private readonly refresh?: NodeJS.Timeout;

  /** @param status returns the status line, or an empty string for none */
  constructor(private readonly out: NodeJS.WriteStream, private readonly status: () => string) {
    this.live = out.isTTY === true;
    if (this.live) this.refresh = setInterval(() => this.show(), 250).unref();
  }

  line(text: string): void {
    this.clear();
    this.out.write(`${text}\n`);
    this.show();
  }

  close(): void {
    clearInterval(this.refresh);
    this.clear();
  }

  private show(): void {
    if (!this.live) return;
    this.clear();
    this.out.write(this.status().slice(0, (this.out.columns || 80) - 1));
  }

  private clear(): void {
    if (!this.live) return;
    clearLine(this.out, 0);
    cursorTo(this.out, 0);
  }
}
