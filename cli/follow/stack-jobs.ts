import {
  DescribeStackEventsCommand, DescribeStacksCommand, GetTemplateCommand, paginateDescribeStacks, paginateListStackResources,
  type Stack, type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { JOB_KINDS, type JobKind, NAME_SUFFIX_LENGTH, RESOURCE_TYPE } from '../../src/contract';
import { stackKey } from '../../src/identity';
import type { AwsClients } from '../aws-clients';
import { isNotFound, UserError } from '../user-error';

/** A job of the stack. */
export interface FoundJob {
  readonly kind: JobKind;
  readonly jobName: string;
  /** The construct of the job. */
  readonly label: string;
  /** The resource of the job in its stack. */
  readonly logicalId?: string;
  /** An earlier job of the same construct that succeeded. */
  readonly previous?: string;
}

export interface StackSnapshot {
  readonly stackName: string;
  readonly status: string;
  /** The newest job of each construct. */
  readonly jobs: readonly FoundJob[];
  /** Whether the operation of the stack can still start a job or waits for one. */
  readonly isAtWork: boolean;
}

/** A resource of the template that runs a job. */
interface JobResource {
  readonly logicalId: string;
  readonly label: string;
  readonly kind: JobKind;
  /** The exact name of the job, or the prefix of its name. */
  readonly name?: string;
  readonly prefix?: string;
}

const KIND_OF_TYPE = new Map((Object.keys(JOB_KINDS) as JobKind[]).map((kind) => [RESOURCE_TYPE[kind] as string, kind]));
const IN_PROGRESS = /_IN_PROGRESS$/;
/** In these operations, no further resource is created. */
const RETREATING = /ROLLBACK|DELETE|FAILED/;

/** Finds the jobs of a stack, also before CloudFormation knows their names: all names contain the key of the stack. */
export class StackJobs {
  static async find(aws: AwsClients, stackName: string | undefined): Promise<StackJobs> {
    const { StackId, StackName } = await (stackName === undefined ? stackInProgress(aws) : describe(aws, stackName));
    return new StackJobs(aws, StackId!, StackName!);
  }

  private resources: readonly JobResource[] = [];
  private templateOf?: number;

  private constructor(private readonly aws: AwsClients, private readonly stackId: string, readonly stackName: string) {}

  async look(): Promise<StackSnapshot> {
    const stack = await describe(this.aws, this.stackId);
    const status = stack.StackStatus!;
    // A stack in review has no template until its change set is executed.
    const isInReview = status === 'REVIEW_IN_PROGRESS';
    if (!isInReview) await this.readTemplate(stack);
    const summaries = await this.summaries();
    const isStackAtWork = IN_PROGRESS.test(status);
    return {
      stackName: this.stackName,
      status,
      jobs: await this.jobs(summaries),
      isAtWork: isInReview || isStackAtWork && (this.mayStart(status, summaries) || summaries.some(isWaiting)),
    };
  }

  /** Returns the newest reason for the failure of a resource. */
  async failureReason(logicalId: string | undefined): Promise<string | undefined> {
    const { StackEvents = [] } = await this.aws.cloudFormation.send(new DescribeStackEventsCommand({ StackName: this.stackId }));
    return StackEvents.find((event) => event.LogicalResourceId === logicalId && /_FAILED$/.test(event.ResourceStatus!))?.ResourceStatusReason;
  }

  /** Whether a resource of the template does not exist yet, and the operation can still create it. */
  private mayStart(status: string, summaries: readonly StackResourceSummary[]): boolean {
    const existing = new Set(summaries.map(({ LogicalResourceId }) => LogicalResourceId));
    if (RETREATING.test(status)) return false;
    // An update begins with resources that complete later.
    return this.resources.some(({ logicalId }) => !existing.has(logicalId));
  }

  private async jobs(summaries: readonly StackResourceSummary[]): Promise<FoundJob[]> {
    const found: FoundJob[] = [];
    for (const kind of new Set(this.resources.map((resource) => resource.kind))) {
      const listed = await this.listed(kind);
      for (const { logicalId, label, name, prefix } of this.resources.filter((resource) => resource.kind === kind)) {
        const id = summaries.find(({ LogicalResourceId }) => LogicalResourceId === logicalId)?.PhysicalResourceId;
        if (name !== undefined) {
          found.push({ kind, jobName: name, label, logicalId });
          continue;
        }
        const own = listed.filter((job) => (prefix === undefined ? job.jobName === id : job.jobName.slice(0, -NAME_SUFFIX_LENGTH) === prefix));
        const [newest, ...earlier] = own;
        const current = own.find(({ isRunning }) => isRunning) ?? own.find(({ jobName }) => jobName === id) ?? newest;
        const previous = earlier.find(({ succeeded }) => succeeded)?.jobName;
        if (current) found.push({ kind, jobName: current.jobName, label, logicalId, previous });
      }
    }
    return found;
  }

  /** The jobs of a kind whose names contain the key of the stack, the newest first. */
  private async listed(kind: JobKind): Promise<Array<{ readonly jobName: string; readonly isRunning: boolean; readonly succeeded: boolean }>> {
    const { noun } = JOB_KINDS[kind];
    const input = { NameContains: stackKey(this.stackId), SortBy: 'CreationTime', SortOrder: 'Descending', MaxResults: 100 };
    const summaries: Record<string, any>[] = [];
    for await (const page of this.aws.pagesOfSageMaker(`List${noun}s`, input)) summaries.push(...page[`${noun}Summaries`]);
    return summaries.map((summary) => ({
      jobName: summary[`${noun}Name`],
      isRunning: /^(in_?progress|starting|stopping)$/i.test(summary[`${noun}Status`]),
      succeeded: /^completed$/i.test(summary[`${noun}Status`]),
    }));
  }

  private async summaries(): Promise<StackResourceSummary[]> {
    const all: StackResourceSummary[] = [];
    const pages = paginateListStackResources({ client: this.aws.cloudFormation }, { StackName: this.stackId });
    for await (const { StackResourceSummaries = [] } of pages) all.push(...StackResourceSummaries);
    return all;
  }

  /** Reads the template again when an operation has begun or ended. */
  private async readTemplate({ CreationTime, LastUpdatedTime, DeletionTime }: Stack): Promise<void> {
    const changedAt = Number(DeletionTime ?? LastUpdatedTime ?? CreationTime);
    if (this.templateOf === changedAt) return;
    const { TemplateBody = '{}' } = await this.aws.cloudFormation.send(new GetTemplateCommand({ StackName: this.stackId, TemplateStage: 'Processed' }));
    this.templateOf = changedAt;
    this.resources = resourcesIn(TemplateBody);
    if (this.resources.length === 0) throw new UserError(`The stack ${this.stackName} has no jobs of cdk-sagemaker-jobs.`);
  }
}

function isWaiting({ ResourceType = '', ResourceStatus }: StackResourceSummary): boolean {
  return (KIND_OF_TYPE.has(ResourceType) || ResourceType === RESOURCE_TYPE.continuation) && IN_PROGRESS.test(ResourceStatus!);
}

function resourcesIn(template: string): JobResource[] {
  const { Resources = {} } = JSON.parse(template) as { readonly Resources?: Record<string, any> };
  return Object.entries(Resources).flatMap(([logicalId, { Type, Properties, Metadata }]) => {
    const kind = KIND_OF_TYPE.get(Type);
    const { Name, NamePrefix } = Properties ?? {};
    return kind ? [{ logicalId, kind, label: labelOf(Metadata?.['aws:cdk:path']) ?? logicalId, name: plain(Name), prefix: plain(NamePrefix) }] : [];
  });
}

/** The path of the construct in its stack. */
function labelOf(path: string | undefined): string | undefined {
  return path?.split('/').slice(1).filter((part, index) => index === 0 || !/^(Resource|Default)$/.test(part)).join('/');
}

/** A value that is not an intrinsic function. */
function plain(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

async function describe(aws: AwsClients, stackName: string): Promise<Stack> {
  try {
    const { Stacks: [stack] = [] } = await aws.cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
    if (stack) return stack;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  throw new UserError(`The stack ${stackName} does not exist in ${await aws.region()}. Check its name, the Region and the account.`);
}

async function stackInProgress(aws: AwsClients): Promise<Stack> {
  const active: Stack[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: aws.cloudFormation }, {})) {
    active.push(...Stacks.filter(({ StackStatus }) => IN_PROGRESS.test(StackStatus!)));
  }
  if (active.length === 1) return active[0];
  const region = await aws.region();
  throw new UserError(active.length === 0
    ? `No stack is being deployed in ${region}. Name the stack whose jobs you want to follow.`
    : `Several stacks are being deployed in ${region}: ${active.map(({ StackName }) => StackName).join(', ')}. Name one of them.`);
}
