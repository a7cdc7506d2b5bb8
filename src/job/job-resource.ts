import {
  CfnDeletionPolicy, CfnResource, type ICfnResourceOptions, Lazy, type Reference, type RemovalPolicy, Stack, type TagManager, Token, Tokenization,
} from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import {
  type ContinuationProperties, JOB_KINDS, type JobKind, type JobProperties, type KindOfJob, MAX_REQUEST_BYTES, OWNER_TAG, RESOURCE_TYPE,
  type WaitProperties,
} from '../contract';
import { identitiesOf } from '../identity';
import { defaultNamePrefix, namesWith } from './job-name';
import { JobValue, type ReadJob, type Strength } from './job-value';
import { applyRemovalPolicy } from './removal-policy';
import { nonEmpty, withTags } from './request-members';
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

const NOT_KNOWN_YET = 'must not be read if `waitForCompletion` is false, because it is known only after the job has ended';

const GIVEN_BY_THE_FUNCTION = Token.asString({ Ref: 'name' });

export interface JobResourceProps {
  readonly kind: JobKind;
  /** The create request with the member names of the API, without the name of the job and without tags. Rendered at synthesis. */
  readonly request: () => { [member: string]: any };
  /** The props of the construct, for messages. */
  readonly props: object;
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

/** The use of an attribute of a job. */
interface AttributeUse {
  value?: JobValue;
  /** Whether the template reads the value. */
  isRead?: boolean;
  /** The value for a job without the attribute. Its value is undefined if such a job is an error. */
  fallback?: { readonly value?: string };
}

/**
 * The custom resources of a job: one for the job, and one for each additional window of the wait. The last one has the values. For
 * other stacks, its logical ID does not depend on the number of windows: for a job with one window, it exists only if another stack
 * reads a value.
 */
export class JobResource implements ReadJob {
  /** The exact name of the job, or the pattern of names with its prefix. */
  readonly namePattern: string;
  strength?: Strength;
  isRendered = false;

  private rendered?: { [member: string]: unknown };
  private readonly first: WatchedResource;
  private readonly firstWindow: WaitProperties;
  private readonly windows: Window[] = [];
  private readonly hasOneWindow: boolean;
  /** The properties that are read although the deployment does not wait for the job. */
  private readonly readTooEarly: string[] = [];
  private readonly uses = new Map<string, AttributeUse>();
  private isReadElsewhere = false;

  constructor(readonly scope: Construct, id: string, private readonly props: JobResourceProps) {
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
      namePattern: this.namePattern,
    });
    const violations = waitViolations(wait);
    props.validation.add(() => [
      ...violations,
      ...this.tagViolations(),
      ...this.triggerViolations(),
      ...this.imageViolations(),
      ...this.sizeViolations(),
      ...this.requestViolations(),
      ...this.readTooEarly.map((property) => ({ property, rule: NOT_KNOWN_YET })),
    ]);

    const isValid = violations.every(({ warning }) => warning !== undefined);
    const [firstWindow, ...furtherWindows] = windowsOf(isValid ? wait : { ...wait, waitForCompletion: false });
    const properties: JobProperties = {
      Request: Lazy.uncachedAny({ produce: ({ preparing }) => this.request(preparing) }) as unknown as JobProperties['Request'],
      NamePrefix: namePrefix,
      Name: name,
      Rerun: rerun,
      OutputMember: props.outputMember,
      SharedOutput: props.sharedOutput ? 'true' : undefined,
      Retain: Lazy.uncachedString({ produce: () => (this.settleOptions() ? 'true' : undefined) }),
      ...this.renderedReads,
      SecurityGroups: props.ownSecurityGroupIds,
      History: provider.historyRef,
      Wait: firstWindow,
    };
    this.first = new WatchedResource(scope, id, RESOURCE_TYPE[kind], { ServiceToken: provider.serviceToken, ...properties }, this);
    // The function must be allowed to pass the role, and the role must have its policies, before the job is created.
    this.first.node.addDependency(...role ? [role] : [], ...furtherRoles);

