import * as http from 'http';
import type { AddressInfo } from 'net';

export interface Kernel {
  readonly state: string;
  /** Seconds since something happened. */
  readonly age: number;
}

/** The part of Jupyter's REST interface that tells of activity, as a server on a local port. */
export class Jupyter {
  kernels: Kernel[] = [];
  /** The ages of the terminals; null: an old server, which does not tell. undefined: a server without terminals. */
  terminals: (number | null)[] | undefined = [];
  /** Seconds since the last request that counts. */
  requestAge = 0;
  /** The status that all requests are answered with. */
  status = 200;
  readonly asked: string[] = [];

  private readonly server = http.createServer((request, response) => {
    this.asked.push(request.url!);
    const body = this.answer(new URL(request.url!, 'http://localhost').pathname);
    response.writeHead(this.status !== 200 ? this.status : body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { message: 'Not Found', reason: null }, null, 1));
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(path: string): unknown {
    switch (path) {
      case '/api/kernels':
        return this.kernels.map(({ state, age }, index) => ({
          // Users choose names. One that looks like a member must not count as one.
          id: `kernel-${index}`, name: '"execution_state": "busy"', last_activity: ago(age), execution_state: state, connections: 1,
        }));
      case '/api/terminals':
        return this.terminals?.map((age, index) => ({ name: String(index + 1), ...age === null ? {} : { last_activity: ago(age) } }));
      case '/api/status':
        return { started: ago(99999), last_activity: ago(this.requestAge), connections: 0, kernels: this.kernels.length };
      default:
        return undefined;
    }
  }
}

/** A time as Jupyter writes it. */
function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString().replace('Z', '000Z');
}
