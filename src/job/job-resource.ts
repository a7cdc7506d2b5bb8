import { CfnResource, Lazy, RemovalPolicies, type RemovalPolicy, type TagManager, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { type ContinuationProperties, JOB_KINDS, type JobKind, type JobProperties, OWNER_TAG, RESOURCE_TYPE } from '../contract';
import { defaultNamePrefix, namesWith } from './job-name';
import { type WaitSettings, waitViolations, windowsOf } from './windows';
import { isPrecreated } from '../execution-role/execution-role';
import { JobProvider } from '../provider/job-provider';
import type { Validation } from '../validation/construct-validation';
import { requestViolations } from '../validation/request-violations';
import { environmentOf } from '../validation/stack-environment';
import type { Violation } from '../validation/violation';

/** The service's limit. */
const MAX_TAGS = 50;

const GIVEN_BY_THE_FUNCTION = Token.asString({ Ref: 'name' });

export interface JobResourceProps {
  readonly kind: JobKind;
  /** The create request in the service's member names, without the job's name and without tags. Rendered at synthesis. */
  readonly request: () => { [member: string]: any };
  /** Collects what is wrong with the job. */
  readonly validation: Validation;
  readonly tags: TagManager;
  /** The job's exact name. */
  readonly name?: string;
  /** Default: from the names of the stack and of the construct. */
  readonly namePrefix?: string;
  readonly rerun?: string;
  /** The member of the request whose S3 URI gets the job's name appended (`OutputMember` of the contract). */
  readonly outputMember?: string;
  readonly wait: WaitSettings;
  /** The role that the job runs with. */
  readonly role: iam.IRole;
  /** The same where the user gave it; else it was made by `createJobRole`. */
  readonly givenRole?: iam.IRole;
  /** Roles that the user gave for parts of the job, besides `role`. */
  readonly furtherRoles?: readonly iam.IRole[];
  /** The training plans that a training job runs on. */
  readonly trainingPlanArns?: readonly string[];
  readonly removalPolicy?: RemovalPolicy;
}

/** The custom resources that stand for one job: the job's own, and one for each further window of waiting. */
export class JobResource {
  /** The job's exact name, or the pattern of the names with its prefix. */
  readonly namePattern: string;

  private rendered?: { [member: string]: unknown };
  private readonly first: CfnResource;
  private readonly last: CfnResource;

  constructor(private readonly scope: Construct, id: string, private readonly props: JobResourceProps) {
    const { kind, name, rerun, wait, role, givenRole, furtherRoles = [] } = props;
    const namePrefix = name === undefined ? props.namePrefix ?? defaultNamePrefix(scope, kind) : undefined;
    this.namePattern = name ?? namesWith(namePrefix!);

    const provider = JobProvider.of(scope);
    provider.permissions.allowJob({ kind, givenRole: isPrecreated(role) ? role : givenRole, furtherRoles, trainingPlanArns: props.trainingPlanArns, namePattern: this.namePattern });
    const violations = waitViolations(wait);
    props.validation.add(() => violations, () => this.tagViolations(), () => this.requestViolations());

    const [firstWindow, ...furtherWindows] = violations.every(({ warning }) => warning !== undefined) ? windowsOf(wait) : windowsOf({ ...wait, waitForCompletion: false });
    const properties: JobProperties = {
      Request: Lazy.uncachedAny({ produce: ({ preparing }) => this.request(preparing) }) as unknown as JobProperties['Request'],
      NamePrefix: namePrefix,
      Name: name,
      Rerun: rerun,
      OutputMember: props.outputMember,
      Wait: firstWindow,
    };
    this.first = this.resource(id, RESOURCE_TYPE[kind], { ServiceToken: provider.serviceToken, ...properties });
    // The function must be allowed to pass the role, and the role must have its policies, before the job is created.
    this.first.node.addDependency(role, ...furtherRoles);

    this.last = furtherWindows.reduce((previous, Wait, index) => {
      const JobName = previous === this.first ? previous.ref : previous.getAtt(nameAttribute(kind)).toString();
      const continuation: ContinuationProperties = { Kind: kind, JobName, Wait };
      return this.resource(`Window${index + 2}`, RESOURCE_TYPE.continuation, { ServiceToken: provider.serviceToken, ...continuation });
    }, this.first);
    // A job that stays goes on to need its role, and the security group that it runs in.
    if (props.removalPolicy) RemovalPolicies.of(scope).apply(props.removalPolicy);
  }

  /** The job's name, known once the deployment has waited for the job. */
  get ref(): string {
    return this.last === this.first ? this.first.ref : this.getAtt(nameAttribute(this.props.kind));
  }

  /** A described value that a job has as soon as it was created. */
  getAtt(attribute: string): string {
    return this.last.getAtt(attribute).toString();
  }

  /** A described value that a job has once it has ended. Reading it from a job that is not waited for is an error. */
  getAttAfterCompletion(attribute: string, property: string): string {
    if (this.props.wait.waitForCompletion) return this.getAtt(attribute);
    return Lazy.uncachedString({
      produce: () => {
        throw new Error(`${this.scope.node.path}: ${property} is known only when the job has ended, and waitForCompletion is false`);
      },
    });
  }

  private tagViolations(): Violation[] {
    const value = Object.keys(this.props.tags.tagValues()).length;
    const own = Object.keys(OWNER_TAG).length;
    const max = MAX_TAGS - own;
    return value > max ? [{ property: 'tags', rule: `at most ${max} tags are allowed (${own} are reserved for ownership)`, value }] : [];
  }

  private requestViolations(): Violation[] {
    const { kind, name = GIVEN_BY_THE_FUNCTION } = this.props;
    return requestViolations(kind, { [nameAttribute(kind)]: name, ...this.request() }, environmentOf(this.scope))
      // The number of tags that users can specify is smaller.
      .filter(({ property, rule }) => property !== 'tags' || !rule.startsWith('must have at most'));
  }

  /** The request, rendered once for a synthesis: CDK begins by looking for references in it, and nothing changes after that. */
  private request(preparing: boolean = false): { [member: string]: unknown } {
    if (preparing) this.rendered = this.renderRequest();
    return this.rendered ?? this.renderRequest();
  }

  private resource(id: string, type: string, properties: { [name: string]: unknown }): CfnResource {
    return new CfnResource(this.scope, id, { type, properties });
  }

  private renderRequest(): { [member: string]: unknown } {
    const tags = Object.entries(this.props.tags.tagValues()).sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      ...this.props.request(),
      Tags: tags.length > 0 ? tags.map(([Key, Value]) => ({ Key, Value })) : undefined,
    };
  }
}

/** The attribute, and the member of the request, that hold the name of a job. */
function nameAttribute(kind: JobKind): string {
  return `${JOB_KINDS[kind].noun}Name`;
}
