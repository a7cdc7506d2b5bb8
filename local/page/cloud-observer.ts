import { EventEmitter } from 'node:events';
import { descriptionOf, metricsOf } from './job-description';
import { JobOwners } from './job-owners';
import type { CallView, CloudView, EventView, FaultView, JobDetails, JobView, PhaseView, ResourceView, StackView } from './view-model';
import { type ResourcePeriod, resourcePeriods, waitingPeriods } from './waiting-periods';
import type { Call } from '../api/service';
import type { LocalCloud } from '../cloud';
import type { CloudFormation, StackState } from '../cloudformation';
import type { TemplateBody } from '../cloudformation/template-body';
import { environmentName } from '../environments/account-region';
import type { LocalEnvironment } from '../environments/local-environment';
import { resourceOf } from '../faults/occasion';
import type { JsonObject } from '../json';
import type { JobTransition } from '../sagemaker';
import { isQuiet, isRunning, redactText } from '../watch';

/** The number of calls, faults, events of a stack and lines of a log that the page shows. */
const KEPT = { calls: 1000, faults: 500, events: 500, logLines: 500 };

const FINAL = /^(completed|failed|stopped)$/i;

/** A call, with the time and the caller that the page shows. */
interface KeptCall {
  readonly id: number;
  readonly call: Call;
  readonly caller: string;
}

/** Returns the job and the stack that a resource, or another one, belongs to. */
type Related = (resource: string, other: string) => { readonly jobArn?: string; readonly stackId?: string };

/**
 * The state of a local cloud for the page. This is the only module of the page that reads the cloud. It changes nothing in
 * the cloud, and its work takes no virtual time.
 */
export class CloudObserver extends EventEmitter<{ change: [] }> {
  private readonly calls: KeptCall[] = [];
  private readonly owners = new JobOwners();
  private callCount = 0;
  /** The resources of the last template of each stack. */
  private readonly templates = new Map<string, { readonly template: string; readonly resources: ReadonlyArray<Pick<ResourceView, 'logicalId' | 'type'>> }>();

  constructor(private readonly cloud: LocalCloud) {
    super();
    for (const environment of cloud.environments.all()) this.follow(environment);
    cloud.environments.on('added', (environment) => this.follow(environment));
    cloud.faults.on('fault', () => this.emit('change'));
    cloud.endpoint.on('call', (call) => this.keep(call));
  }

  get now(): number {
    return this.cloud.clock.now();
  }

  view(): CloudView {
    const { cloud: { account, region, clock } } = this;
    const environments = this.cloud.environments.all();
    const stacks = environments.flatMap((environment) => environment.cloudFormation.list().map((stack) => ({ environment, stack })));
    for (const { stack } of stacks) this.owners.note(stack);
    const periods = new Map(stacks.map(({ stack }) => [stack.stackId, resourcePeriods(stack)]));
    const jobs = environments.flatMap((environment) => this.jobsOf(environment, periods));
    const arns = new Map(jobs.flatMap(({ name, arn }) => [[name, arn], [arn, arn]]));
    const stacksOfJobs = new Map(jobs.map(({ arn, stackId }) => [arn, stackId]));
    const stackOf = new Map(stacks.flatMap(({ stack: { stackId, stackName, resources } }) => (
      [stackName, stackId, ...Object.values(resources).map(({ physicalId }) => physicalId)].map((name) => [name, stackId]))));
    const related: Related = (resource, other) => {
      const jobArn = arns.get(resource);
      const stackId = (jobArn && stacksOfJobs.get(jobArn)) ?? stackOf.get(other) ?? stackOf.get(resource);
      return { ...jobArn !== undefined && { jobArn }, ...stackId !== undefined && { stackId } };
    };
    return {
      account,
      region,
      now: clock.now(),
      speed: clock.speed,
      stacks: stacks.map(({ environment, stack }) => this.stackView(environment, stack)),
      jobs,
      calls: this.calls.map((kept) => callView(kept, related)),
      faults: this.cloud.faults.injected.flatMap(({ name, occasion: { moment, operation, resource, caller }, time }, id): FaultView[] => {
        if (moment === 'call') return [];
        return [{ id, time: time.getTime(), name, operation, resource, ...related(resource, resource), ...caller !== '' && { stackId: caller } }];
      }).slice(-KEPT.faults),
    };
  }

