import {
  CfnDeletionPolicy, CfnResource, Lazy, type Reference, type RemovalPolicy, type ResolutionTypeHint, Stack, type TagManager, Token,
} from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import {
  type ContinuationProperties, JOB_KINDS, type JobKind, type JobProperties, MAX_REQUEST_BYTES, OWNER_TAG, RESOURCE_TYPE,
} from '../contract';
import { identitiesOf } from '../identity';
import { defaultNamePrefix, namesWith } from './job-name';
import { applyRemovalPolicy } from './removal-policy';
import { TEMPLATE_KINDS } from './template-kinds';
import { type WaitSettings, waitViolations, windowsOf } from './windows';
import { isPrecreated } from '../execution-role/execution-role';
import { JobProvider } from '../provider/job-provider';
import type { Validation } from '../validation/construct-validation';
import { propertyOf } from '../validation/property-names';
import { requestViolations } from '../validation/request-violations';
import { environmentOf } from '../validation/stack-environment';
import type { Violation } from '../validation/violation';

/** Values of `rerunTrigger` that look like switches. */
const CONSTANT_TRIGGERS = ['true', 'yes', 'on', '1'];

/** The service's limit. */
const MAX_TAGS = 50;

const GIVEN_BY_THE_FUNCTION = Token.asString({ Ref: 'name' });

export interface JobResourceProps {
  readonly kind: JobKind;
  /** The create request with the member names of the API, without the name of the job and without tags. Rendered at synthesis. */
  readonly request: () => { [member: string]: any };
  /** Collects the violations of the job. */
  readonly validation: Validation;
  readonly tags: TagManager;
  /** The exact name of the job. */
  readonly name?: string;
  /** Default: derived from the names of the stack and the construct. */
  readonly namePrefix?: string;
  readonly rerun?: string;
  /** The members of the request to whose S3 URIs the handler appends the name of the job (`OutputMember` of the contract). */
  readonly outputMember?: string | readonly string[];
  /** Whether all jobs of the construct write to the same location. */
  readonly sharedOutput?: boolean;
  readonly wait: WaitSettings;
  /** The execution role of the job. Default: the kind has none, because another resource has the role. */
  readonly role?: iam.IRole;
  /** The execution role, if the user specified it. Otherwise, `createJobRole` created it. */
  readonly givenRole?: iam.IRole;
  /** Roles that the user specified for parts of the job, in addition to `role`. */
  readonly furtherRoles?: readonly iam.IRole[];
  /** The training plans of a training job. */
  readonly trainingPlanArns?: readonly string[];
  /** The security groups that were created for the job. */
  readonly ownSecurityGroupIds?: readonly string[];
  readonly removalPolicy?: RemovalPolicy;
}

/** The custom resources of a job: one for the job, and one for each additional window of the wait. */
export class JobResource {
  /** The exact name of the job, or the pattern of names with its prefix. */
  readonly namePattern: string;

  private rendered?: { [member: string]: unknown };
  private readonly first: CfnResource;
  private readonly last: CfnResource;
  /** The attributes that are read. */
  private readonly reads = new Set<string>();

  constructor(private readonly scope: Construct, id: string, private readonly props: JobResourceProps) {
    const { kind, name, rerun, wait, role, givenRole, furtherRoles = [] } = props;
    const namePrefix = name === undefined ? props.namePrefix ?? defaultNamePrefix(scope, kind) : undefined;
    this.namePattern = name ?? namesWith(namePrefix!);

    const provider = JobProvider.of(scope);
    provider.permissions.allowJob({
      kind,
      hasRole: role !== undefined,
      givenRole: role && isPrecreated(role) ? role : givenRole,
      furtherRoles,
      trainingPlanArns: props.trainingPlanArns,
      waitsForNetworkInterfaces: props.ownSecurityGroupIds !== undefined,
      namePattern: this.namePattern,
    });
    const violations = waitViolations(wait);
    props.validation.add(() => violations, () => this.tagViolations(), () => this.triggerViolations());
    props.validation.add(() => this.imageViolations(), () => this.sizeViolations(), () => this.requestViolations());

    const isValid = violations.every(({ warning }) => warning !== undefined);
    const [firstWindow, ...furtherWindows] = windowsOf(isValid ? wait : { ...wait, waitForCompletion: false });
    const properties: JobProperties = {
      Request: Lazy.uncachedAny({ produce: ({ preparing }) => this.request(preparing) }) as unknown as JobProperties['Request'],
      NamePrefix: namePrefix,
      Name: name,
      Rerun: rerun,
      OutputMember: props.outputMember,
      SharedOutput: props.sharedOutput ? 'true' : undefined,
      Retain: Lazy.uncachedString({ produce: () => (this.retain() ? 'true' : undefined) }),
      Reads: this.renderedReads,
      SecurityGroups: props.ownSecurityGroupIds,
      History: provider.history.ref,
      Wait: firstWindow,
    };
    this.first = this.resource(id, RESOURCE_TYPE[kind], { ServiceToken: provider.serviceToken, ...properties });
    // The function must be allowed to pass the role, and the role must have its policies, before the job is created.
    this.first.node.addDependency(...role ? [role] : [], ...furtherRoles);

    this.last = furtherWindows.reduce((previous, Wait, index) => {
      const JobName = this.first.ref;
      const continuation: ContinuationProperties = { Kind: kind, JobName, Reads: this.renderedReads, Wait };
      const window = this.resource(`Window${index + 2}`, RESOURCE_TYPE.continuation, { ServiceToken: provider.serviceToken, ...continuation });
      window.node.addDependency(previous);
      return window;
    }, this.first);
    if (props.removalPolicy) applyRemovalPolicy(scope, props.removalPolicy);
  }

