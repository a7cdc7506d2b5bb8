import { PlainJob } from './plain-job';
import type { PlainKind } from './plain-kind';
import type { PlainRequest } from './plain-request';
import type { Operation } from '../../api/service';
import type { JsonObject } from '../../json';
import type { LogSink } from '../../logs';
import type { Capacity } from '../capacity';
import type { JobRoles } from '../execution-role';
import { JobLog } from '../job-log';
import { type Account, NamedResources } from '../named-resources';
import { type ListRequest, type Lists, listedJobs, listResources } from '../resource-lists';
import type { Tags } from '../resource-tags';

export interface PlainJobsContext<Request extends PlainRequest, Behavior> extends Account, Lists {
  readonly tags: Tags;
  readonly roles: JobRoles;
  readonly logs: LogSink;
  readonly hasCapacity: Capacity;
  readonly behaviorOf: (name: string, request: Request) => Behavior;
  readonly onTransition: (job: PlainJob<Request>) => void;
}

type Named = { readonly [member: string]: string };

/** The jobs of a kind without secondary statuses, in an account and Region. */
export class PlainJobs<Request extends PlainRequest, Behavior> {
  readonly operations: { readonly [operation: string]: Operation };

  private readonly jobs: NamedResources<PlainJob<Request>>;
  private readonly nameMember: string;

  constructor(private readonly kind: PlainKind<Request, Behavior>, private readonly context: PlainJobsContext<Request, Behavior>) {
    const { noun } = kind;
    this.nameMember = `${noun}Name`;
    this.jobs = new NamedResources(kind, context);
    const named = (request: Named) => this.jobs.get(request[this.nameMember]);
    this.operations = {
      [`Create${noun}`]: (request: Request) => this.create(request),
      [`Describe${noun}`]: (request: Named) => kind.describe(named(request)),
      [`List${noun}s`]: (request: ListRequest & JsonObject) => {
        const found = listedJobs(this.all(), context, kind.statuses.running).filter(({ job }) => kind.isListed?.(job.request, request) ?? true);
        return listResources(found, request, kind.listDefaults, `${noun}Summaries`, (job) => kind.summarize(job));
      },
      [`Stop${noun}`]: (request: Named) => {
        const name = request[this.nameMember];
        if (kind.notFoundToStop && !this.jobs.has(name)) throw kind.notFoundToStop(name);
        named(request).stop();
      },
      ...kind.notEnded && { [`Delete${noun}`]: (request: Named) => this.delete(named(request)) },
    };
  }

  all(): PlainJob<Request>[] {
    return this.jobs.all();
  }

  private create(given: Request) {
    const { kind } = this;
    const request = kind.accept?.(given) ?? given;
    kind.check(request);
    const { behaviorOf, clock, hasCapacity, logs, onTransition, roles, tags } = this.context;
    const name = request[this.nameMember] as string;
    const arn = this.jobs.reserve(name);
    const role = roles.of(arn, request.RoleArn, request, kind.uses);
    role.check();
    tags.create(arn, request.Tags);
    const log = new JobLog(kind.logGroup, clock, logs, () => role.logPermission());
    const scenario = kind.scenarioOf(behaviorOf(name, request), request, hasCapacity);
    this.jobs.set(name, new PlainJob(name, request, arn, kind, scenario, role, log, clock, onTransition));
    return { [`${kind.noun}Arn`]: arn };
  }

  private delete(job: PlainJob<Request>): void {
    if (job.running) throw this.kind.notEnded!(job.status);
    this.jobs.delete(job.name);
    this.context.tags.forget(job.arn);
  }
}
