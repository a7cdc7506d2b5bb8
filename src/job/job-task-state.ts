import { Aws, type ITaggableV2, Lazy, Stack, TagManager, TagType } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { JOB_KINDS, type JobKind, RESOURCE_TYPE } from '../contract';
import { jobArn } from './job';
import { defaultNamePrefix, exactName, jobNameChecks, namesWith } from './job-name';
import { connectionsOf } from './job-network';
import type { JobRequest } from './job-request';
import type { JobTaskStateOptions } from './job-task-state-options';
import { queryLanguageViolations } from './query-language-checks';
import { withTags, type RequestStructure } from './request-members';
import { runPermissions, startPermissions } from './run-permissions';
import { arnPatterns, asPattern } from './state-value';
import { checkableText, type StateSyntax, syntaxOf } from './task-state-parameters';
import { TEMPLATE_KINDS } from './template-kinds';
import type { Permission } from '../execution-role/grantee';
import { principalOf } from '../execution-role/several-roles';
import { Validation } from '../validation/construct-validation';
import { propertyOf } from '../validation/property-names';
import { propertyViolations } from '../validation/property-types';
import { requestViolations } from '../validation/request-violations';
import { environmentOf } from '../validation/stack-environment';
import type { Violation } from '../validation/violation';

/** The lengths of the ends of job names: a hyphen, and an expression of the syntax. */
const HASH_LENGTH = 33;
const SHORT_HASH_LENGTH = 13;

/** The shortest names that have space for a hash and a readable prefix. */
const MIN_LENGTH_WITH_HASH = 63;

/** The settings of a task state, from the factory of its kind. */
export interface JobTaskStateSettings {
  readonly kind: JobKind;
  readonly props: JobTaskStateOptions;
  /** The structure of the props. */
  readonly structure: string;
  readonly name?: string;
  readonly namePrefix?: string;
  /** Creates the request in the scope of the state. */
  readonly bind: (state: Construct, validation: Validation) => JobRequest;
}

/**
 * A task state that runs a SageMaker job in each execution of a state machine. It contains the same request as a job that runs
 * while a stack is deployed, but needs no custom resource.
 *
 * The role of the state machine is granted the permissions to run the job.
 */
export class JobTaskState extends sfn.TaskStateBase implements iam.IGrantable, ec2.IConnectable, ITaggableV2 {
  /**
   * Creates the state of a kind of job.
   *
   * @internal
   */
  public static _create(scope: Construct, id: string, settings: JobTaskStateSettings): JobTaskState {
    return new JobTaskState(scope, id, settings);
  }

  /** The tags of the jobs. Use `Tags.of()` to change them. */
  public readonly cdkTagManager: TagManager;

  /** The names of the metrics of the state: none. `metric()` returns metrics by their names. */
  protected readonly taskMetrics?: sfn.TaskMetricsConfig;
  /** The permissions of the state machine. */
  protected readonly taskPolicies?: iam.PolicyStatement[];

  private readonly kind: JobKind;
  private readonly integrationPattern: sfn.IntegrationPattern;
  private readonly request: JobRequest;
  private readonly suffixLength: number;
  private readonly namePrefix: string;
  private syntax: StateSyntax;
  /** The query language, unless only the state machine specifies it and has not rendered the state. */
  private language?: sfn.QueryLanguage;

  private constructor(scope: Construct, id: string, private readonly settings: JobTaskStateSettings) {
    super(scope, id, settings.props);
    const { kind, name, namePrefix, props, structure } = settings;
    this.kind = kind;
    this.cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE[kind]);
    this.integrationPattern = props.integrationPattern ?? sfn.IntegrationPattern.RUN_JOB;
    this.suffixLength = TEMPLATE_KINDS[kind].nameLength < MIN_LENGTH_WITH_HASH ? SHORT_HASH_LENGTH : HASH_LENGTH;
    this.namePrefix = namePrefix ?? defaultNamePrefix(this, kind, this.suffixLength);
    this.language = props.queryLanguage;
    this.syntax = syntaxOf(props.queryLanguage);

