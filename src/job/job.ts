import { ArnFormat, type CfnResource, type RemovalPolicy, Resource, type ResourceProps, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct, IDependable } from 'constructs';
import { JOB_KINDS, type JobAttribute, type JobKind } from '../contract';
import { commonBeginning, lowerCaseName } from './job-name';
import { connectionsOf, createdSecurityGroupIds } from './job-network';
import { IJob, IMeasuredJob, IObservableJob, JobOptions } from './job-props';
import { JobResource, type JobResourceProps } from './job-resource';
import { applyRemovalPolicy } from './removal-policy';
import { runPermissions } from './run-permissions';
import { TEMPLATE_KINDS } from './template-kinds';
import type { S3Location } from '../data/s3-location';
import { grantKeyToRead } from '../execution-role/key-access';
import { principalOf } from '../execution-role/several-roles';
import { checkImportedArn, environmentFrom, nameInArn } from '../validation/imported-arn';

/** The output of a job in S3, and the KMS key in its request. */
export interface JobOutput {
  readonly location: S3Location;
  readonly encryptionKey?: kms.IKey;
}

/** The settings of an imported job in addition to its name and ARN. */
export interface ImportedJobSettings {
  /** The ARN, if the job was imported by it. */
  readonly arn?: string;
  /** The exact name, if it was specified in addition to the ARN. */
  readonly name?: string;
  readonly role?: iam.IRole;
  readonly securityGroups?: ec2.ISecurityGroup[];
  /** The known outputs, by the attributes with their URIs. */
  readonly outputs: ReadonlyMap<string, JobOutput>;
  /** The property of the import that contains the outputs, and the member of the API that describes them. */
  readonly outputProperty: { readonly name: string; readonly member: string };
}

/** The output of an imported job that has one model. */
export function importedModel(attribute: string, location?: S3Location, encryptionKey?: kms.IKey): Pick<ImportedJobSettings, 'outputs' | 'outputProperty'> {
  return {
    outputs: new Map(location ? [[attribute, { location, encryptionKey }]] : []),
    outputProperty: { name: 'modelArtifacts', member: attribute },
  };
}

/** The settings of a job, from its construct. */
export interface JobSettings extends Omit<JobResourceProps, 'kind' | 'props' | 'rerun' | 'wait' | 'ownSecurityGroupIds' | 'removalPolicy'> {
  readonly options: JobOptions;
  /** The security groups of the job, if it runs in a VPC. */
  readonly connections?: ec2.Connections;
  readonly outputs: readonly JobOutput[];
  /** The role of the job, if it belongs to another resource, and is not part of the request. */
  readonly roleElsewhere?: iam.IRole;
  /** The maximum runtime of the job by its own limits, in seconds. */
  readonly jobLimitSeconds?: number;
  /** The resources that must exist before the job starts. */
  readonly dependencies: readonly IDependable[];
}

/**
 * A new or imported job of any kind. It has no type parameter: jsii would drop the base of a class that extends it, and the job
 * would be no construct in other languages.
 *
 * @internal
 */
export abstract class JobBase extends Resource implements IJob {
  /** @internal */
  protected abstract readonly _kind: JobKind;
  /**
   * The name of the job, or the pattern of its names if a change of the job changes its name.
   *
   * @internal
   */
  protected abstract readonly _namePattern: string;

  private resource?: JobResource;
  private imported?: ImportedJobSettings;
  /** The roles in the request. */
  private roles: readonly iam.IRole[] = [];
  private roleElsewhere?: iam.IRole;
  private outputs: readonly JobOutput[] = [];
  private maybeConnections?: ec2.Connections;
  private name?: string;
  private arn?: string;

  /** The principal of the execution role, or of all execution roles. */
  public get grantPrincipal(): iam.IPrincipal {
    return principalOf(this, this.roleElsewhere ? [this.roleElsewhere] : this.roles);
  }

