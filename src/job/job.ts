import { Arn, ArnFormat, type CfnResource, type Duration, type IResource, type RemovalPolicy, Resource, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct, IDependable } from 'constructs';
import { JOB_KINDS, type JobAttribute, type JobKind, OWNER_TAG } from '../contract';
import { commonBeginning } from './job-name';
import { connectionsOf } from './job-network';
import { JobResource, type JobResourceProps } from './job-resource';
import { TEMPLATE_KINDS } from './template-kinds';
import type { S3Location } from '../data/s3-location';
import { grantKeyToRead } from '../execution-role/key-access';

/**
 * A job of any kind, created by this app or imported.
 *
 * As a grantee it stands for the role that the job runs with. A job that was imported without its role is granted nothing.
 */
export interface IJob extends IResource, iam.IGrantable, ec2.IConnectable {
  /**
   * The log group that all jobs of the kind write to in the account and region. The job's streams begin with its name.
   * A tuning job has none of its own: it is that of the training jobs, whose names begin with the tuning job's.
   */
  readonly logGroup: logs.ILogGroup;

  /**
   * Allows actions on this job, and on those that take its place when it changes.
   *
   * @param grantee who may take the actions
   * @param actions the actions, such as `sagemaker:DescribeTrainingJob`
   */
  grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant;

  /**
   * Allows to look at this job, and at those that take its place when it changes.
   *
   * @param grantee who may look at it
   */
  grantDescribe(grantee: iam.IGrantable): iam.Grant;

  /**
   * Allows to stop this job, and those that take its place when it changes.
   *
   * @param grantee who may stop it
   */
  grantStop(grantee: iam.IGrantable): iam.Grant;

  /**
   * Grants permission to read what the job writes to S3 and to use the keys that encrypt it: what the role of a model needs
   * that is created from the output. Of an imported job, the output must be passed to `from…Attributes()`.
   *
   * @param grantee the principal that reads the output
   */
  grantReadOutput(grantee: iam.IGrantable): iam.Grant;
}

/** A job whose changes are events in Amazon EventBridge. */
export interface IObservableJob extends IJob {
  /**
   * A rule that matches whenever the status of the job changes, also of those that take its place when it changes.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onStateChange(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * A rule that matches when the job is completed.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onCompleted(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * A rule that matches when the job has failed.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onFailed(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * A rule that matches when the job was stopped.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  onStopped(id: string, options?: events.OnEventOptions): events.Rule;
}

/** How a deployment deals with a job, whatever its kind. */
export interface JobOptions {
  /**
   * An arbitrary value. A value that was never used before runs the job again; one that was used before finds the job of
   * that value. New data in the same place does not run a job again by itself.
   *
   * @default - the job runs again only when something changes that its result depends on
   */
  readonly rerunTrigger?: string;

  /**
   * Whether the deployment waits until the job has ended, and fails if the job does. Otherwise it goes on as soon as the
   * job was created; then values that are known in the end, such as the model's location, cannot be read.
   *
   * @default true
   */
  readonly waitForCompletion?: boolean;

  /**
   * How long the deployment waits for the job. When the time is up, the job is stopped and the deployment fails.
   *
   * @default - as long as the job may run by its own limits, and 45 minutes to start
   */
  readonly waitTimeout?: Duration;

  /**
   * Whether a job that was stopped counts as finished: one that reached a limit of its own, or that somebody stopped.
   * What it has stored by then is its result.
   *
   * @default false - the deployment fails
   */
  readonly acceptStopped?: boolean;

  /**
   * What happens to the job when it leaves the stack. `DESTROY` stops it, and deletes its record with the stack. `RETAIN`
   * keeps both, with the role and the security group that were created for the job. A creation that is rolled back stops the
   * job in any case, and so does a change that replaces it. What the job has stored in S3 stays.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The result of a job in S3, and the key that its request names for it. */
export interface JobOutput {
  readonly location: S3Location;
  readonly encryptionKey?: kms.IKey;
}

/** What an import is given beside the name and the ARN of the job. */
export interface ImportedJobSettings {
  readonly role?: iam.IRole;
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly output?: JobOutput;
  /** The attribute that has the URI of the output. */
  readonly outputAttribute: string;
}

/** A job of this app, as its construct describes it: what its resources are told, but for what all kinds say in the same way. */
export interface JobSettings extends Omit<JobResourceProps, 'kind' | 'rerun' | 'wait' | 'removalPolicy'> {
  readonly options: JobOptions;
  /** The security groups of the job, if it runs in a VPC. */
  readonly connections?: ec2.Connections;
  readonly outputs: readonly JobOutput[];
  /** How long the job may run by its own limits, in seconds. */
  readonly jobLimitSeconds: number;
  /** What has to exist before the job starts. */
  readonly dependencies: readonly IDependable[];
}

/**
 * What can be done with a job, whatever its kind, and whether it is of this app or not.
 *
 * @internal
 */
export abstract class JobBase<K extends JobKind> extends Resource implements IJob {
  /** @internal */
  protected abstract readonly _kind: K;
  /**
   * The job's name, or the pattern of its names where a change of the job changes its name.
   *
   * @internal
   */
  protected abstract readonly _namePattern: string;