    const validation = new Validation(this);
    validation.add(
      () => propertyViolations(structure, props),
      ...jobNameChecks(kind, name, namePrefix && checkableText(namePrefix), this.suffixLength),
      () => (this.integrationPattern === sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN
        ? [{ property: 'integrationPattern', rule: 'must be RUN_JOB or REQUEST_RESPONSE', value: this.integrationPattern }] : []),
      () => this.requestViolations(),
    );
    this.request = settings.bind(this, validation);
    this.taskPolicies = this.permissions().map(({ resourceArns, ...permission }) => (
      new iam.PolicyStatement({ ...permission, resources: arnPatterns(resourceArns) }))).filter(({ resources }) => resources.length > 0);
  }

  /** The execution role of the job. Undefined for a transform job, which uses the role of its model. */
  public get role(): iam.IRole | undefined {
    return this.request.roles[0];
  }

  /** The principal of the execution role, of all execution roles, or of the role of the model of a transform job. */
  public get grantPrincipal(): iam.IPrincipal {
    const { roleElsewhere, roles } = this.request;
    return principalOf(this, roleElsewhere ? [roleElsewhere] : roles);
  }

  /** The security groups of the job. Throws an error for a job without a VPC. */
  public get connections(): ec2.Connections {
    return connectionsOf(this, this.kind, this.request.connections, false);
  }

  /** @internal */
  protected override _renderTask(topLevelQueryLanguage?: sfn.QueryLanguage): any {
    const language = this.queryLanguage ?? topLevelQueryLanguage ?? sfn.QueryLanguage.JSON_PATH;
    this.language = language;
    this.syntax = syntaxOf(language);
    const { noun } = JOB_KINDS[this.kind];
    const suffix = this.integrationPattern === sfn.IntegrationPattern.RUN_JOB ? '.sync' : '';
    // Rendered late, because aspects add tags.
    const parameters = (name: 'Parameters' | 'Arguments') => Lazy.uncachedAny({
      produce: () => this._renderParametersOrArguments(this.syntax.render(this.withOwnOutputs(this.renderRequest())), language)[name],
    });
    return {
      Resource: `arn:${Aws.PARTITION}:states:::sagemaker:create${noun}${suffix}`,
      ...language === sfn.QueryLanguage.JSONATA ? { Arguments: parameters('Arguments') } : { Parameters: parameters('Parameters') },
    };
  }

  private requestViolations(): Violation[] {
    const { kind, settings: { props } } = this;
    const misplaced = this.languageViolations();
    const others = requestViolations(kind, this.syntax.checkable(this.renderRequest()), props, environmentOf(this));
    return [...misplaced, ...others.filter(({ property }) => !misplaced.some((violation) => violation.property === property))];
  }

  private languageViolations(): Violation[] {
    const { kind, language, settings: { name, props } } = this;
    if (language === undefined) return [];
    const request = this.renderRequest();
    const named = `${kind}Name`;
    return queryLanguageViolations(this, language, props, request, (path) => {
      const property = propertyOf(kind, path, request) ?? path.join('.');
      return property === named && name === undefined ? `${named}Prefix` : property;
    });
  }

  private renderRequest(): RequestStructure {
    return { [`${JOB_KINDS[this.kind].noun}Name`]: this.name, ...withTags(this.request.render(), this.cdkTagManager) };
  }

  private get name(): string {
    const { hash, shortHash } = this.syntax;
    return exactName(this.settings.name)
      ?? this.syntax.concatenate(`${this.namePrefix}-`, this.suffixLength === HASH_LENGTH ? hash : shortHash);
  }

  /** Appends the name of the job to the locations of outputs, so that no execution overwrites the outputs of another one. */
  private withOwnOutputs(request: RequestStructure): RequestStructure {
    const append = (uri: string) => this.syntax.concatenate(`${uri.replace(/\/+$/, '')}/`, this.name, '/');
    return (this.request.outputMember ?? []).reduce((part, member) => changed(part, member.split('.'), append), request);
  }

  /** The permissions of the state machine. */
  private permissions(): Permission[] {
    const { name } = this.settings;
    const { kind, request: { roles, trainingPlanArns = [] } } = this;
    const arn = jobArn(this, kind, name === undefined ? namesWith(this.namePrefix, this.suffixLength) : asPattern(name));
    const stack = Stack.of(this);
    const listTags = { actions: ['sagemaker:ListTags'], resourceArns: [arn] };
    const plans = trainingPlanArns.length === 0 ? [] : [{
      actions: [`sagemaker:Create${JOB_KINDS[kind].noun}`],
      resourceArns: [...trainingPlanArns, stack.formatArn({ service: 'sagemaker', resource: 'reserved-capacity', resourceName: '*' })],
    }];
    if (this.integrationPattern !== sfn.IntegrationPattern.RUN_JOB) {
      return [...startPermissions(kind, arn, roles), listTags, ...plans];
    }
    const rule = `StepFunctionsGetEventsFor${TEMPLATE_KINDS[kind].stepFunctionsEvents}Rule`;
    return [...runPermissions(kind, arn, roles), listTags, ...plans, {
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resourceArns: [stack.formatArn({ service: 'events', resource: 'rule', resourceName: rule })],
    }];
  }
}

/** Returns a value with a changed string at a path through structures and lists. */
function changed(value: any, [step, ...rest]: readonly string[], change: (text: string) => string): any {
  if (step === undefined) return change(value);
  const inner = changed(value[step], rest, change);
  return Array.isArray(value) ? value.map((item, index) => (index === Number(step) ? inner : item)) : { ...value, [step]: inner };
}