  /** The security groups of the job. Throws an error for a job without a VPC. */
  public get connections(): ec2.Connections {
    return connectionsOf(this, this._kind, this.maybeConnections, this.imported !== undefined);
  }

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

  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [jobArn(this, this._kind, this._namePattern, this.env)] });
  }

  public grantDescribe(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, `sagemaker:Describe${JOB_KINDS[this._kind].noun}`);
  }

  public grantStop(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, `sagemaker:Stop${JOB_KINDS[this._kind].noun}`);
  }

  public grantReadOutput(grantee: iam.IGrantable): iam.Grant {
    if (this._isImported && this.outputs.length === 0) throw this._unknownOfImport('grantReadOutput');
    return this._grantRead(grantee, ...this.outputs);
  }

  /**
   * Grants permission to read outputs. Uses the specified prefixes and keys. A grant with the described URI would wait for the job,
   * and a job that shares its role with the grantee would wait for the grant.
   *
   * @internal
   */
  protected _grantRead(grantee: iam.IGrantable, ...outputs: JobOutput[]): iam.Grant {
    return outputs.flatMap(({ encryptionKey, location }) => [
      location.bind(this, { grantee, forReading: true }).grant ?? [],
      ...encryptionKey ? [grantKeyToRead(encryptionKey, grantee)] : [],
    ].flat()).reduce((all, grant) => all.combine(grant), iam.Grant.drop(grantee, 'no permission is needed'));
  }

  /**
   * Applies a policy to the job, and to the role and the security group that were created for it, as `removalPolicy` does.
   *
   * @param policy the policy
   */
  public override applyRemovalPolicy(policy: RemovalPolicy): void {
    // Throws an error for an imported job. It also applies in an aspect, after which no other aspect can be added.
    super.applyRemovalPolicy(policy);
    applyRemovalPolicy(this, policy);
  }

  /**
   * Creates the resources of a job.
   *
   * @internal
   */
  protected _create(settings: JobSettings): JobResource {
    const { connections, dependencies, jobLimitSeconds, options, outputs, roleElsewhere, ...rest } = settings;
    this.maybeConnections = connections;
    this.outputs = outputs;
    this.roles = [...rest.role ? [rest.role] : [], ...rest.furtherRoles ?? []];
    this.roleElsewhere = roleElsewhere;
    this.resource = new JobResource(this, 'Resource', {
      ...rest,
      kind: this._kind,
      props: options,
      rerun: options.rerunTrigger,
      wait: {
        waitForCompletion: options.waitForCompletion ?? true,
        timeout: options.waitTimeout,
        jobLimitSeconds,
        acceptStopped: options.acceptStopped,
      },
      ownSecurityGroupIds: createdSecurityGroupIds(this, connections),
      removalPolicy: options.removalPolicy,
    });
    (this.node.defaultChild as CfnResource).node.addDependency(...dependencies, ...roleElsewhere ? [roleElsewhere] : []);
    return this.resource;
  }

  /**
   * The event detail that identifies the job. Events contain the name with uppercase letters, which an ARN lacks.
   *
   * @internal
   */
  protected get _eventDetail(): { [member: string]: unknown[] } {
    const { noun } = JOB_KINDS[this._kind];
    if (this.imported?.arn !== undefined) return { [`${noun}Arn`]: [this.imported.arn] };
    const prefix = commonBeginning(this._namePattern);
    return { [`${noun}Name`]: [prefix === undefined ? this._namePattern : { prefix }] };
  }

  /**
   * Stores the settings of an imported job.
   *
   * @internal
   */
  protected _import(settings: ImportedJobSettings): void {
    const { arn, name, outputs, role, securityGroups } = settings;
    checkImportedArn(this, this._kind, { arn, name, resource: JOB_KINDS[this._kind].arnResource });
    this.imported = settings;
    this.roles = role ? [role] : [];
    this.outputs = [...outputs.values()];
    this.maybeConnections = securityGroups && new ec2.Connections({ securityGroups });
  }

  /**
   * The identity of the job, as far as it is known at synthesis.
   *
   * @internal
   */
  protected get _identity(): string {
    return this.resource!.identity;
  }

  /**
   * The name of a job. The token is created on demand, because most jobs do not need it.
   *
   * @internal
   */
  protected get _name(): string {
    return this.name ??= this.isNamed ? this.getResourceNameAttribute(this.resource!.ref) : this.resource!.ref;
  }

  /**
   * The ARN of a job.
   *
   * @internal
   */
  protected get _arn(): string {
    const { arnResource, noun } = JOB_KINDS[this._kind];
    const arn = this.resource!.getAtt(`${noun}Arn`);
    return this.arn ??= this.isNamed
      ? this.getResourceArnAttribute(arn, { service: 'sagemaker', resource: arnResource, resourceName: lowerCaseName(this.physicalName) })
      : arn;
  }

  /** Whether the job has an exact name. Other accounts and Regions need no reference to it. */
  private get isNamed(): boolean {
    return commonBeginning(this._namePattern) === undefined;
  }

  /**
   * Grants permission to create, describe and stop similar jobs: with the same roles, and under a name of the same pattern.
   *
   * @internal
   */
  protected _grantRun(grantee: iam.IGrantable): iam.Grant {
    return runPermissions(this._kind, jobArn(this, this._kind, this._namePattern, this.env), this.roles)
      .map((permission) => iam.Grant.addToPrincipal({ grantee, ...permission }))
      .reduce((all, grant) => all.combine(grant));
  }

  /**
   * Returns a described value of a job. If `property` is specified, the value is known only once the job has ended, and errors
   * contain this property. For an imported job, only the URI of its output can be known. Each kind narrows the attributes to its own.
   *
   * @internal
   */
  protected _described(attribute: JobAttribute<JobKind>, property?: string, options?: { readonly fallback?: string }): string {
    if (this.imported) return this.importedOutputUri(attribute, property);
    if (options) this.resource!.setFallback(attribute, options.fallback, property ?? attribute);
    return property === undefined ? this.resource!.getAtt(attribute) : this.resource!.getAttAfterCompletion(attribute, property);
  }

  private importedOutputUri(attribute: string, property: string = attribute): string {
    const { outputProperty, outputs } = this.imported!;
    const output = outputs.get(attribute);
    if (!output) throw this._unknownOfImport(property, attribute.startsWith(outputProperty.member));
    return output.location.bind(this, { grantee: this }).uri;
  }

  /** @internal */
  protected get _isImported(): boolean {
    return this.imported !== undefined;
  }

  /**
   * The error for a value that an imported job lacks, with the attribute of the import that can specify it.
   *
   * @internal
   */
  protected _unknownOfImport(property: string, canBeSpecified: boolean = true): Error {
    const { label, noun } = JOB_KINDS[this._kind];
    const { name, member } = this.imported!.outputProperty;
    const advice = canBeSpecified ? `; pass \`${name}\` (${member}) to ${noun}.from${noun}Attributes()` : '';
    return new Error(`${this.node.path}: ${property}: unknown for an imported ${label}${advice}`);
  }
}

