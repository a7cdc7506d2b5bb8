import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { Clock } from '../../../local/clock';
import { Endpoint } from '../../../local/endpoint';
import { type FaultRule, Faults } from '../../../local/faults';
import { LocalFunctions } from '../../../local/lambda';
import { SageMaker } from '../../../local/sagemaker';
import type { FunctionConfiguration } from '../../../local/services';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';

/** The beginning of a function's code: `call('DescribeTrainingJob', { … })` calls SageMaker with the function's credentials. */
export const CALL = `
const call = async (operation, input) => {
  const response = await fetch(process.env.AWS_ENDPOINT_URL, { method: 'POST', body: JSON.stringify(input), headers: {
    'X-Amz-Target': 'SageMaker.' + operation,
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Security-Token': process.env.AWS_SESSION_TOKEN,
    Authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/eu-central-1/sagemaker/aws4_request',
  } });
  const output = await response.json();
  if (!response.ok) throw Object.assign(new Error(output.message), { name: output.__type });
  return output;
};
`;

/** SageMaker and Lambda, in which things go wrong, with a real client, and functions whose code is written by the tests. */
export class FaultyCloud {
  static async start(rules: FaultRule[]): Promise<FaultyCloud> {
    const clock = new Clock({ startAt: new Date('2026-01-01T00:00:00Z') });
    const faults = new Faults(rules, { clock });
    const { hasCapacity, isHidden, onInvocation, onCall } = faults;
    const sagemaker = new SageMaker({ clock, region: REGION, account: ACCOUNT, hasCapacity, isHidden });
    const functions = new LocalFunctions({ clock, region: REGION, endpointUrl: () => endpoint.url, fault: onInvocation });
    const endpoint = await Endpoint.start(clock, [sagemaker], {
      faultByRule: onCall, callingFunction: (sessionToken) => functions.processWith(sessionToken),
    });
    return new FaultyCloud(clock, faults, sagemaker, functions, endpoint);
  }

  readonly client: SageMakerClient;
  private readonly directory = mkdtempSync(join(tmpdir(), 'faults-'));

  private constructor(
    readonly clock: Clock, readonly faults: Faults, readonly sagemaker: SageMaker, readonly functions: LocalFunctions, readonly endpoint: Endpoint,
  ) {
    this.client = new SageMakerClient({
      endpoint: endpoint.url,
      region: REGION,
      credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
      maxAttempts: 1,
    });
  }

  /** Puts a function whose `index.js` is this, and gives its ARN. */
  put(functionName: string, code: string, changes: Partial<FunctionConfiguration> = {}): string {
    const codeDirectory = mkdtempSync(join(this.directory, `${functionName}-`));
    writeFileSync(join(codeDirectory, 'index.js'), CALL + code);
    const functionArn = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${functionName}`;
    this.functions.put({
      functionName,
      functionArn,
      roleArn: `arn:aws:iam::${ACCOUNT}:role/function`,
      codeDirectory,
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      timeoutSeconds: 10,
      memoryMb: 128,
      environment: {},
      ...changes,
    });
    return functionArn;
  }

  /** Seconds of virtual time since the start. */
  get seconds(): number {
    return (this.clock.now() - Date.parse('2026-01-01T00:00:00Z')) / 1000;
  }

  /** The names and moments of what has gone wrong, such as `throttle CreateTrainingJob job`. */
  get injected(): string[] {
    return this.faults.injected.map(({ name, occasion: { operation, resource } }) => `${name} ${operation} ${resource}`);
  }

  async advance(seconds: number): Promise<void> {
    await this.clock.advance(seconds * 1000 + 1);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.functions.stop();
    await this.endpoint.stop();
    rmSync(this.directory, { recursive: true });
  }
}
