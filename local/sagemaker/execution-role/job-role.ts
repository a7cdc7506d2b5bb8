import { validationError } from '../../api/service-error';
import type { SageMakerRecord } from '../record';
import { cannotAssume } from '../refusals';
import type { ExecutionRoles, Need } from './execution-roles';

/** The phases of a job that use its role. */
export type Phase = 'Starting' | 'Downloading' | 'Training' | 'Uploading';

/** The context that the permissions of a request depend on. */
export interface Surroundings {
  readonly region: string;
  readonly account: string;
  readonly jobName: string;
  readonly roleArn: string;
  keyOfBucket(bucketName: string): string | undefined;
}

/** A use of a job's role. */
export interface Use<Request> {
  /** The phase that needs the permission. `aside`: optional while the job runs. */
  readonly when: Phase | 'aside';
  /** The beginning of the failure reason. */
  readonly failure?: string;
  needs(request: Request, surroundings: Surroundings): readonly Need[];
  /** Returns the message if the service checks the permission before it accepts the request. */
  refused?(request: Request, surroundings: Surroundings, denial: string): string;
}

/** A missing permission that a job does not need to succeed. */
export interface Denial {
  readonly resourceArn: string;
  readonly action: string;
  readonly message: string;
}

/** The permissions of a role to write logs. */
export interface LogPermission {
  readonly isWritten: boolean;
  readonly createsGroup: boolean;
}

export interface JobRolesContext {
  readonly roles: ExecutionRoles;
  readonly record: SageMakerRecord;
  readonly onDenied: (denial: Denial) => void;
}

/** The roles of jobs. */
export class JobRoles {
  private isRepeating = false;

  constructor(private readonly context: JobRolesContext) {}

  /** Returns the role of a job or of another resource. */
  of<Request>(resourceArn: string, roleArn: string, request: Request, uses: readonly Use<Request>[]): JobRole<Request> {
    return new JobRole(resourceArn, roleArn, request, uses, this.context, () => this.isRepeating);
  }

  /** Replays accepted requests: their roles are not checked again, even if they have changed since. */
  repeat(doing: () => void): void {
    this.isRepeating = true;
    try {
      doing();
    } finally {
      this.isRepeating = false;
    }
  }
}

/** The role of a running job. */
export class JobRole<Request> {
  private readonly surroundings: Surroundings;

  constructor(
    private readonly resourceArn: string,
    private readonly roleArn: string,
    private readonly request: Request,
    private readonly uses: readonly Use<Request>[],
    private readonly context: JobRolesContext,
    private readonly isAccepted: () => boolean,
  ) {
    const [, , , region, account, resource] = resourceArn.split(':');
    const keyOfBucket = (name: string) => context.roles.keyOfBucket(name);
    this.surroundings = { region, account, roleArn, jobName: resource.split('/').pop()!, keyOfBucket };
  }

  /** Rejects the request if the service checks the role before it accepts the request. */
  check(): void {
    if (this.isAccepted()) return;
    if (!this.context.roles.canAssume(this.roleArn, this.resourceArn)) throw cannotAssume(this.roleArn);
    for (const use of this.uses) {
      const [denied] = use.refused ? this.denials(use) : [];
      if (denied) throw validationError(use.refused!(this.request, this.surroundings, denied.message));
    }
  }

  /** Returns the reason why the job fails in a phase, or nothing if the role allows all actions. */
  failure(phase: Phase): string | undefined {
    return this.context.record.decide('role', `${this.resourceArn} ${phase}`, () => this.decideFailure(phase));
  }

  /** The permissions to write the job's log. */
  logPermission(): LogPermission {
    return this.context.record.decide('logs', this.resourceArn, () => {
      const denied = this.usesIn('aside').flatMap((use) => this.denials(use)).map(({ action }) => action);
      return {
        isWritten: !denied.includes('logs:CreateLogStream') && !denied.includes('logs:PutLogEvents'),
        createsGroup: !denied.includes('logs:CreateLogGroup'),
      };
    });
  }

  private decideFailure(phase: Phase): string | undefined {
    if (phase === 'Starting') this.usesIn('aside').flatMap((use) => this.denials(use)).forEach((denial) => this.context.onDenied(denial));
    for (const use of this.usesIn(phase)) {
      const [denied] = this.denials(use);
      if (denied) return `ClientError: ${use.failure ? `${use.failure}: ` : ''}AccessDenied: ${denied.message}`;
    }
    return undefined;
  }

  private usesIn(when: Use<Request>['when']): readonly Use<Request>[] {
    return this.uses.filter((use) => use.when === when);
  }

  private denials(use: Use<Request>): Denial[] {
    return use.needs(this.request, this.surroundings).flatMap((need) => {
      const message = this.context.roles.refusal(this.roleArn, need);
      return message === undefined ? [] : [{ resourceArn: this.resourceArn, action: need.action, message }];
    });
  }
}