/**
 * A new or imported job of a kind with events.
 *
 * @internal
 */
export abstract class ObservableJobBase extends JobBase implements IObservableJob {
  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options);
  }

  public onCompleted(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Completed');
  }

  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Failed');
  }

  public onStopped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, options, 'Stopped');
  }

  private onStatus(id: string, options: events.OnEventOptions, ...statuses: string[]): events.Rule {
    const { noun } = JOB_KINDS[this._kind];
    const rule = new events.Rule(options.crossStackScope ?? this, id, options);
    rule.addEventPattern({
      source: ['aws.sagemaker'],
      detailType: [TEMPLATE_KINDS[this._kind].eventDetailType!],
      detail: {
        ...this._eventDetail,
        ...statuses.length > 0 ? { [`${noun}Status`]: statuses } : {},
      },
    });
    rule.addTarget(options.target);
    return rule;
  }
}

/**
 * A new or imported job of a kind whose instances publish metrics.
 *
 * @internal
 */
export abstract class MeasuredJobBase extends ObservableJobBase implements IMeasuredJob {
  /**
   * The name of the job, with its uppercase letters.
   *
   * @internal
   */
  protected abstract get _jobName(): string;

  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._createMetric(metricName, { Host: `${this._jobName}/algo-1` }, props);
  }

  public metricCpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CPUUtilization', props);
  }

  public metricMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MemoryUtilization', props);
  }

  public metricGpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('GPUUtilization', props);
  }

  public metricGpuMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('GPUMemoryUtilization', props);
  }

  public metricDiskUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DiskUtilization', props);
  }

  /**
   * Returns a metric in the namespace of the kind.
   *
   * @internal
   */
  protected _createMetric(metricName: string, dimensionsMap: { [name: string]: string }, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const namespace = JOB_KINDS[this._kind].logGroup;
    return new cloudwatch.Metric({ namespace, metricName, dimensionsMap, statistic: cloudwatch.Stats.AVERAGE, ...props }).attachTo(this);
  }
}

/** The ARN of a job by its name. SageMaker converts names in ARNs to lowercase. */
export function jobArn(scope: Construct, kind: JobKind, name: string, { account, region }: { account?: string; region?: string } = {}): string {
  const resourceName = Token.isUnresolved(name) ? name : name.toLowerCase();
  return Stack.of(scope).formatArn({ service: 'sagemaker', region, account, resource: JOB_KINDS[kind].arnResource, resourceName });
}

/** The lowercase name of a job by its ARN. */
export function jobNameOf(kind: JobKind, arn: string): string {
  return nameInArn(arn, JOB_KINDS[kind].arnResource);
}

/** The account and Region of an imported job. */
export function environmentOfJob(kind: JobKind, arn?: string): ResourceProps {
  return environmentFrom(arn, JOB_KINDS[kind].arnResource);
}