  private resource?: JobResource;
  private imported?: ImportedJobSettings;
  private roles: readonly iam.IRole[] = [];
  private outputs: readonly JobOutput[] = [];
  private maybeConnections?: ec2.Connections;
  private name?: string;
  private arn?: string;

  /** The principal of the role that the job runs with. */
  public get grantPrincipal(): iam.IPrincipal {
    return this.roles[0]?.grantPrincipal ?? new iam.UnknownPrincipal({ resource: this });
  }

  /** The security groups of the job. Reading them fails for a job that runs outside of a VPC. */
  public get connections(): ec2.Connections {
    return connectionsOf(this, this._kind, this.maybeConnections, this.imported !== undefined);
  }

  /** The log group that all jobs of the kind write to in the account and region. */
  public get logGroup(): logs.ILogGroup {
    const id = 'LogGroup';
    return this.node.tryFindChild(id) as logs.ILogGroup | undefined ?? logs.LogGroup.fromLogGroupArn(this, id, Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: JOB_KINDS[this._kind].logGroup,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      account: this.env.account,
      region: this.env.region,
    }));
  }

  /** Allows actions on this job, and on those that take its place when it changes. */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [jobArn(this, this._kind, this._namePattern, this.env)] });
  }

  /** Allows to look at this job, and at those that take its place when it changes. */
  public grantDescribe(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, `sagemaker:Describe${JOB_KINDS[this._kind].noun}`);
  }

  /** Allows to stop this job, and those that take its place when it changes. */
  public grantStop(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, `sagemaker:Stop${JOB_KINDS[this._kind].noun}`);
  }

  /** Grants permission to read what the job writes to S3. */
  public grantReadOutput(grantee: iam.IGrantable): iam.Grant {
    if (this.outputs.length === 0) throw this.unknownOfImport('grantReadOutput', this.imported!.outputAttribute);
    // By the prefix and the key that were given: by the URI in the description a grant would wait for the job, and a job that
    // shares its role with the grantee would wait for the grant.
    return this.outputs.flatMap(({ encryptionKey, location }) => [
      location.bind(this, { grantee, grantRead: true }).grant,
      ...encryptionKey ? [grantKeyToRead(encryptionKey, grantee)] : [],
    ]).reduce((all, grant) => all.combine(grant));
  }

  /**
   * Makes the resources of a job of this app.
   *
   * @internal
   */
  protected _create(settings: JobSettings): JobResource {
    const { connections, dependencies, jobLimitSeconds, options, outputs, ...rest } = settings;
    this.maybeConnections = connections;
    this.outputs = outputs;
    this.roles = [rest.role, ...rest.furtherRoles ?? []];
    this.resource = new JobResource(this, 'Resource', {
      ...rest,
      kind: this._kind,
      rerun: options.rerunTrigger,
      wait: {
        waitForCompletion: options.waitForCompletion ?? true,
        timeout: options.waitTimeout,
        jobLimitSeconds,
        acceptStopped: options.acceptStopped,
      },
      removalPolicy: options.removalPolicy,
    });
    (this.node.defaultChild as CfnResource).node.addDependency(...dependencies);
    return this.resource;
  }

  /**
   * Takes over what an import is given.
   *
   * @internal
   */
  protected _import(settings: ImportedJobSettings): void {
    const { output, role, securityGroups } = settings;
    this.imported = settings;
    this.roles = role ? [role] : [];
    this.outputs = output ? [output] : [];
    this.maybeConnections = securityGroups && new ec2.Connections({ securityGroups });
  }

  /**
   * What the result of a job of this app depends on, as far as it is known at synthesis.
   *
   * @internal
   */
  protected get _identity(): string {
    return this.resource!.identity;
  }

  /**
   * The name of a job of this app. Like the ARN it becomes a token when it is first asked for: most jobs are never asked.
   *
   * @internal
   */
  protected get _name(): string {
    return this.name ??= this.getResourceNameAttribute(this.resource!.ref);
  }

  /**
   * The ARN of a job of this app.
   *
   * @internal
   */
  protected get _arn(): string {
    const { arnResource, noun } = JOB_KINDS[this._kind];
    return this.arn ??= this.getResourceArnAttribute(this.resource!.getAtt(`${noun}Arn`), {
      service: 'sagemaker', resource: arnResource, resourceName: this.physicalName,
    });
  }

  /**
   * Allows to start, look at and stop a job such as this one: with its roles, and under a name of its pattern.
   *
   * @internal
   */
  protected _grantRun(grantee: iam.IGrantable): iam.Grant {
    const { noun } = JOB_KINDS[this._kind];
    const create = `Create${noun}`;
    const resourceArns = [jobArn(this, this._kind, this._namePattern, this.env)];
    // By these tags a stack knows its own jobs: it must not take up one that somebody else has started.
    const withoutOwnerTags = { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': Object.values(OWNER_TAG) } };
    return [
      iam.Grant.addToPrincipal({ grantee, actions: [`sagemaker:${create}`], resourceArns, conditions: withoutOwnerTags }),
      iam.Grant.addToPrincipal({
        grantee,
        actions: ['sagemaker:AddTags'],
        resourceArns,
        conditions: { ...withoutOwnerTags, StringEquals: { 'sagemaker:TaggingAction': create } },
      }),
      iam.Grant.addToPrincipal({
        grantee,
        actions: ['iam:PassRole'],
        resourceArns: this.roles.map(({ roleArn }) => roleArn),
        conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
      }),
    ].reduce((grants, grant) => grants.combine(grant), this.grant(grantee, `sagemaker:Describe${noun}`, `sagemaker:Stop${noun}`));
  }

  /**
   * Returns a described value of a job. With a property, the value is known only once the job has ended, and the property is
   * the name that the user reads it by. Of an imported job, only the URI of its output can be known.
   *
   * @internal
   */
  protected _described(attribute: JobAttribute<K>, property?: string): string {
    if (this.imported) return this.outputUri(attribute, property);
    return property === undefined ? this.resource!.getAtt(attribute) : this.resource!.getAttAfterCompletion(attribute, property);
  }

  private outputUri(attribute: string, property: string = attribute): string {
    const { output, outputAttribute } = this.imported!;
    if (attribute !== outputAttribute || !output) throw this.unknownOfImport(property, outputAttribute);
    return output.location.bind(this, { grantee: this }).s3Uri;
  }

  private unknownOfImport(property: string, outputAttribute: string): Error {
    const { label, noun } = JOB_KINDS[this._kind];
    return new Error(`${this.node.path}: ${property}: unknown for an imported ${label}; `
      + `pass \`modelArtifacts\` (${outputAttribute}) to ${noun}.from${noun}Attributes()`);
  }
}

