import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import type { Kind } from './kinds';
import { LocalCloud, type DeployOptions, type LocalCloudOptions } from '../../local/cloud';
import type { StackResult } from '../../local/cloudformation';
import { GIVEN_RESOURCES } from '../fixtures/given-resources';
import { makeJobsQuick } from '../fixtures/quick-jobs';

/** What a stack holds. */
export type Contents = (stack: Stack) => void;

const REGION = 'eu-west-1';

/** A local cloud, and the stacks that a test deploys into it from apps that are synthesized anew each time. */
export class World {
  static async start(options: LocalCloudOptions = {}): Promise<World> {
    const cloud = await LocalCloud.start({ region: REGION, startAt: new Date('2026-01-01T00:00:00Z'), given: GIVEN_RESOURCES, ...options });
    return new World(options.behavior ? cloud : makeJobsQuick(cloud));
  }

  private readonly directory = mkdtempSync(join(tmpdir(), 'deploy-'));

  private constructor(readonly cloud: LocalCloud) {}

  /** Creates or updates a stack, and lets time pass until that has ended. */
  async deploy(contents: Contents, stackName: string = 'Stack', options?: DeployOptions): Promise<StackResult> {
    return this.deployApp((app) => {
      const stack = new Stack(app, stackName);
      contents(stack);
      return stack;
    }, options);
  }

  /** Creates or updates the stack that a whole app consists of. */
  async deployApp(contents: (app: App) => Stack, options?: DeployOptions): Promise<StackResult> {
    const app = new App({ outdir: mkdtempSync(join(this.directory, 'cdk.out-')) });
    const { stackName } = contents(app);
    return this.cloud.deploy(app.synth(), stackName, options);
  }

  async destroy(stackName: string = 'Stack'): Promise<StackResult | undefined> {
    return this.cloud.destroy(stackName);
  }

  async stop(): Promise<void> {
    await this.cloud.stop();
    rmSync(this.directory, { recursive: true });
  }

  /** The inputs of all successful calls of an operation, oldest first. */
  requests(operation: string): any[] {
    return this.cloud.endpoint.calls.filter((call) => call.operation === operation && 'output' in call.outcome).map(({ input }) => input);
  }

  /** The names of the started jobs of a kind, oldest first. */
  started(kind: Kind): string[] {
    return this.requests(kind.operation('Create')).map((request) => request[kind.nameMember]);
  }

  /** The names of the deleted jobs of a kind, in the order of their deletion. */
  deleted(kind: Kind): string[] {
    return this.requests(kind.operation('Delete')).map((request) => request[kind.nameMember]);
  }

  /** The names of the running jobs of a kind, without the jobs that they launch. */
  runningOf(kind: Kind): string[] {
    return this.running.filter((name) => this.started(kind).includes(name));
  }

  /** Calls SageMaker as another principal than the stack. A throttled call is repeated, as an SDK does. */
  async call(operation: string, input: object): Promise<any> {
    const { clock } = this.cloud;
    for (;;) {
      try {
        return await this.callOnce(operation, input);
      } catch (error) {
        if (!String(error).includes('ThrottlingException')) throw error;
        await clock.run(clock.sleep(1000));
      }
    }
  }

  private async callOnce(operation: string, input: object): Promise<any> {
    const response = await this.cloud.clock.work(() => fetch(this.cloud.endpoint.url, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: {
        'X-Amz-Target': `SageMaker.${operation}`,
        'Content-Type': 'application/x-amz-json-1.1',
        'Authorization': `AWS4-HMAC-SHA256 Credential=SOMEBODY/20260101/${REGION}/sagemaker/aws4_request`,
      },
    }));
    const output: any = await response.json();
    if (!response.ok) throw new Error(`${output.__type}: ${output.message}`);
    return output;
  }

  /** Everything that the functions have printed. */
  functionLog(): string {
    return this.cloud.functions.allLogs().join('\n');
  }

  /** The names of the jobs that cost money now. */
  get running(): string[] {
    return this.cloud.sagemaker.running();
  }

  /** Hours of virtual time since the world began. */
  get hours(): number {
    return (this.cloud.clock.now() - Date.parse('2026-01-01T00:00:00Z')) / 3_600_000;
  }
}

/** The events of one resource, as `STATUS` or `STATUS: reason`; the resource is named by the beginning of its logical id. */
export function eventsOf(result: StackResult | undefined, logicalId: string): string[] {
  return result!.events
    .filter((event) => event.logicalResourceId.startsWith(logicalId))
    .map(({ resourceStatus, resourceStatusReason }) => (resourceStatusReason ? `${resourceStatus}: ${resourceStatusReason}` : resourceStatus));
}