  /** The identity of the job, as far as it is known at synthesis. */
  get identity(): string {
    const [Request, Rerun] = Stack.of(this.scope).resolve([this.request(), this.props.rerun ?? '']);
    return identitiesOf(this.props.kind, { Request, Rerun })[0];
  }

  /** The name of the job. Known once the deployment has waited for the job. */
  get ref(): string {
    return this.last === this.first ? this.first.ref : this.getAtt(nameAttribute(this.props.kind));
  }

  /** Returns a described value that is known once the job is created. */
  getAtt(attribute: string): string {
    return this.last.getAtt(attribute).toString();
  }

  /**
   * Returns a described value that is known once the job has ended. Throws an error if the deployment does not wait for the job.
   */
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

  /** A value runs the job again only if it was never used before, so a constant runs it only once. */
  private triggerViolations(): Violation[] {
    const { rerun } = this.props;
    if (rerun === undefined || Token.isUnresolved(rerun) || !CONSTANT_TRIGGERS.includes(rerun.toLowerCase())) return [];
    return [{ property: 'rerunTrigger', rule: 'should be a new value for each run, because a constant runs the job again only once', value: rerun, warning: 'constant-rerun-trigger' }];
  }

  /** Moving a tag to another image does not change the request. */
  private imageViolations(): Violation[] {
    const { kind, rerun } = this.props;
    const request = this.request();
    const moving = TEMPLATE_KINDS[kind].images?.find((path) => valuesAt(request, path).some((image) => typeof image === 'string' && image.endsWith(':latest')));
    if (rerun !== undefined || !moving) return [];
    const advice = 'use a tag that never moves, a digest, or a `rerunTrigger`';
    return [{ property: propertyOf(kind, moving)!.split('.').at(-1)!, rule: 'has the tag `latest`, but a new image with this tag does not run the job again', advice, warning: 'moving-image-tag' }];
  }

  /** The function passes the request to an execution, whose input is limited. */
  private sizeViolations(): Violation[] {
    const request = this.resolvedRequest();
    if (request === undefined) return [];
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

  /** Undefined if the request has a key that is a token, which CDK rejects with an error of its own. */
  private resolvedRequest(): { readonly [member: string]: unknown } | undefined {
    try {
      return Stack.of(this.scope).resolve(this.request());
    } catch {
      return undefined;
    }
  }

  /**
   * Whether the job is kept when the stack is deleted. Policies are read late, so that aspects apply. The rollback of a creation
   * keeps nothing, and a replaced job is stopped.
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
    return requestViolations(kind, { [nameAttribute(kind)]: name, ...this.request() }, environmentOf(this.scope))
      // The number of tags that users can specify is smaller.
      .filter(({ property, rule }) => property !== 'tags' || !rule.startsWith('must have at most'));
  }

  /** Renders the request once for each synthesis: the CDK searches it for references first, and nothing changes after that. */
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

/** Returns all values at a path through lists. */
function valuesAt(value: any, [member, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((part) => valuesAt(part, [member, ...rest]));
  return member === undefined || value === undefined ? [value] : valuesAt(value[member], rest);
}

/** The attribute, and request member, with the name of a job. */
function nameAttribute(kind: JobKind): string {
  return `${JOB_KINDS[kind].noun}Name`;
}

/** A resource that records which of its attributes are read. */
class WatchedResource extends CfnResource {
  constructor(scope: Construct, id: string, type: string, properties: { [name: string]: unknown }, private readonly reads: Set<string>) {
    super(scope, id, { type, properties });
  }

  override getAtt(attributeName: string, typeHint?: ResolutionTypeHint): Reference {
    this.reads.add(attributeName);
    return super.getAtt(attributeName, typeHint);
  }
}
