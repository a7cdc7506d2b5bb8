import type { PlainRequest } from './plain-request';
import type { ServiceError } from '../../api/service-error';
import type { JsonObject } from '../../json';
import type { Capacity } from '../capacity';
import type { Use } from '../execution-role';
import type { ListDefaults, ListedJob } from '../resource-lists';

/** The statuses of a kind, by their meaning. A kind without a status of its own for the start has the one of running. */
export interface PlainStatuses {
  readonly starting: string;
  readonly running: string;
  readonly stopping: string;
  readonly completed: string;
  readonly failed: string;
  readonly stopped: string;
}

/** The result of a job. */
export interface PlainBehavior {
  /** The time until the instances are available. Default: 30. */
  readonly startingSeconds?: number;
  /** Default: 10. */
  readonly stoppingSeconds?: number;
  /** The reason for the failure of the job. Default: the job succeeds. */
  readonly failure?: string;
}

/** The scenario of a job. */
export interface PlainScenario extends PlainBehavior {
  /** Default: 120. */
  readonly runningSeconds?: number;
  /** The output of the container: evenly spaced while it runs, when it is stopped, before it fails. Default: none. */
  readonly logs?: { readonly running?: readonly string[]; readonly stopping?: readonly string[]; readonly failed?: readonly string[] };
  /** The reason why no instances are available. Default: they are. */
  readonly provisioningFailure?: string;
  /** The message of the container at its end. Default: none. */
  readonly exitMessage?: string;
  /** The values that the description of the job adds to its request. */
  readonly details?: JsonObject;
}

/** A job as its kind describes it. */
export interface PlainJobState<Request> {
  readonly name: string;
  readonly arn: string;
  readonly request: Request;
  readonly scenario: PlainScenario;
  readonly status: string;
  readonly running: boolean;
  readonly creationTime: number;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly lastModifiedTime: number;
  readonly failureReason: string;
}

/** A kind of job without secondary statuses: it starts, runs, and ends or is stopped. */
export interface PlainKind<Request extends PlainRequest, Behavior> {
  /** The noun of the operations, such as `CompilationJob`. */
  readonly noun: 'CompilationJob' | 'ProcessingJob' | 'TransformJob' | 'OptimizationJob';
  /** The noun in messages, such as `Compilation job`. */
  readonly label: string;
  readonly arnSegment: string;
  readonly logGroup: string;
  readonly statuses: PlainStatuses;
  readonly listDefaults: ListDefaults;
  readonly uses: readonly Use<Request>[];
  /** Adds what the service looks up when it accepts a request. Default: nothing. */
  accept?(request: Request): Request;
  /** Rejects a request that violates a rule of the documentation. */
  check(request: Request): void;
  /** Whether a job matches the filters of the list that only this kind has. Default: it has none. */
  isListed?(request: Request, filters: JsonObject): boolean;
  notFound(name: string, arn: string): ServiceError;
  /** The error for a job to stop. Default: the same. */
  notFoundToStop?(name: string): ServiceError;
  /** Default: the text with the noun. */
  nameInUse?(arn: string): string;
  /** The error for the deletion of a job that has not ended. Default: the service has no operation that deletes jobs. */
  notEnded?(status: string): ServiceError;
  /** The maximum runtime of a job, in seconds. Default: unlimited. */
  limitSeconds?(request: Request): number;
  scenarioOf(behavior: Behavior, request: Request, hasCapacity: Capacity): PlainScenario;
  /** The log streams of a job whose container has started. */
  logStreams(job: PlainJobState<Request>): string[];
  describe(job: PlainJobState<Request>): JsonObject;
  summarize(job: ListedJob<PlainJobState<Request>>): JsonObject;
}
