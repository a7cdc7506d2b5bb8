import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { CloudObserver } from './cloud-observer';
import type { LocalCloud } from '../cloud';

/** The folder of all addresses but that of the page itself. No name of a bucket contains an underscore. */
const FOLDER = '/_page/';
const ASSETS: { readonly [name: string]: string } = {
  'page.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};
const HEADERS = {
  'Content-Security-Policy': 'default-src \'none\'; script-src \'self\'; style-src \'self\'; img-src \'self\'; connect-src \'self\'; base-uri \'none\'; form-action \'none\'; frame-ancestors \'none\'',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
/** The time for which changes are collected, and between two times of the clock, in real milliseconds. */
const COLLECTING = 200;
/** Changes are collected for this many times as long as the last view took, so that the page never slows the cloud much. */
const LEISURE = 10;
const TICK = 500;

/** The page that shows a local cloud in a browser, at the address of its endpoint. */
export class PageServer {
  private readonly observer: CloudObserver;
  private readonly listeners = new Set<ServerResponse>();
  private readonly ticking: NodeJS.Timeout;
  private collecting?: NodeJS.Timeout;
  private collectingTime = COLLECTING;
  /** The listeners that have not received the last view, because their connection is slow. */
  private readonly late = new Set<ServerResponse>();

  constructor(private readonly cloud: LocalCloud) {
    this.observer = new CloudObserver(cloud);
    this.observer.on('change', () => this.changed());
    this.ticking = setInterval(() => this.send('clock', { now: this.observer.now }), TICK).unref();
    cloud.hooks.respond = (request, response) => this.respond(request, response);
  }

  close(): void {
    clearInterval(this.ticking);
    clearTimeout(this.collecting);
    this.cloud.hooks.respond = undefined;
    for (const listener of this.listeners) listener.end();
  }

  /** Responds to the requests of a browser. Returns false for requests of clients of AWS. */
  private respond(request: IncomingMessage, response: ServerResponse): boolean {
    const url = URL.parse(request.url ?? '', 'http://localhost');
    if (!url || isOfClient(request, url)) return false;
    const isPage = url.pathname === '/' && (request.headers.accept ?? '').includes('text/html');
    if (!isPage && !url.pathname.startsWith(FOLDER)) return false;
    request.resume();
    if (!isLocal(request.headers.host)) {
      // The name of another site can resolve to this machine.
      reply(response, 403, 'text/plain', 'The page is available only under the names 127.0.0.1 and localhost.');
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      reply(response, 405, 'text/plain', 'Only GET is available.');
    } else {
      this.show(isPage ? 'page.html' : url.pathname.slice(FOLDER.length), url.searchParams, response);
    }
    return true;
  }

  private show(name: string, query: URLSearchParams, response: ServerResponse): void {
    if (Object.hasOwn(ASSETS, name)) {
      reply(response, 200, ASSETS[name], readFileSync(join(__dirname, 'assets', name)));
    } else if (name === 'view') {
      reply(response, 200, 'application/json', JSON.stringify(this.observer.view()));
    } else if (name === 'job') {
      const details = this.observer.job(query.get('arn') ?? '');
      reply(response, details ? 200 : 404, 'application/json', JSON.stringify(details ?? { message: 'The job does not exist.' }));
    } else if (name === 'events') {
      this.listen(response);
    } else {
      reply(response, 404, 'text/plain', 'Not found.');
    }
  }

  /** Sends the view, now and after each change, and the time of the clock. */
  private listen(response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' });
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
    response.on('drain', () => {
      if (this.late.delete(response)) response.write(message('view', this.observer.view()));
    });
    response.write(message('view', this.observer.view()));
  }

  private changed(): void {
    if (this.listeners.size === 0) return;
    this.collecting ??= setTimeout(() => {
      this.collecting = undefined;
      if (this.listeners.size === 0) return;
      const began = performance.now();
      this.send('view', this.observer.view());
      this.collectingTime = Math.max(COLLECTING, (performance.now() - began) * LEISURE);
    }, this.collectingTime).unref();
  }

  private send(event: string, data: object): void {
    const text = message(event, data);
    for (const listener of this.listeners) {
      if (!listener.writableNeedDrain) listener.write(text);
      else if (event === 'view') this.late.add(listener);
    }
  }
}

/** Whether a request is signed, or names an operation of a service. */
function isOfClient({ headers }: IncomingMessage, { searchParams }: URL): boolean {
  return headers.authorization !== undefined || headers['x-amz-target'] !== undefined || [...searchParams.keys()].some((name) => /^X-Amz-/i.test(name));
}

function isLocal(host: string = ''): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
}

function reply(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { ...HEADERS, 'Vary': 'Accept', 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

function message(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
