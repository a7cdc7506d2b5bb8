import type { OutsideCall } from './platform';
import type { Clock } from '../../local/clock';
import type { CloudFormation, CustomResourceEvent } from '../../local/cloudformation';
import type { SageMaker } from '../../local/sagemaker';
import { JOB_KINDS, type JobKind, RESOURCE_TYPE } from '../../src/contract';
import { JOB_SCENARIOS, type TRAINING } from '../deploy/kinds';

/** What requests hold that begins like this is a secret. */
const SECRET = /\bsecret_\w+/g;

/** An answer of the function to CloudFormation. */
export interface Answer {
  readonly status: string;
  readonly physicalId: string;
  readonly reason: string;
  readonly time: number;
}

/** An event that CloudFormation has sent. */
export interface Sent {
  readonly event: CustomResourceEvent;
  readonly time: number;
  readonly answers: Answer[];
}

/** A job that the function has started. */
export interface StartedJob {
  readonly name: string;
  readonly arn: string;
  readonly kind: typeof TRAINING;
  /** The event that it was started for. */
  readonly event: CustomResourceEvent;
  /** The function has asked it to stop. */
  isAskedToStop: boolean;
  /** Its record was deleted. */
  isDeleted: boolean;
  /** Somebody has deleted its record by hand. */
  isDeletedByHand?: boolean;
}

interface Status {
  readonly word: string;
  readonly since: number;
}

/** Where the history is taken from. */
export interface RecordedCloud {
  readonly clock: Clock;
  readonly sagemaker: SageMaker;
  readonly cloudFormation: CloudFormation;
}

/** What there really was: the events of CloudFormation, the jobs of SageMaker, and what became of them. */
export class History {
  readonly events: Sent[] = [];
  readonly jobs: StartedJob[] = [];
  /** What no log may hold. */
  readonly secrets = new Set<string>();
  private readonly statuses = new Map<string, Status[]>();
  private readonly byRequest = new Map<string, Sent>();

  constructor(private readonly cloud: RecordedCloud) {
    cloud.sagemaker.on('transition', ({ jobName, status, time }) => {
      const known = this.statuses.get(jobName) ?? [];
      this.statuses.set(jobName, known);
      if (known.at(-1)?.word !== status) known.push({ word: status, since: time.getTime() });
    });
  }

  /** CloudFormation has sent an event. */
  sent(event: CustomResourceEvent): void {
    const sent = { event, time: this.cloud.clock.now(), answers: [] };
    this.events.push(sent);
    this.byRequest.set(event.RequestId, sent);
    const url = new URL(event.ResponseURL);
    this.secrets.add(url.searchParams.get('X-Amz-Signature')!).add(url.pathname);
    for (const [secret] of JSON.stringify(event.ResourceProperties).matchAll(SECRET)) this.secrets.add(secret);
  }

  /** A create call of a job has succeeded. */
  started(kind: typeof TRAINING, { input, output, requestId }: OutsideCall): StartedJob {
    const [arn] = Object.values(output!);
    const { event } = this.sentBy(requestId);
    const job = { name: String(input[kind.nameMember]), arn: String(arn), kind, event, isAskedToStop: false, isDeleted: false };
    this.jobs.push(job);
    return job;
  }

  /** The event with a request id. */
  sentBy(requestId: string): Sent {
    return this.byRequest.get(requestId)!;
  }

  /** The newest event for the resource of an event. */
  lastFor(event: CustomResourceEvent): Sent {
    return this.events.findLast((sent) => isOfSameResource(sent.event, event))!;
  }

  /** CloudFormation waits for an answer to the event. */
  isAwaited({ StackId, RequestId }: CustomResourceEvent): boolean {
    return this.cloud.cloudFormation.pendingRequests(StackId).includes(RequestId);
  }

  /** The jobs that were started for the resource of an event. */
  jobsOf(event: CustomResourceEvent): StartedJob[] {
    return this.jobs.filter((job) => isOfSameResource(job.event, event));
  }

  /** What stands behind the resource of an event now. */
  currentOf({ StackId, LogicalResourceId }: CustomResourceEvent): string | undefined {
    return this.cloud.cloudFormation.findResource(StackId, LogicalResourceId)?.physicalId;
  }

  isRunning({ name, kind, isDeleted, isDeletedByHand }: StartedJob): boolean {
    // Another principal may have started a job with the name since.
    if (isDeleted || isDeletedByHand) return false;
    // A tuning job's name begins the names of the training jobs that it has launched.
    return this.cloud.sagemaker.running().some((running) => running === name || (kind.name === 'HyperParameterTuningJob' && running.startsWith(`${name}-`)));
  }

  isStopping(job: StartedJob): boolean {
    return /^stopping$/i.test(this.statusOf(job));
  }

  hasCompleted(job: StartedJob): boolean {
    return /^completed$/i.test(this.statusOf(job));
  }

  hasStopped(job: StartedJob): boolean {
    return /^stopped$/i.test(this.statusOf(job));
  }

  hasFailed(job: StartedJob): boolean {
    return /^failed$/i.test(this.statusOf(job));
  }

  /** The service's last word of the job, also of one whose record was deleted. */
  statusOf({ name }: StartedJob): string {
    return this.statuses.get(name)?.at(-1)?.word ?? '';
  }

  /** When the job came to its status. */
  inStatusSince({ name }: StartedJob): number {
    return this.statuses.get(name)?.at(-1)?.since ?? 0;
  }
}

export function isOfSameResource(one: CustomResourceEvent, other: CustomResourceEvent): boolean {
  return one.StackId === other.StackId && one.LogicalResourceId === other.LogicalResourceId;
}

/** Conditions that schedules and scenarios change, wherever they are in a request. */
const CONDITIONS = ['EnableManagedSpotTraining', 'MaxWaitTimeInSeconds', 'NetworkConfig', 'RoleArn', 'VolumeKmsKeyId', 'VpcConfig'];

/** The request without the conditions that change. Requests with the same substance have the same result. */
export function substanceOf({ ResourceProperties, ResourceType }: CustomResourceEvent): string {
  const { Request, Rerun } = ResourceProperties as { Request: { [member: string]: unknown }; Rerun?: string };
  // In a definition the limits decide the result.
  const { Tags: _, StoppingCondition: _limits, ...request } = Request;
  return JSON.stringify([ResourceType, request, Rerun], (member, value: unknown) => (CONDITIONS.includes(member) ? undefined : value));
}

/** The kind of job that an operation creates. */
export function createdKind(operation: string): typeof TRAINING | undefined {
  return JOB_SCENARIOS.find((kind) => kind.operation('Create') === operation);
}

export function isJob(type: string): boolean {
  return (Object.keys(JOB_KINDS) as JobKind[]).some((kind) => RESOURCE_TYPE[kind] === type);
}
