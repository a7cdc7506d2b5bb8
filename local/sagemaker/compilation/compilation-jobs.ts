import type { CompilationBehaviors } from './compilation-behavior';
import { describeCompilationJob, summarizeCompilationJob } from './compilation-description';
import { CompilationJob } from './compilation-job';
import { checkCompilationJobRules } from './compilation-rules';
import type { CreateCompilationJobRequest } from './compilation-types';
import type { Operation } from '../../api/service';
import { ServiceError, validationError } from '../../api/service-error';
import type { LogSink } from '../../logs';
import { COMPILATION_USES, type JobRoles } from '../execution-role';
import { type Lists, type ListJobsRequest, listed, listJobs } from '../job-lists';
import { JobLog } from '../job-log';
import { type Account, NamedResources } from '../named-resources';
import type { Tags } from '../resource-tags';

interface Named {
  readonly CompilationJobName: string;
}

export interface CompilationJobsContext extends Account, Lists {
  readonly tags: Tags;
  readonly roles: JobRoles;
  readonly logs: LogSink;
  readonly behaviors: () => CompilationBehaviors;
  readonly onTransition: (job: CompilationJob) => void;
}

/** The compilation jobs of an account and Region. */
export class CompilationJobs {
  readonly operations: { readonly [operation: string]: Operation } = {
    CreateCompilationJob: (request: CreateCompilationJobRequest) => this.create(request),
    DescribeCompilationJob: ({ CompilationJobName: name }: Named) => describeCompilationJob(this.jobs.get(name)),
    ListCompilationJobs: (request: ListJobsRequest) => (
      listJobs(listed(this.all(), this.context, 'INPROGRESS'), request, { sortBy: 'CreationTime', sortOrder: 'Ascending' }, 'CompilationJobSummaries', summarizeCompilationJob)
    ),
    StopCompilationJob: ({ CompilationJobName: name }: Named) => this.jobs.get(name).stop(),
    DeleteCompilationJob: ({ CompilationJobName: name }: Named) => this.delete(name),
  };

  private readonly jobs: NamedResources<CompilationJob>;

  constructor(private readonly context: CompilationJobsContext) {
    this.jobs = new NamedResources({
      label: 'Compilation job',
      arnSegment: 'compilation-job',
      notFound: (_, arn) => new ServiceError('ResourceNotFound', `Compilation job not found: ${arn}`),
    }, context);
  }

  all(): CompilationJob[] {
    return this.jobs.all();
  }

  private create(request: CreateCompilationJobRequest) {
    checkCompilationJobRules(request);
    const { clock, tags, roles, behaviors, logs, onTransition } = this.context;
    const { CompilationJobName: name } = request;
    const arn = this.jobs.reserve(name);
    const role = roles.of(arn, request.RoleArn, request, COMPILATION_USES);
    role.check();
    tags.create(arn, request.Tags);
    const log = new JobLog('/aws/sagemaker/CompilationJobs', clock, logs, () => role.logPermission());
    this.jobs.set(name, new CompilationJob(request, arn, behaviors()(request), role, log, clock, onTransition));
    return { CompilationJobArn: arn };
  }

  private delete(name: string): void {
    const job = this.jobs.get(name);
    if (job.running) throw validationError(`The request was rejected because the compilation job is in status ${job.status}.`);
    this.jobs.delete(name);
    this.context.tags.forget(job.arn);
  }
}
