import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CancelUpdateStackCommand, CloudFormationClient, DeleteStackCommand, DescribeStackEventsCommand, DescribeStackResourcesCommand,
  DescribeStacksCommand, type Stack as StackDescription,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogStreamsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteObjectsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeTrainingJobCommand, DescribeTransformJobCommand, ListCompilationJobsCommand, ListHyperParameterTuningJobsCommand,
  ListProcessingJobsCommand, ListTagsCommand, ListTrainingJobsCommand, ListTransformJobsCommand, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { App, Stack } from 'aws-cdk-lib';
import { startProcess } from '../child-process';

const CDK = resolve(__dirname, '../../node_modules/aws-cdk/bin/cdk');

/** The beginning of the names of all stacks. */
export const STACK_PREFIX = 'SageMakerJobsInteg-';

/** The result of a deployment. */
export interface Deployment {
  readonly status: string;
  readonly outputs: { readonly [name: string]: string };
  /** The reasons of all failed resources of this deployment. */
  readonly reasons: string;
  readonly printed: string;
}

/** A training job as a list shows it. */
export interface FoundJob {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
}

/** The stack of a scenario in the account and Region of the environment, and the SDK's view of it. */
export class Stage {
  readonly stackName: string;
  /** The prefix of the names of all jobs of the scenario. The training jobs of a tuning job stay after their stack, and other scenarios must not see them. */
  readonly prefix: string;
  private readonly sagemaker = new SageMakerClient({});
  private readonly s3 = new S3Client({});

  private readonly logs = new CloudWatchLogsClient({});
  private readonly cloudFormation = new CloudFormationClient({});
  private readonly directory = mkdtempSync(join(tmpdir(), 'integ-'));
  private deploying?: ChildProcess;
  private generation = 0;

  /**
   * @param secondsFactor the number of seconds that pass in the environment in one second
   */
  constructor(scenario: string, run: string, private readonly secondsFactor: number = 1) {
    this.stackName = `${STACK_PREFIX}${scenario}-${run}`;
    this.prefix = `integ-${run}-${scenario.slice(0, 4)}`;
  }

  /** Deploys the stack with the CDK CLI. */
  async deploy(contents: (stack: Stack) => void): Promise<Deployment> {
    const app = new App({ outdir: join(this.directory, `cdk.out-${this.generation++}`), analyticsReporting: false });
    contents(new Stack(app, 'Stack', { stackName: this.stackName }));
    const from = new Date();
    const assembly = app.synth().directory;
    const printed = await this.cdk('deploy', '--app', assembly, '--require-approval', 'never', '--method', 'change-set');
    const stack = await this.describe();
    const outputs = Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
    return { status: stack?.StackStatus ?? 'DOES_NOT_EXIST', outputs, reasons: await this.reasonsSince(from), printed };
  }

  /** Cancels the update in progress. */
  async cancelUpdate(): Promise<void> {
    await this.cloudFormation.send(new CancelUpdateStackCommand({ StackName: this.stackName }));
  }

  /** Empties the buckets of the stack, and deletes the stack. Throws an error if it cannot be deleted. */
  async destroy(): Promise<void> {
    if (!await this.describe()) return;
    const { StackResources = [] } = await this.cloudFormation.send(new DescribeStackResourcesCommand({ StackName: this.stackName }));
    for (const { PhysicalResourceId, ResourceType } of StackResources) {
      if (ResourceType === 'AWS::S3::Bucket' && PhysicalResourceId) await this.empty(PhysicalResourceId);
    }
    await this.cloudFormation.send(new DeleteStackCommand({ StackName: this.stackName }));
    const status = await this.settled();
    if (status !== undefined) throw new Error(`${this.stackName} could not be deleted (${status}): delete it in the console. ${await this.reasonsSince(new Date(0))}`);
  }

