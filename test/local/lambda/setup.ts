import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../../../local/clock';
import { type FunctionRoles, LocalFunctions } from '../../../local/lambda';
import type { LogSink } from '../../../local/logs';
import type { FunctionConfiguration } from '../../../local/services';

export const functionArn = (name: string) => `arn:aws:lambda:eu-central-1:111122223333:function:${name}`;

/** A local Lambda whose functions' code is written by the tests. */
export class FunctionsFixture {
  readonly clock = new Clock({ startAt: new Date('2026-01-01T00:00:00Z') });
  readonly functions: LocalFunctions;
  private readonly directory = mkdtempSync(join(tmpdir(), 'functions-'));

  constructor({ endpointUrl = 'http://127.0.0.1:1', logs, ...options }: {
    readonly endpointUrl?: string; readonly maxProcesses?: number; readonly roles?: FunctionRoles; readonly logs?: (clock: Clock) => LogSink;
  } = {}) {
    this.functions = new LocalFunctions({ clock: this.clock, region: 'eu-central-1', endpointUrl: () => endpointUrl, logs: logs?.(this.clock), ...options });
  }

  /** Puts a function whose `index.js` is this, and gives its ARN. */
  put(name: string, code: string, changes: Partial<FunctionConfiguration> = {}): string {
    const codeDirectory = mkdtempSync(join(this.directory, `${name}-`));
    writeFileSync(join(codeDirectory, 'index.js'), code);
    this.functions.put({
      functionName: name,
      functionArn: functionArn(name),
      roleArn: 'arn:aws:iam::111122223333:role/function',
      codeDirectory,
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      timeoutSeconds: 10,
      memoryMb: 128,
      environment: {},
      ...changes,
    });
    return functionArn(name);
  }

  async stop(): Promise<void> {
    await this.functions.stop();
    rmSync(this.directory, { recursive: true });
  }
}
