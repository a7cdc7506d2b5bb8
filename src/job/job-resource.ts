import {
  CfnDeletionPolicy, CfnResource, Lazy, type Reference, RemovalPolicies, RemovalPolicy, type ResolutionTypeHint, Stack, type TagManager, Token,
} from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import {
  type ContinuationProperties, JOB_KINDS, type JobKind, type JobProperties, MAX_REQUEST_BYTES, OWNER_TAG, RESERVED_TAG_PREFIX, RESOURCE_TYPE,
} from '../contract';
import { identitiesOf } from '../identity';
import { defaultNamePrefix, namesWith } from './job-name';
import { type WaitSettings, waitViolations, windowsOf } from './windows';
import { JobProvider } from '../provider/job-provider';
import type { Validation } from '../validation/construct-validation';
import { propertyOf } from '../validation/property-names';
import { requestViolations } from '../validation/request-violations';
import type { Violation } from '../validation/violation';

/** Values of `rerunTrigger` that look as if they switched something on. */
const CONSTANT_TRIGGERS = ['true', 'yes', 'on', '1'];

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
  /** All jobs of the construct write to the same place. */
  readonly sharedOutput?: boolean;
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
  /** The attributes that somebody has asked for. */
  private readonly reads = new Set<string>();

  constructor(private readonly scope: Construct, id: string, private readonly props: JobResourceProps) {
    const { kind, name, rerun, wait, role, givenRole, furtherRoles = [] } = props;
    const namePrefix = name === undefined ? props.namePrefix ?? defaultNamePrefix(scope, kind) : undefined;
    this.namePattern = name ?? namesWith(namePrefix!);

    const provider = JobProvider.of(scope);
    provider.permissions.allowJob({ kind, givenRole, furtherRoles, trainingPlanArns: props.trainingPlanArns, namePattern: this.namePattern });
    const violations = waitViolations(wait);
    props.validation.add(() => violations, () => this.tagViolations(), () => this.triggerViolations());
    props.validation.add(() => this.imageViolations(), () => this.sizeViolations(), () => this.requestViolations());

    const [firstWindow, ...furtherWindows] = violations.length === 0 ? windowsOf(wait) : windowsOf({ ...wait, waitForCompletion: false });
    const properties: JobProperties = {
      Request: Lazy.uncachedAny({ produce: ({ preparing }) => this.request(preparing) }) as unknown as JobProperties['Request'],
      NamePrefix: namePrefix,
      Name: name,
      Rerun: rerun,
      OutputMember: props.outputMember,
      SharedOutput: props.sharedOutput ? 'true' : undefined,
      Retain: Lazy.uncachedString({ produce: () => (this.retain() ? 'true' : undefined) }),
      Reads: this.renderedReads,
      History: provider.history.ref,
      Wait: firstWindow,
    };
    this.first = this.resource(id, RESOURCE_TYPE[kind], { ServiceToken: provider.serviceToken, ...properties });
    // The function must be allowed to pass the role, and the role must have its policies, before the job is created.
    this.first.node.addDependency(role, ...furtherRoles);

    this.last = furtherWindows.reduce((previous, Wait, index) => {
      const JobName = this.first.ref;
      const continuation: ContinuationProperties = { Kind: kind, JobName, Reads: this.renderedReads, Wait };
      const window = this.resource(`Window${index + 2}`, RESOURCE_TYPE.continuation, { ServiceToken: provider.serviceToken, ...continuation });
      window.node.addDependency(previous);
      return window;
    }, this.first);
    // A job that stays goes on to need its role, and the security group that it runs in.
    const { removalPolicy } = props;
    const rendered = removalPolicy === RemovalPolicy.RETAIN ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : removalPolicy;
    if (rendered) RemovalPolicies.of(scope).apply(rendered);
  }

  /** What the result of the job depends on, as far as it is known at synthesis. */
  get identity(): string {
    const [Request, Rerun] = Stack.of(this.scope).resolve([this.request(), this.props.rerun ?? '']);
    return identitiesOf(this.props.kind, { Request, Rerun })[0];
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
    const reserved = Object.keys(this.props.tags.tagValues()).filter((key) => key.startsWith(RESERVED_TAG_PREFIX));
    return [
      ...value > max ? [{ property: 'tags', rule: `at most ${max} tags are allowed (${own} are reserved for ownership)`, value }] : [],
      ...reserved.map((key) => ({ property: 'tags', rule: `keys that begin with '${RESERVED_TAG_PREFIX}' are reserved`, value: key })),
    ];
  }

  /** A value runs the job again only when it was never used before, which a constant is once. */
  private triggerViolations(): Violation[] {
    const { rerun } = this.props;
    if (rerun === undefined || Token.isUnresolved(rerun) || !CONSTANT_TRIGGERS.includes(rerun.toLowerCase())) return [];
    return [{ property: 'rerunTrigger', rule: 'must be a value that was never used before to run the job again', value: rerun, warning: 'constant-rerun-trigger' }];
  }

  /** A tag that moves to another image changes nothing in the request. */
  private imageViolations(): Violation[] {
    const { TrainingJobDefinition, TrainingJobDefinitions, ...request } = this.request() as { [member: string]: any };
    const images = [request, TrainingJobDefinition, ...TrainingJobDefinitions ?? []].map((part) => part?.AlgorithmSpecification?.TrainingImage);
    if (this.props.rerun !== undefined || !images.some((image) => typeof image === 'string' && image.endsWith(':latest'))) return [];
    const advice = 'use a tag that never moves, a digest, or a `rerunTrigger`';
    return [{ property: 'trainingImage', rule: 'has the tag `latest`, so another image does not run the job again', advice, warning: 'moving-image-tag' }];
  }

  /** The function passes the request to an execution, which cannot carry more. */
  private sizeViolations(): Violation[] {
    const request = Stack.of(this.scope).resolve(this.request()) as { [member: string]: unknown };
    const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '');
    if (bytes(request) <= MAX_REQUEST_BYTES) return [];
    const largest = Object.entries(request)
      .sort(([, a], [, b]) => bytes(b) - bytes(a)).slice(0, 3)
      .map(([member, value]) => `${propertyOf(this.props.kind, [member], request) ?? member} (${bytes(value)} bytes)`);
    return [{
      property: 'request',
      rule: `must have at most ${MAX_REQUEST_BYTES} bytes of JSON`,
      value: `${bytes(request)} bytes`,
      advice: `pass large values in S3. Largest properties: ${largest.join(', ')}`,
    }];
  }

  /**
   * Whether the job stays when the stack is deleted. Policies are read late, so that aspects count. A creation that is
   * rolled back leaves nothing, and a job that was replaced is stopped.
   */
  private retain(): boolean {
    const { cfnOptions } = this.first;
    if (cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN) cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    if (cfnOptions.deletionPolicy !== CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE) return false;
    cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
    return true;
  }

  private get renderedReads(): string[] | undefined {
    return Lazy.uncachedList({ produce: () => [...this.reads].sort() }, { omitEmpty: true });
  }

  private requestViolations(): Violation[] {
    const { kind, name = GIVEN_BY_THE_FUNCTION } = this.props;
    return requestViolations(kind, { [nameAttribute(kind)]: name, ...this.request() });
  }

  /** The request, rendered once for a synthesis: CDK begins by looking for references in it, and nothing changes after that. */
  private request(preparing: boolean = false): { [member: string]: unknown } {
    if (preparing) this.rendered = this.renderRequest();
    return this.rendered ?? this.renderRequest();
  }

  private resource(id: string, type: string, properties: { [name: string]: unknown }): CfnResource {
    return new WatchedResource(this.scope, id, type, properties, this.reads);
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

/** A resource that knows which of its attributes somebody has asked for. */
class WatchedResource extends CfnResource {
  constructor(scope: Construct, id: string, type: string, properties: { [name: string]: unknown }, private readonly reads: Set<string>) {
    super(scope, id, { type, properties });
  }

  override getAtt(attributeName: string, typeHint?: ResolutionTypeHint): Reference {
    this.reads.add(attributeName);
    return super.getAtt(attributeName, typeHint);
  }
}
