import { Aws, Lazy, Stack, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { type JobKind, OWNER_TAG } from './contract';
import { jobRolesArn } from './job-role';
import { KINDS } from './kinds';
import { OwnPolicy } from './own-policy';
import { ProviderResources } from './provider-resources';
import { PROVIDER_ID, settingsOf } from './provider-settings';

/** More different prefixes than this are said with one wildcard, because a role's policies have a limited size. */
const MAX_PREFIXES = 30;

const ROLES_IN_STATEMENT = 10;

/** A job that the function is to look after. */
export interface ProvidedJob {
  readonly kind: JobKind;
  /** The job's exact name, or the pattern of the names with its prefix. */
  readonly namePattern: string;
  /** The role that the job runs with, where the user gave one. */
  readonly givenRole?: iam.IRole;
  /** Further roles that parts of the job run with. */
  readonly furtherRoles?: readonly iam.IRole[];
  /** The training plans that the job runs on. */
  readonly trainingPlanArns?: readonly string[];
}

/** The function and the state machine by which all jobs of a stack are created, polled, stopped and deleted. */
export class JobProvider extends Construct {
  /** The provider of the stack that the construct is in. */
  static of(scope: Construct): JobProvider {
    return JobProvider.tryFind(scope) ?? new JobProvider(Stack.of(scope), PROVIDER_ID);
  }

  /** The same, where the stack has one. */
  static tryFind(scope: IConstruct): JobProvider | undefined {
    return Stack.of(scope).node.tryFindChild(PROVIDER_ID) as JobProvider | undefined;
  }

  /** What custom resources name as their provider. */
  readonly serviceToken: string;

  private readonly resources: ProviderResources;
  private readonly functionRole: iam.Role;
  private readonly namePatterns = new Map<JobKind, Set<string>>();
  private readonly roles = new Set<string>();
  private passRole!: iam.PolicyStatement;

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resources = new ProviderResources(this, settingsOf(this));
    this.functionRole = this.resources.functionRole;
    this.serviceToken = this.resources.handler.functionArn;
    this.allowCleaningUp();
  }

  /** How often the function or the state machine failed by itself. */
  metricFailures(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    return this.resources.metricFailures(options);
  }

  /** Allows the function to look after a job, and no more than that. */
  allowJob(job: ProvidedJob): void {
    this.patternsOf(job.kind).add(Token.isUnresolved(job.namePattern) ? '*' : job.namePattern);
    this.allowPassing(job.givenRole?.roleArn ?? jobRolesArn(this));
    job.furtherRoles?.forEach(({ roleArn }) => this.allowPassing(roleArn));
    if (job.trainingPlanArns?.length) this.allowTrainingPlans(job.trainingPlanArns);
  }

  /**
   * Allows the function to look after a notebook instance. The policy is not the function's own one: jobs would have to
   * wait for the instance then, and an instance could not use what a job has made.
   *
   * @returns who gets further permissions that the function needs for the instance
   */
  allowNotebook(scope: Construct, notebookInstanceArn: string, actions: readonly string[]): OwnPolicy {
    const policy = new OwnPolicy(scope, 'StatePolicy', this.functionRole);
    iam.Grant.addToPrincipal({ grantee: policy, actions: actions.map((action) => `sagemaker:${action}`), resourceArns: [notebookInstanceArn] });
    return policy;
  }

  /** The service authorizes a training job on a plan for the plan, and for the capacity behind it, too. */
  private allowTrainingPlans(trainingPlanArns: readonly string[]): void {
    this.functionRole.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['sagemaker:CreateTrainingJob'],
      resources: [...trainingPlanArns, this.jobArn('reserved-capacity', '*')],
    }));
  }

  /** Roles share statements, but not one: a policy that is too large is split between statements. */
  private allowPassing(roleArn: string): void {
    if (this.roles.has(roleArn)) return;
    if (this.roles.size % ROLES_IN_STATEMENT === 0) {
      this.passRole = new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
      });
    }
    this.passRole.addResources(roleArn);
    if (this.roles.size % ROLES_IN_STATEMENT === 0) this.functionRole.addToPrincipalPolicy(this.passRole);
    this.roles.add(roleArn);
  }

  private patternsOf(kind: JobKind): Set<string> {
    const known = this.namePatterns.get(kind);
    if (known) return known;
    const patterns = new Set<string>();
    this.namePatterns.set(kind, patterns);
    const { arnResource, noun } = KINDS[kind];
    this.allowSageMaker([`Create${noun}`, 'AddTags'], Lazy.list({ produce: () => renderPatterns(patterns).map((name) => this.jobArn(arnResource, name)) }));
    return patterns;
  }

  /**
   * Jobs may have other names, and be of other kinds, than those in the template: the policy is updated first, and then
   * CloudFormation sends the Deletes of what the template no longer has. So every kind of job may be looked at, and
   * changed where it has the stack's tag.
   */
  private allowCleaningUp(): void {
    const kinds = Object.values(KINDS);
    const jobs = kinds.map(({ arnResource }) => this.jobArn(arnResource, '*'));
    this.allowSageMaker([...kinds.flatMap(({ furtherActions, noun }) => [`Describe${noun}`, ...furtherActions?.read ?? []]), 'ListTags'], jobs);
    this.allowSageMaker(
      [...kinds.flatMap(({ furtherActions, noun }) => [`Stop${noun}`, `Delete${noun}`, ...furtherActions?.change ?? []]), 'AddTags', 'DeleteTags'],
      jobs,
      { StringEquals: { [`aws:ResourceTag/${OWNER_TAG.stack}`]: Aws.STACK_ID } },
    );
  }

  private allowSageMaker(actions: readonly string[], resources: string[], conditions?: { [operator: string]: unknown }): void {
    this.functionRole.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: actions.map((action) => `sagemaker:${action}`),
      resources,
      conditions,
    }));
  }

  private jobArn(arnResource: string, name: string): string {
    return Stack.of(this).formatArn({ service: 'sagemaker', resource: arnResource, resourceName: name });
  }
}

/** The service makes lower case of names in ARNs; a name in another case is allowed as it was given as well. */
function renderPatterns(patterns: ReadonlySet<string>): string[] {
  if (patterns.has('*') || patterns.size > MAX_PREFIXES) return ['*'];
  return [...new Set([...patterns].flatMap((pattern) => [pattern.toLowerCase(), pattern]))].sort();
}