  /** Deletes everything that an interrupted scenario has left. */
  async clean(): Promise<void> {
    this.deploying?.kill('SIGTERM');
    if ((await this.describe())?.StackStatus === 'UPDATE_IN_PROGRESS') await this.cancelUpdate();
    await this.settled();
    await this.destroy();
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Calls a function until it returns something, or the time is up. */
  async until<T>(what: string, seconds: number, poll: () => Promise<{ readonly value: T } | undefined>): Promise<T> {
    for (let waited = 0; ; waited += 10) {
      const found = await poll();
      if (found) return found.value;
      if (waited >= seconds) throw new Error(`Not true after ${seconds} seconds: ${what}`);
      await sleep(10_000 / this.secondsFactor);
    }
  }

  /** Waits until a job has a log stream. It may appear after the end of the job. */
  async expectLog(job: string): Promise<void> {
    const request = { logGroupName: '/aws/sagemaker/TrainingJobs', logStreamNamePrefix: `${job}/` };
    await this.until('the job has a log stream', 180, async () => {
      const { logStreams = [] } = await this.logs.send(new DescribeLogStreamsCommand(request));
      return logStreams.length > 0 ? { value: true } : undefined;
    });
  }

  /** The training jobs of the scenario, newest first. */
  async trainingJobs(): Promise<FoundJob[]> {
    const { TrainingJobSummaries = [] } = await this.sagemaker.send(new ListTrainingJobsCommand({ NameContains: this.prefix, MaxResults: 100 }));
    return TrainingJobSummaries.map(({ TrainingJobArn, TrainingJobName, TrainingJobStatus }) => (
      { name: TrainingJobName!, arn: TrainingJobArn!, status: TrainingJobStatus! }));
  }

  async describeJob(TrainingJobName: string) {
    return this.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
  }

  async describeTransformJob(TransformJobName: string) {
    return this.sagemaker.send(new DescribeTransformJobCommand({ TransformJobName }));
  }

  async tagsOf(ResourceArn: string): Promise<{ readonly [key: string]: string }> {
    const { Tags = [] } = await this.sagemaker.send(new ListTagsCommand({ ResourceArn }));
    return Object.fromEntries(Tags.map(({ Key, Value }) => [Key!, Value!]));
  }

  /** The names of all jobs of the scenario that run, of every kind. */
  async running(): Promise<string[]> {
    const filter = { NameContains: this.prefix, MaxResults: 100 } as const;
    const { HyperParameterTuningJobSummaries: tuning = [] } = await this.sagemaker.send(new ListHyperParameterTuningJobsCommand(filter));
    const { CompilationJobSummaries: compilation = [] } = await this.sagemaker.send(new ListCompilationJobsCommand(filter));
    const { ProcessingJobSummaries: processing = [] } = await this.sagemaker.send(new ListProcessingJobsCommand(filter));
    const { TransformJobSummaries: transform = [] } = await this.sagemaker.send(new ListTransformJobsCommand(filter));
    return [
      ...(await this.trainingJobs()).map(({ name, status }) => ({ name, status })),
      ...tuning.map(({ HyperParameterTuningJobName: name, HyperParameterTuningJobStatus: status }) => ({ name, status })),
      ...compilation.map(({ CompilationJobName: name, CompilationJobStatus: status }) => ({ name, status })),
      ...processing.map(({ ProcessingJobName: name, ProcessingJobStatus: status }) => ({ name, status })),
      ...transform.map(({ TransformJobName: name, TransformJobStatus: status }) => ({ name, status })),
    ].filter(({ status }) => /^(InProgress|Stopping|STARTING|INPROGRESS|STOPPING)$/.test(status!)).map(({ name }) => name!);
  }

  /** Waits until lists show that nothing runs. They can be late. */
  async expectNothingRuns(): Promise<void> {
    await this.until('lists show no running job', 180, async () => ((await this.running()).length === 0 ? { value: true } : undefined));
  }

  /** Waits until lists show no record of a training job. */
  async expectNoRecords(): Promise<void> {
    await this.until('lists show no training job', 180, async () => ((await this.trainingJobs()).length === 0 ? { value: true } : undefined));
  }

  async put(Bucket: string, Key: string, Body: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  }

  private async empty(Bucket: string): Promise<void> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length > 0) await this.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }));
  }

  /** Waits until no operation is in progress, and returns the status of the stack, or nothing if it is gone. */
  private async settled(): Promise<string | undefined> {
    return this.until('no operation on the stack is in progress', 2 * 3600, async () => {
      const status = (await this.describe())?.StackStatus;
      return status?.endsWith('_IN_PROGRESS') ? undefined : { value: status === 'DELETE_COMPLETE' ? undefined : status };
    });
  }

  private async describe(): Promise<StackDescription | undefined> {
    try {
      const { Stacks: [stack] = [] } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName: this.stackName }));
      return stack;
    } catch (error) {
      if (String(error).includes('does not exist')) return undefined;
      throw error;
    }
  }

  private async reasonsSince(from: Date): Promise<string> {
    if (!await this.describe()) return '';
    const { StackEvents = [] } = await this.cloudFormation.send(new DescribeStackEventsCommand({ StackName: this.stackName }));
    return StackEvents
      .filter(({ ResourceStatus = '', Timestamp }) => ResourceStatus.endsWith('_FAILED') && (this.secondsFactor > 1 || Timestamp! >= from))
      .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`)
      .join('\n');
  }

  /** Runs the CLI. Its exit code says less than the status of the stack. */
  private async cdk(...args: string[]): Promise<string> {
    const child = startProcess(process.execPath, [CDK, ...args, '--ci', '--no-notices', '--no-color'], { cwd: this.directory, env: credentials() });
    this.deploying = child;
    let printed = '';
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => { printed += text; });
    await new Promise((settle, fail) => {
      child.on('error', fail);
      child.on('close', settle);
    });
    this.deploying = undefined;
    return printed;
  }
}

/** The AWS variables and the configuration files of the caller, which processes of tests do not get. */
function credentials(): NodeJS.ProcessEnv {
  const aws = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_')));
  return {
    AWS_CONFIG_FILE: join(homedir(), '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(homedir(), '.aws', 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'false',
    ...aws,
  };
}
