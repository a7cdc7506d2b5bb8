import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../../../local/clock';
import { LocalFunctions } from '../../../local/lambda';
import type { FunctionConfiguration } from '../../../local/services';

export const functionArn = (name: string) => `arn:aws:lambda:eu-central-1:111122223333:function:${name}`;

/** A local Lambda whose functions' code is written by the tests. */
export class FunctionsFixture {
  readonly clock = new Clock({ startAt: new Date('2026-01-01T00:00:00Z') });
  readonly functions: LocalFunctions;
  private readonly directory = mkdtempSync(join(tmpdir(), 'functions-'));

  constructor(maxProcesses?: number, endpointUrl = 'http://127.0.0.1:1') {
    this.functions = new LocalFunctions({ clock: this.clock, region: 'eu-central-1', endpointUrl: () => endpointUrl, maxProcesses });
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
