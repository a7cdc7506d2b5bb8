import { event, Script } from './script';
import { digestOfRequest, FIRST_TRY, jobName, laterTries } from '../../lambda/naming';
import { type JobProperties, OWNER_TAG } from '../../src/contract';
import { identitiesOf } from '../../src/identity';

/** The resource of the event that the tests begin with. */
export const OWNER = { stackId: event().StackId, logicalId: event().LogicalResourceId };

export const identityOf = (properties: unknown) => identitiesOf('trainingJob', properties as JobProperties)[0];

/** The name of the first try at the request of some properties, or of the nth one of the event that the tests begin with. */
export const nameOf = (properties: unknown, attempt = 1) => {
  const tried = attempt === 1 ? FIRST_TRY : laterTries(digestOfRequest('request-1'))[attempt - 2];
  return jobName(properties as JobProperties, OWNER.stackId, identityOf(properties), tried);
};

interface Job {
  status: string;
  readonly tags: Map<string, string>;
  /** What a description holds beside name, ARN and status. */
  readonly members: Record<string, unknown>;
}

/** What a job that was there before has beside its owner's tags. */
export interface Given {
  readonly members?: Record<string, unknown>;
  readonly tags?: Record<string, string>;
}

const FINAL = ['Completed', 'Failed', 'Stopped'];

export const serviceError = (name: string, message: string): Error => Object.assign(new Error(message), { name });

/** Training jobs as the service keeps them: one that is asked to stop is stopping until it is looked at again. */
export class TrainingJobs {
  readonly records = new Map<string, Job>();
  /** Errors that the next calls of an operation meet. */
  readonly errors: { [operation: string]: Error[] } = {};

  /** A job that was started for an event of the resource. */
  add(name: string, status: string, properties: unknown, { members = {}, tags = {} }: Given = {}): Job {
    const owner = {
      [OWNER_TAG.stack]: OWNER.stackId,
      [OWNER_TAG.resource]: OWNER.logicalId,
      [OWNER_TAG.identity]: identityOf(properties),
      [OWNER_TAG.request]: 'an earlier request',
      [OWNER_TAG.waits]: `${(properties as JobProperties).Wait?.Seconds !== '0'}`,
    };
    const job = { status, tags: new Map(Object.entries({ ...owner, ...tags })), members: { ...members } };
    this.records.set(name, job);
    return job;
  }

  /** The names and statuses of the jobs that there are. */
  get statuses(): { [name: string]: string } {
    return Object.fromEntries([...this.records].map(([name, { status }]) => [name, status]));
  }

  readonly answer = (operation: string, input: Record<string, any>): Record<string, unknown> => {
    const error = this.errors[operation]?.shift();
    if (error) throw error;
    const name: string = input.TrainingJobName ?? String(input.ResourceArn).replace('arn:', '');
    if (operation === 'CreateTrainingJob') return this.create(name, input);
    if (operation === 'ListTrainingJobs') return this.list(input);
    const job = this.records.get(name);
    if (!job) throw serviceError('ValidationException', 'Requested resource not found.');
    switch (operation) {
      case 'DescribeTrainingJob': return this.describe(name, job);
      case 'StopTrainingJob': return this.move(job, 'InProgress', 'Stopping');
      case 'DeleteTrainingJob': return this.delete(name, job);
      case 'ListTags': return { Tags: [...job.tags].map(([Key, Value]) => ({ Key, Value })) };
      case 'AddTags': for (const { Key, Value } of input.Tags) job.tags.set(Key, Value); return {};
      case 'DeleteTags': for (const key of input.TagKeys) job.tags.delete(key); return {};
      case 'UpdateTrainingJob': return this.update(job, input);
    }
    throw new Error(`the test knows no ${operation}`);
  };

  private create(name: string, { Tags, TrainingJobName: _name, ...members }: Record<string, any>): Record<string, unknown> {
    if (this.records.has(name)) throw serviceError('ResourceInUse', `${name} exists`);
    const tags = new Map<string, string>(Tags.map(({ Key, Value }: Record<string, string>) => [Key, Value]));
    this.records.set(name, { status: 'InProgress', tags, members });
    return { TrainingJobArn: `arn:${name}` };
  }

  private list({ NameContains }: Record<string, any>): Record<string, unknown> {
    const names = [...this.records.keys()].filter((name) => name.includes(NameContains));
    return { TrainingJobSummaries: names.map((name) => this.describe(name, this.records.get(name)!)) };
  }

  private describe(name: string, job: Job): Record<string, unknown> {
    const { status, members } = job;
    if (status === 'Stopping') job.status = 'Stopped';
    return { TrainingJobName: name, TrainingJobArn: `arn:${name}`, TrainingJobStatus: status, ...members };
  }

  private delete(name: string, { status }: Job): Record<string, unknown> {
    if (!FINAL.includes(status)) throw serviceError('ValidationException', `${name} is ${status}`);
    this.records.delete(name);
    return {};
  }

  private update({ members }: Job, { TrainingJobName: _name, ...changes }: Record<string, any>): Record<string, unknown> {
    Object.assign(members, changes);
    if (changes.ResourceConfig?.KeepAlivePeriodInSeconds === 0) members.WarmPoolStatus = { Status: 'Terminated' };
    return {};
  }

  private move(job: Job, from: string, to: string): Record<string, unknown> {
    if (job.status !== from) throw serviceError('ValidationException', `the job is ${job.status}`);
    job.status = to;
    return {};
  }
}

/** A script that is played with jobs as the service keeps them. */
export class JobScript extends Script {
  constructor(readonly jobs = new TrainingJobs()) {
    super(jobs.answer, true);
  }
}