  /** Returns the details of a job, or nothing if it does not exist. */
  job(arn: string): JobDetails | undefined {
    const [, , , region, account] = arn.split(':');
    const environment = this.cloud.environments.all().find((candidate) => candidate.account === account && candidate.region === region);
    const transition = environment?.sagemaker.transitions.findLast(({ jobArn }) => jobArn === arn);
    if (!environment || !transition) return undefined;
    const { kind, jobName, describe } = transition;
    const description = describe();
    return {
      arn,
      ...typeof description.FailureReason === 'string' && description.FailureReason !== '' && { failureReason: redactText(description.FailureReason) },
      description: descriptionOf(description),
      metrics: metricsOf(description),
      log: environment.logs.ofJob(`/aws/sagemaker/${kind}s`, jobName, KEPT.logLines)
        .map(({ sequence, clockTime, message }) => ({ id: sequence, time: clockTime, text: redactText(message) })),
    };
  }

  private follow(environment: LocalEnvironment): void {
    const { cloudFormation, sagemaker } = environment;
    for (const { jobArn } of sagemaker.transitions) this.owners.noteJob(jobArn, sagemaker);
    for (const stack of cloudFormation.list()) this.owners.note(stack);
    cloudFormation.on('change', (stack) => {
      this.owners.note(stack);
      this.emit('change');
    });
    cloudFormation.on('event', () => this.emit('change'));
    sagemaker.on('transition', ({ jobArn }) => {
      this.owners.noteJob(jobArn, sagemaker);
      this.emit('change');
    });
  }

  private keep(call: Call): void {
    if (isQuiet(call)) return;
    const caller = this.cloud.environments.functionWith(call.caller)?.functionName ?? 'client';
    this.calls.push({ id: this.callCount++, call, caller });
    this.calls.splice(0, this.calls.length - KEPT.calls);
    this.emit('change');
  }

  private stackView(environment: LocalEnvironment, stack: StackState): StackView {
    const { stackId, stackName, parentId, status, outputs } = stack;
    const nameOf = (logicalId: string) => (logicalId === stackName ? stackName : this.owners.constructName(stackId, logicalId));
    return {
      id: stackId,
      name: stackName,
      environment: environmentName(environment),
      ...parentId !== undefined && { parentId },
      status,
      isInProgress: status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS',
      ...failureOf(stack),
      outputs: outputs.map(({ key, value }) => ({ key, value: redactText(String(value)) })),
      resources: resourcesOf(stack, status === 'DELETE_COMPLETE' ? [] : this.templateResources(environment.cloudFormation, stack), nameOf),
      events: stack.events.slice(-KEPT.events).map((event): EventView => ({
        id: event.eventId,
        time: Date.parse(event.timestamp),
        logicalId: event.logicalResourceId,
        name: nameOf(event.logicalResourceId),
        type: event.resourceType,
        status: event.resourceStatus,
        ...event.resourceStatusReason && { reason: redactText(event.resourceStatusReason) },
        isOfStack: event.physicalResourceId === stackId,
      })),
    };
  }

  /** The resources of a template. A template with an error has none. */
  private templateResources(cloudFormation: CloudFormation, stack: StackState): ReadonlyArray<Pick<ResourceView, 'logicalId' | 'type'>> {
    const { stackId, template } = stack;
    const last = this.templates.get(stackId);
    if (last?.template === template) return last.resources;
    const resources = resourcesIn(() => cloudFormation.processedTemplate(stack));
    this.templates.set(stackId, { template, resources });
    return resources;
  }

  private jobsOf(environment: LocalEnvironment, periods: ReadonlyMap<string, readonly ResourcePeriod[]>): JobView[] {
    const byArn = Map.groupBy(environment.sagemaker.transitions, ({ jobArn }) => jobArn);
    return [...byArn].map(([arn, transitions]): JobView => {
      const { kind, jobName, status, describe } = transitions.at(-1)!;
      const { stackId, logicalId, parentArn } = this.owners.ownerOf(arn, transitions[0]);
      const phases = phasesOf(transitions);
      const constructName = stackId !== undefined && logicalId !== undefined ? this.owners.constructName(stackId, logicalId) : undefined;
      const runs = isRunning(status);
      const period = { from: phases[0].from, to: runs ? Infinity : phases.at(-1)!.from };
      return {
        arn,
        name: jobName,
        kind,
        environment: environmentName(environment),
        ...stackId !== undefined && { stackId },
        ...logicalId !== undefined && { logicalId },
        ...constructName !== undefined && { constructName },
        ...parentArn !== undefined && { parentArn },
        status,
        isRunning: runs,
        hasFailed: /^failed$/i.test(status),
        phases,
        windows: waitingPeriods(periods.get(stackId ?? '') ?? [], { name: jobName, logicalId, period }, this.owners),
        ...kind === 'HyperParameterTuningJob' && { progress: progressOf(describe()) },
      };
    });
  }
}

