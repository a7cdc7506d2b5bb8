import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { startProcess } from '../child-process';

/** A reference to an object in the kernel, or a value. */
export type KernelValue = unknown;

/** The jsii kernel, on which the packages for Python, Java, C# and Go run, and the protocol that they speak with it. */
export class JsiiKernel {
  /** @param program the program of `@jsii/runtime` */
  static async start(program: string): Promise<JsiiKernel> {
    const kernel = new JsiiKernel(startProcess(process.execPath, [program], { env: { CDK_VALIDATION: 'true' }, hasInput: true }));
    await kernel.response();
    return kernel;
  }

  private readonly responses: AsyncIterator<string>;

  private constructor(private readonly runtime: ChildProcess) {
    // It warns of versions of Node.js.
    runtime.stderr!.resume();
    this.responses = createInterface({ input: runtime.stdout! })[Symbol.asyncIterator]();
  }

  async load(name: string, version: string, tarball: string): Promise<void> {
    await this.request({ api: 'load', name, version, tarball });
  }

  async create(fqn: string, ...args: KernelValue[]): Promise<KernelValue> {
    return this.request({ api: 'create', fqn, args });
  }

  async invoke(objref: KernelValue, method: string, ...args: KernelValue[]): Promise<KernelValue> {
    return (await this.request({ api: 'invoke', objref, method, args })).result;
  }

  async invokeStatic(fqn: string, method: string, ...args: KernelValue[]): Promise<KernelValue> {
    return (await this.request({ api: 'sinvoke', fqn, method, args })).result;
  }

  async get(objref: KernelValue, property: string): Promise<KernelValue> {
    return (await this.request({ api: 'get', objref, property })).value;
  }

  async getStatic(fqn: string, property: string): Promise<KernelValue> {
    return (await this.request({ api: 'sget', fqn, property })).value;
  }

  async stop(): Promise<void> {
    const ended = new Promise((settle) => this.runtime.once('close', settle));
    this.runtime.stdin!.end(`${JSON.stringify({ exit: 0 })}\n`);
    await ended;
  }

  private async request(message: object): Promise<{ readonly result?: KernelValue; readonly value?: KernelValue }> {
    this.runtime.stdin!.write(`${JSON.stringify(message)}\n`);
    const { ok, error } = await this.response() as { ok?: object; error?: string };
    if (!ok) throw new Error(`${JSON.stringify(message)}: ${error}`);
    return ok;
  }

  private async response(): Promise<object> {
    const { value, done } = await this.responses.next();
    if (done) throw new Error('the kernel has ended');
    return JSON.parse(value);
  }
}

/** A struct as an argument. Values of other languages have the names of TypeScript in the protocol. */
export function struct(fqn: string, data: object): KernelValue {
  return { '$jsii.struct': { fqn, data } };
}