    this.firstWindow = firstWindow;
    this.hasOneWindow = furtherWindows.length === 0;
    for (const [index, window] of furtherWindows.entries()) {
      const windowId = index < furtherWindows.length - 1 ? `Window${index + 2}` : 'Result';
      this.windows.push(this.createWindow(windowId, window, this.windows.at(-1) ?? this.first));
    }
    if (props.removalPolicy) applyRemovalPolicy(scope, props.removalPolicy);
  }

  /** The identity of the job, as far as it is known at synthesis. */
  get identity(): string {
    const [Request, Rerun] = Stack.of(this.scope).resolve([this.request(), this.props.rerun ?? '']);
    return identitiesOf(this.props.kind, { Request, Rerun })[0];
  }

  /** The name of the job. Known once the deployment has waited for the job. */
  get ref(): string {
    return this.getAtt(nameAttribute(this.props.kind));
  }

  /** Returns a described value that is known once the job is created. */
  getAtt(attribute: string): string {
    return this.valueOf(attribute).toString();
  }

  /** Returns a value of the job as a reference, which is the same one for each call. */
  valueOf(attribute: string): Reference {
    return this.use(attribute).value ??= new JobValue(this, this.last(true), attribute);
  }

  read(attribute: string, isPreparing: boolean, isElsewhere: boolean): Reference {
    if (isPreparing) this.isReadElsewhere ||= isElsewhere && this.props.wait.waitForCompletion;
    const resource = this.last(isElsewhere);
    if (resource === this.first && attribute === nameAttribute(this.props.kind)) return Tokenization.reverse(this.first.ref) as Reference;
    if (isPreparing) this.use(attribute).isRead = true;
    return resource.ownAtt(attribute);
  }

  /** Specifies the value of an attribute that the job may lack. */
  setFallback(attribute: string, fallback: string | undefined, property: string): void {
    const words = (value?: string) => {
      // Two tokens can have the same value.
      const resolved = Stack.of(this.scope).resolve(value);
      return resolved === undefined ? 'none' : typeof resolved === 'string' ? resolved : JSON.stringify(resolved);
    };
    const use = this.use(attribute);
    const [earlier, later] = [use.fallback?.value, fallback].map(words);
    if (use.fallback && earlier !== later) {
      throw new Error(`${this.scope.node.path}: ${property}: must have the same fallback everywhere; got ${earlier} and ${later}`);
    }
    use.fallback = { value: fallback };
  }

  /** Returns a described value that is known once the job has ended. Reading it is a violation if the deployment does not wait for the job. */
  getAttAfterCompletion(attribute: string, property: string): string {
    if (this.props.wait.waitForCompletion) return this.getAtt(attribute);
    return Lazy.uncachedString({
      produce: ({ preparing }) => {
        this.readTooEarly.push(property);
        // CDK searches for references first, then validates all constructs, and then renders the templates.
        if (!preparing) throw new Error(`${this.scope.node.path}: ${property}: ${NOT_KNOWN_YET}`);
        return '';
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

  /** The size of an event is limited. CloudFormation converts all scalars to strings, which have at most three times as many bytes. */
  private sizeViolations(): Violation[] {
    const request = this.resolvedRequest();
    if (request === undefined || 3 * Buffer.byteLength(JSON.stringify(request)) <= MAX_REQUEST_BYTES) return [];
    const asString = (_member: string, value: unknown) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);
    const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value, asString) ?? '');
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
   * Passes the options of the job's resource to the windows, and returns whether the job is kept when the stack is deleted. Options
   * are read late, so that aspects apply. The rollback of a creation keeps nothing, and a replaced job is stopped.
   */
  private settleOptions(): boolean {
    const { cfnOptions } = this.first;
    this.windows.forEach((window) => window.takeOptions(cfnOptions));
    if (cfnOptions.deletionPolicy === CfnDeletionPolicy.RETAIN) cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    if (cfnOptions.deletionPolicy !== CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE) return false;
    cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
    return true;
  }

  /** The attributes that the template reads, which are known once the CDK has searched it for references. */
  private get renderedReads(): Pick<JobProperties, 'Reads' | 'Fallbacks'> {
    return {
      Reads: Lazy.uncachedList({
        produce: ({ preparing }) => {
          this.isRendered ||= !preparing;
          return this.reads.map(([attribute]) => attribute);
        },
      }, { omitEmpty: true }),
      Fallbacks: Lazy.uncachedAny({ produce: () => nonEmpty(Object.fromEntries(this.readFallbacks)) }) as unknown as JobProperties['Fallbacks'],
    };
  }

  /** The attributes that the template reads, by name. */
  private get reads(): [string, AttributeUse][] {
    return [...this.uses].filter(([, { isRead }]) => isRead).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private get readFallbacks(): [string, string][] {
    return this.reads.flatMap(([attribute, { fallback }]) => (fallback?.value === undefined ? [] : [[attribute, fallback.value]]));
  }

  private use(attribute: string): AttributeUse {
    const use = this.uses.get(attribute) ?? {};
    this.uses.set(attribute, use);
    return use;
  }

  /** The members of the request that determine the locations of outputs. */
  private get renderedOutput(): Pick<ContinuationProperties, 'Output' | 'OutputMember'> {
    const { outputConfig }: KindOfJob = JOB_KINDS[this.props.kind];
    if (outputConfig === undefined) return {};
    const Output = { [outputConfig]: Lazy.uncachedAny({ produce: () => this.request()[outputConfig] }) };
    return { Output, OutputMember: this.props.outputMember };
  }

  /** The resource that waits to the end, for the stack of the job or for other stacks. */
  private last(isElsewhere: boolean): WatchedResource | Window {
    if (this.hasOneWindow && !(isElsewhere && this.props.wait.waitForCompletion)) return this.first;
    if (this.windows.length === 0) this.windows.push(this.createWindow('Result', this.firstWindow, this.first));
    return this.windows.at(-1)!;
  }

  /** Creates a further window. The one of a job with one window exists only if a value is read. */
  private createWindow(id: string, Wait: WaitProperties, previous: WatchedResource | Window): Window {
    const { props: { kind }, scope } = this;
    const continuation: ContinuationProperties = { Kind: kind, JobName: this.first.ref, ...this.renderedReads, ...this.renderedOutput, Wait };
    const window = new Window(scope, id, { ServiceToken: JobProvider.of(scope).serviceToken, ...continuation },
      () => !this.hasOneWindow || this.isReadElsewhere);
    window.node.addDependency(previous);
    return window;
  }

  private requestViolations(): Violation[] {
    const { kind, name = GIVEN_BY_THE_FUNCTION, props } = this.props;
    return requestViolations(kind, { [nameAttribute(kind)]: name, ...this.request() }, props, environmentOf(this.scope))
      // The number of tags that users can specify is smaller.
      .filter(({ property, rule }) => property !== 'tags' || !rule.startsWith('must have at most'));
  }

  /** Renders the request once for each synthesis: the CDK searches it for references first, and nothing changes after that. */
  private request(preparing: boolean = false): { [member: string]: unknown } {
    if (preparing) this.rendered = this.renderRequest();
    return this.rendered ?? this.renderRequest();
  }

  private renderRequest(): { [member: string]: unknown } {
    return withTags(this.props.request(), this.props.tags);
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

/** The resource of a job, whose attributes are values of the job. */
class WatchedResource extends CfnResource {
  constructor(scope: Construct, id: string, type: string, properties: { [name: string]: unknown }, private readonly job: JobResource) {
    super(scope, id, { type, properties });
    // `CrossStackReferences.of(job).produce()` of newer CDK releases calls this method.
    Object.assign(this, { applyCrossStackReferenceStrength: (strength: Strength) => { job.strength = strength; } });
  }

  override getAtt(attributeName: string): Reference {
    return this.job.valueOf(attributeName);
  }

  ownAtt(attributeName: string): Reference {
    return super.getAtt(attributeName);
  }
}

/** The resource of a further window, with the options of the job's resource. */
class Window extends CfnResource {
  constructor(scope: Construct, id: string, properties: { [name: string]: unknown }, private readonly isNeeded: () => boolean) {
    super(scope, id, { type: RESOURCE_TYPE.continuation, properties });
  }

  ownAtt(attributeName: string): Reference {
    return this.getAtt(attributeName);
  }

  takeOptions({ metadata, ...options }: ICfnResourceOptions): void {
    Object.assign(this.cfnOptions, options, { metadata: { ...metadata, ...this.cfnOptions.metadata } });
  }

  protected override shouldSynthesize(): boolean {
    return this.isNeeded();
  }
}