function callView({ id, call: { service, operation, input, outcome, time, fault }, caller }: KeptCall, related: Related): CallView {
  const resource = service === 's3' ? [input.Bucket, input.Key].filter(Boolean).join('/') : resourceOf(operation, input);
  return {
    id,
    time: time.getTime(),
    caller,
    service,
    operation,
    resource: redactText(resource),
    ...'error' in outcome && { error: redactText([outcome.error.code, outcome.error.message].filter(Boolean).join(': ')) },
    isFaulty: fault !== undefined,
    ...related(resource, caller),
  };
}

/** The phases between the transitions of a job. A job can begin again under the same name after it was deleted. */
function phasesOf(transitions: readonly JobTransition[]): PhaseView[] {
  return transitions.map(({ status, secondaryStatus, message, time }, index): PhaseView => {
    const from = time.getTime();
    const next = transitions[index + 1]?.time.getTime();
    const to = FINAL.test(status) ? from : next ?? (isRunning(status) ? undefined : from);
    return {
      name: secondaryStatus ?? status,
      from,
      ...to !== undefined && { to },
      ...message && { message: redactText(message) },
    };
  });
}

/** The first reason since the operation began, which is the cause of the others. */
function failureOf({ events, stackId, status }: StackState): { readonly failure?: string } {
  if (!/ROLLBACK|FAILED/.test(status)) return {};
  const began = events.findLastIndex(({ physicalResourceId, resourceStatus }) => (
    physicalResourceId === stackId && /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(resourceStatus)));
  const cause = events.slice(Math.max(0, began)).find(({ resourceStatus, resourceStatusReason }) => resourceStatus.endsWith('_FAILED') && resourceStatusReason);
  // The reason of a custom resource has a prefix and a suffix of CloudFormation.
  const [, reason = cause?.resourceStatusReason] = /^Received response status \[FAILED\] from custom resource\. Message returned: (.*?)(?: \(RequestId: [^)]*\))?$/s.exec(cause?.resourceStatusReason ?? '') ?? [];
  return cause ? { failure: `${cause.logicalResourceId}: ${redactText(reason!)}` } : {};
}

/** The resources of a stack, and the ones of its template that have no state. */
function resourcesOf(
  { resources }: StackState, inTemplate: ReadonlyArray<Pick<ResourceView, 'logicalId' | 'type'>>, nameOf: (logicalId: string) => string,
): ResourceView[] {
  const begun = Object.values(resources).map(({ logicalId, type, status, statusReason, physicalId, timestamp }): ResourceView => ({
    logicalId,
    name: nameOf(logicalId),
    type,
    status,
    ...statusReason && { reason: redactText(statusReason) },
    ...physicalId !== undefined && { physicalId },
    ...timestamp !== undefined && { time: Date.parse(timestamp) },
  }));
  const others = inTemplate.filter(({ logicalId }) => !Object.hasOwn(resources, logicalId));
  return [...begun, ...others.map((resource) => ({ ...resource, name: nameOf(resource.logicalId) }))];
}

function resourcesIn(template: () => string): Array<Pick<ResourceView, 'logicalId' | 'type'>> {
  try {
    const { Resources = {} } = JSON.parse(template()) as Pick<TemplateBody, 'Resources'>;
    return Object.entries(Resources).map(([logicalId, { Type }]) => ({ logicalId, type: Type }));
  } catch {
    return [];
  }
}

function progressOf(description: JsonObject): JobView['progress'] {
  const { TrainingJobStatusCounters: counters, BestTrainingJob: best, HyperParameterTuningJobConfig: config } = description as {
    readonly TrainingJobStatusCounters?: { readonly [status: string]: number };
    readonly BestTrainingJob?: { readonly FinalHyperParameterTuningJobObjectiveMetric?: { readonly MetricName: string; readonly Value: number } };
    readonly HyperParameterTuningJobConfig?: { readonly ResourceLimits?: { readonly MaxNumberOfTrainingJobs?: number } };
  };
  const { InProgress: _, ...ended } = counters ?? {};
  const objective = best?.FinalHyperParameterTuningJobObjectiveMetric;
  return {
    ended: Object.values(ended).reduce((sum, count) => sum + count, 0),
    total: config?.ResourceLimits?.MaxNumberOfTrainingJobs,
    ...objective && { metric: objective.MetricName, best: objective.Value },
  };
}
