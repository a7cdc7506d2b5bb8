import { Aws, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { SplitPermission } from './split-permission';
import { JOB_KINDS, type JobKind, OWNER_TAG } from '../contract';
import { jobRolesArn } from '../execution-role/execution-role';
import { NO_RESOURCES } from '../execution-role/job-permissions';
import { acknowledgeWildcards } from '../execution-role/wildcards';
import { TEMPLATE_KINDS } from '../job/template-kinds';

/** Jobs with more different prefixes than this are allowed under all names, because a role's policies have a limited size. */
const MAX_PREFIXES = 30;

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

/** A notebook instance of which the function holds the state, or only describes it. */
export interface ProvidedNotebook {
  /** What the function does with the instance besides describing it. The instance has the tag of the stack then. */
  readonly changes: readonly string[];
  /** The roles that starting and changing it may pass. */
  readonly passedRolesArn: string;
}

/** What the function is allowed to do with the jobs and the notebook instances of its stack. */
export class FunctionPermissions {
  private readonly createStatements = new Map<JobKind, SplitPermission>();
  private readonly passRoleStatements: SplitPermission;
  /** The ARN of all jobs of each kind. */
  private readonly allJobs: ReadonlyMap<JobKind, string>;
  /** The ARN of all roles that are created for the jobs of the stack. */
  private readonly jobRoles: string;

  constructor(private readonly scope: Construct, private readonly functionRole: iam.Role) {
    this.allJobs = new Map((Object.keys(JOB_KINDS) as JobKind[]).map((kind) => [kind, this.arn(JOB_KINDS[kind].arnResource, '*')]));
    this.jobRoles = jobRolesArn(scope);
    this.passRoleStatements = new SplitPermission(functionRole, ['iam:PassRole'], { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } });
    this.allowTagging();
    this.allowCleaningUp();
  }

  /** Allows the function to look after a job, and no more than that. */
  allowJob(job: ProvidedJob): void {
    this.allowCreating(job.kind, job.namePattern);
    this.passRoleStatements.addResource(job.givenRole?.roleArn ?? this.jobRoles);
    job.furtherRoles?.forEach(({ roleArn }) => this.passRoleStatements.addResource(roleArn));
    if (job.trainingPlanArns?.length) this.allowTrainingPlans(job.trainingPlanArns);
  }

  /**
   * Allows the function to look after a notebook instance. None is named: jobs would have to wait for it then, and it could
   * not use what a job has made. One that is not there has no tag, and the answer must be that it is not there.
   *
   * @returns who gets further permissions that the function needs for the instance
   */
  allowNotebook({ changes, passedRolesArn }: ProvidedNotebook): iam.IGrantable {
    const allNotebooks = this.arn('notebook-instance', '*');
    this.allowSageMaker(['DescribeNotebookInstance'], [allNotebooks]);
    acknowledgeWildcards(this.functionRole, [allNotebooks], 'Jobs would wait for a notebook instance that was named; it is changed by the tag of the stack');
    if (changes.length > 0) {
      this.allowSageMaker(changes, [allNotebooks], ofStack('ResourceTag'));
      this.passRoleStatements.addResource(passedRolesArn);
      acknowledgeWildcards(this.functionRole, [passedRolesArn], 'The role of a notebook instance has a path of its own');
    }
    return this.functionRole;
  }

  /** The service authorizes a training job on a plan for the plan, and for the capacity behind it, too. */
  private allowTrainingPlans(trainingPlanArns: readonly string[]): void {
    const capacity = this.arn('reserved-capacity', '*');
    this.functionRole.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['sagemaker:CreateTrainingJob'],
      resources: [...trainingPlanArns, capacity],
    }));
    acknowledgeWildcards(this.functionRole, [capacity], 'The service chooses the capacity of a training plan');
  }

  /** The service makes lower case of names in ARNs; a name in another case is allowed as it was given as well. */
  private allowCreating(kind: JobKind, namePattern: string): void {
    const { arnResource, noun } = JOB_KINDS[kind];
    const permission = this.createStatements.get(kind) ?? new SplitPermission(this.functionRole, [`sagemaker:Create${noun}`], ofStack('RequestTag'));
    this.createStatements.set(kind, permission);
    const isNamed = !Token.isUnresolved(namePattern) && permission.size < 2 * MAX_PREFIXES;
    if (!isNamed) return permission.addResource(this.allJobs.get(kind)!);
    [namePattern.toLowerCase(), namePattern].forEach((name) => permission.addResource(this.arn(arnResource, name)));
  }

  /** Jobs get their tags when they are created, which is authorized like the tagging of a job that is there. */
  private allowTagging(): void {
    this.allowSageMaker(['AddTags'], [...this.allJobs.values()], {
      StringEquals: {
        ...ofStack('RequestTag').StringEquals,
        'sagemaker:TaggingAction': Object.values(JOB_KINDS).map(({ noun }) => `Create${noun}`),
      },
    });
  }

  /**
   * Jobs may have other names, and be of other kinds, than those in the template: the policy is updated first, and then
   * CloudFormation sends the Deletes of what the template no longer has. So every kind of job may be looked at, and
   * changed where it has the stack's tag.
   */
  private allowCleaningUp(): void {
    const kinds = (Object.keys(JOB_KINDS) as JobKind[]).map((kind) => ({ noun: JOB_KINDS[kind].noun, ...TEMPLATE_KINDS[kind].furtherActions }));
    const allJobs = [...this.allJobs.values()];
    this.allowSageMaker([...kinds.flatMap(({ noun, read = [] }) => [`Describe${noun}`, ...read]), 'ListTags'], allJobs);
    this.allowSageMaker(kinds.map(({ noun }) => `List${noun}s`), ['*']);
    this.allowSageMaker(
      [...kinds.flatMap(({ change = [], noun }) => [`Stop${noun}`, `Delete${noun}`, ...change]), 'AddTags', 'DeleteTags'],
      allJobs,
      ofStack('ResourceTag'),
    );
    acknowledgeWildcards(this.functionRole, ['*'], NO_RESOURCES);
    acknowledgeWildcards(this.functionRole, allJobs, 'Jobs that the template no longer has are cleaned up by the tag of the stack');
    acknowledgeWildcards(this.functionRole, [this.jobRoles], 'The roles of this stack\'s jobs have a path of their own');
  }

  private allowSageMaker(actions: readonly string[], resources: string[], conditions?: { [operator: string]: unknown }): void {
    this.functionRole.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: actions.map((action) => `sagemaker:${action}`),
      resources,
      conditions,
    }));
  }

  private arn(arnResource: string, name: string): string {
    return Stack.of(this.scope).formatArn({ service: 'sagemaker', resource: arnResource, resourceName: name });
  }
}

/** The tag of the stack, on what is there or on what is asked for. */
function ofStack(tag: 'RequestTag' | 'ResourceTag'): { StringEquals: { [key: string]: string } } {
  return { StringEquals: { [`aws:${tag}/${OWNER_TAG.stack}`]: Aws.STACK_ID } };
}