/**
 * What can be done with a job whose kind has events.
 *
 * @internal
 */
export abstract class ObservableJobBase<K extends JobKind> extends JobBase<K> implements IObservableJob {
  /** A rule that matches whenever the status of the job changes, also of those that take its place when it changes. */
  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options);
  }

  /** A rule that matches when the job is completed. */
  public onCompleted(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Completed');
  }

  /** A rule that matches when the job has failed. */
  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Failed');
  }

  /** A rule that matches when the job was stopped. */
  public onStopped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Stopped');
  }

  private onStatus(id: string, options: events.OnEventOptions, ...statuses: string[]): events.Rule {
    const { noun } = JOB_KINDS[this._kind];
    const prefix = commonBeginning(this._namePattern);
    const rule = new events.Rule(options.crossStackScope ?? this, id, options);
    rule.addEventPattern({
      source: ['aws.sagemaker'],
      detailType: [TEMPLATE_KINDS[this._kind].eventDetailType!],
      detail: {
        [`${noun}Name`]: [prefix === undefined ? this._namePattern : { prefix }],
        ...statuses.length > 0 ? { [`${noun}Status`]: statuses } : {},
      },
    });
    rule.addTarget(options.target);
    return rule;
  }
}

/** The ARN of a job by its name. The service makes lower case of names in ARNs. */
export function jobArn(scope: Construct, kind: JobKind, name: string, { account, region }: { account?: string; region?: string } = {}): string {
  const resourceName = Token.isUnresolved(name) ? name : name.toLowerCase();
  return Stack.of(scope).formatArn({ service: 'sagemaker', region, account, resource: JOB_KINDS[kind].arnResource, resourceName });
}

/** The name of a job by its ARN, in lower case. */
export function jobNameOf(arn: string): string {
  return Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
}
