import { readReleased, releases } from './released';
import { advance } from '../../lambda/advance';
import type { Step } from '../../lambda/events';
import type { Services } from '../../lambda/handler-services';
import { OWNER_TAG, RESOURCE_TYPE } from '../../src/contract';

/** A step that the handler of a release was given by an execution, and when. */
interface ReleasedStep {
  readonly time: number;
  readonly step: Step;
}

interface Fate {
  readonly calls: string[];
  readonly answers: { readonly Status: string; readonly PhysicalResourceId: string; readonly Reason?: string }[];
}

/** Goes on with an execution until it is done. The job that it knows runs, and ends as it is asked to, or by itself. */
async function goOn({ time, step: { event, memo, error } }: ReleasedStep): Promise<Fate> {
  const fate: Fate = { calls: [], answers: [] };
  const known = memo.jobName ?? (event.ResourceProperties.JobName as string | undefined) ?? event.PhysicalResourceId;
  const jobs = new Map<string, string>(known === undefined ? [] : [[known, 'InProgress']]);
  const find = (name: string) => {
    if (!jobs.has(name)) throw Object.assign(new Error('Requested resource not found.'), { name: 'ValidationException' });
    return {
      TrainingJobName: name,
      TrainingJobArn: name,
      TrainingJobStatus: jobs.get(name),
      CreationTime: new Date(memo.trackedSince ?? memo.sentAt),
      ...jobs.get(name) === 'Completed' && { ModelArtifacts: { S3ModelArtifacts: `s3://results/${name}` } },
    };
  };
  const tags = [
    { Key: OWNER_TAG.stack, Value: event.StackId },
    { Key: OWNER_TAG.resource, Value: event.LogicalResourceId },
    { Key: OWNER_TAG.request, Value: event.RequestId },
  ];
  let now = time;
  const services: Services = {
    region: 'eu-west-1',
    functionTimeout: 60,
    networkInterfacesOf: async () => [],
    now: () => now,
    executions: { start: async () => undefined, running: async () => [], since: async () => [], stop: async () => undefined },
    respond: async (_url, body) => void fate.answers.push(JSON.parse(body) as Fate['answers'][number]),
    sageMaker: {
      async call(operation, { TrainingJobName: name }) {
        fate.calls.push(operation);
        switch (operation) {
          case 'DescribeTrainingJob': return find(name as string);
          case 'CreateTrainingJob': jobs.set(name as string, 'Completed'); return {};
          case 'StopTrainingJob': jobs.set(name as string, 'Stopped'); return {};
          case 'DeleteTrainingJob': jobs.delete(name as string); return {};
          default: return { Tags: tags };
        }
      },
    },
  };
  let next: Step = { event, memo, error };
  for (let steps = 0; steps < 100 && !next.done; steps++) {
    const { event: same, memo: remembered, wait, done } = JSON.parse(JSON.stringify(await advance(next, services))) as Step;
    next = { event: same, memo: remembered, done };
    now += (wait ?? 0) * 1000;
    if (steps === 1) for (const [name, status] of jobs) jobs.set(name, status === 'InProgress' ? 'Completed' : status);
  }
  expect(next.done).toBe(true);
  return fate;
}

describe.each(releases)('an execution that release %s has begun', (release) => {
  const steps = readReleased<ReleasedStep[]>(release, 'steps.json')
    .map((entry, index) => [`${index}: ${entry.step.event.RequestType} of ${entry.step.event.ResourceType} with ${Object.keys(entry.step.memo).join(', ')}`, entry] as const);

  test.each(steps)('goes on with this one (%s)', async (_what, entry) => {
    const { event, memo, error } = entry.step;
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const { calls, answers } = await goOn(structuredClone(entry));

    expect(answers).toHaveLength(1);
    const [{ Status, PhysicalResourceId, Reason }] = answers;
    expect(Status).toBe(memo.failure === undefined && error === undefined ? 'SUCCESS' : 'FAILED');
    if (memo.failure !== undefined) expect(Reason).toContain(memo.failure);
    // An execution that knows its job starts no other one.
    expect(calls.filter((operation) => operation === 'CreateTrainingJob')).toHaveLength(memo.jobName === undefined && startsJob(entry.step) ? 1 : 0);
    if (memo.jobName !== undefined && event.ResourceType === RESOURCE_TYPE.trainingJob) expect(PhysicalResourceId).toBe(memo.jobName);
    // Only the history deletes records.
    if (event.ResourceType !== RESOURCE_TYPE.jobHistory) expect(calls).not.toContain('DeleteTrainingJob');
  });
});

/** The event asks for a job that is not there. */
function startsJob({ event }: Step): boolean {
  if (event.ResourceType !== RESOURCE_TYPE.trainingJob || event.RequestType === 'Delete') return false;
  const variant = (properties: unknown) => (properties as { Request: { HyperParameters: object } }).Request.HyperParameters;
  return event.RequestType === 'Create' || JSON.stringify(variant(event.ResourceProperties)) !== JSON.stringify(variant(event.OldResourceProperties));
}
