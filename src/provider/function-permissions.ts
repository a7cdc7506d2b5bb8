import { ArnFormat, Aws, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { SplitPermission } from './split-permission';
import { JOB_KINDS, type JobKind, type KindOfJob, OWNER_TAG } from '../contract';
import { jobRolesArn } from '../execution-role/execution-role';
import { grantAnywhere, NO_RESOURCES } from '../execution-role/job-permissions';
import { acknowledgeWildcards } from '../execution-role/wildcards';
import { TEMPLATE_KINDS } from '../job/template-kinds';

/** The maximum number of name prefixes in the policy, whose size is limited. With more prefixes, all job names are allowed. */
const MAX_PREFIXES = 30;

/** A job that the function manages. */
export interface ProvidedJob {
  readonly kind: JobKind;
  /** The exact name of the job, or the pattern of names with its prefix. */
  readonly namePattern: string;
  /** Whether the request of the job contains a role. Default: true. */
  readonly hasRole?: boolean;
  /** The execution role of the job, if specified by the user. */
  readonly givenRole?: iam.IRole;
  /** Additional roles of parts of the job. */
  readonly furtherRoles?: readonly iam.IRole[];
  /** The training plans of the job. */
  readonly trainingPlanArns?: readonly string[];
  /** Whether a deletion of the job waits until no network interface uses its security group. */
  readonly waitsForNetworkInterfaces?: boolean;
}

/** A notebook instance whose state the function manages, or that it only describes. */
export interface ProvidedNotebook {
  /** The actions of the function other than describing the instance. They require the tag of the stack on the instance. */
  readonly changes: readonly string[];
  /** The roles that these actions may pass. */
  readonly passedRolesArn: string;
}

/** The permissions of the function to manage the jobs and notebook instances of its stack. */
export class FunctionPermissions {
  private readonly createStatements = new Map<JobKind, SplitPermission>();
  private readonly passRoleStatements: SplitPermission;
  private readonly logGroups: SplitPermission;
  private readonly logStreams: SplitPermission;
  /** The ARN of all jobs of each kind. */
  private readonly allJobs: ReadonlyMap<JobKind, string>;
  /** The ARN of all roles that are created for the jobs of the stack. */
  private readonly jobRoles: string;
  private describesNetworkInterfaces = false;

  constructor(private readonly scope: Construct, private readonly functionRole: iam.Role, private readonly readsLogs: boolean) {
    this.allJobs = new Map((Object.keys(JOB_KINDS) as JobKind[]).map((kind) => [kind, this.arn(JOB_KINDS[kind].arnResource, '*')]));
    this.jobRoles = jobRolesArn(scope);
    this.passRoleStatements = new SplitPermission(functionRole, ['iam:PassRole'], { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } });
    this.logGroups = new SplitPermission(functionRole, ['logs:DescribeLogStreams']);
    this.logStreams = new SplitPermission(functionRole, ['logs:GetLogEvents']);
    this.allowTagging();
    this.allowCleaningUp();
  }

  /** Grants permission to manage a job. */
  allowJob(job: ProvidedJob): void {
    this.allowCreating(job.kind, job.namePattern);
    if (this.readsLogs) this.allowReadingLog(job.kind, job.namePattern);
    if (job.hasRole ?? true) this.passRoleStatements.addResource(job.givenRole?.roleArn ?? this.jobRoles);
    job.furtherRoles?.forEach(({ roleArn }) => this.passRoleStatements.addResource(roleArn));
    if (job.trainingPlanArns?.length) this.allowTrainingPlans(job.trainingPlanArns);
    if (job.waitsForNetworkInterfaces && !this.describesNetworkInterfaces) {
      this.describesNetworkInterfaces = true;
      grantAnywhere(this.functionRole, ['ec2:DescribeNetworkInterfaces']);
    }
  }

  /**
   * Grants permission to manage a notebook instance. No instance is named: jobs would have to wait for it, and it could not use
   * the outputs of jobs. An instance that does not exist has no tag, and describing it must report that.
   *
   * @returns the grantee of additional permissions for the instance
   */
  allowNotebook({ changes, passedRolesArn }: ProvidedNotebook): iam.IGrantable {
    const allNotebooks = this.arn('notebook-instance', '*');
    this.allowSageMaker(['DescribeNotebookInstance'], [allNotebooks]);
    acknowledgeWildcards(this.functionRole, [allNotebooks], 'Jobs would wait for a named notebook instance, so the permission requires the tag of the stack');
    if (changes.length > 0) {
      this.allowSageMaker(changes, [allNotebooks], ofStack('ResourceTag'));
      this.passRoleStatements.addResource(passedRolesArn);
      acknowledgeWildcards(this.functionRole, [passedRolesArn], 'The path of the role is specific to the notebook instance');
    }
    return this.functionRole;
  }

  /** Whether the policy contains the names of a job, depending on the number of names that it already contains. */
  private isNamed(namePattern: string, present: number): boolean {
    return !Token.isUnresolved(namePattern) && present < MAX_PREFIXES;
  }

  /** SageMaker authorizes a training job on a plan for the plan and for its reserved capacity. */
  private allowTrainingPlans(trainingPlanArns: readonly string[]): void {
    const capacity = this.arn('reserved-capacity', '*');
    this.functionRole.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['sagemaker:CreateTrainingJob'],
      resources: [...trainingPlanArns, capacity],
    }));
    acknowledgeWildcards(this.functionRole, [capacity], 'SageMaker chooses the reserved capacity of a training plan');
  }

  /** The log group is shared by all jobs of the kind in the account, so the function may read only streams of jobs with these names. */
  private allowReadingLog(kind: JobKind, namePattern: string): void {
    const { logGroup, logStream } = JOB_KINDS[kind];
    const group = Stack.of(this.scope).formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroup, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    // The reference documents the ARN without the ending, and the user guide the one with it.
    [group, `${group}:*`].forEach((arn) => this.logGroups.addResource(arn));
    const stream = `${group}:log-stream:${this.isNamed(namePattern, this.logStreams.size) ? `${namePattern}${logStream}` : ''}*`;
    this.logStreams.addResource(stream);
    acknowledgeWildcards(this.functionRole, [`${group}:*`, stream], 'The names of log streams begin with the names of the jobs');
  }

  /** SageMaker converts names in ARNs to lowercase. The original name is allowed, too. */
  private allowCreating(kind: JobKind, namePattern: string): void {
    const { arnResource, noun } = JOB_KINDS[kind];
    const permission = this.createStatements.get(kind) ?? new SplitPermission(this.functionRole, [`sagemaker:Create${noun}`], ofStack('RequestTag'));
    this.createStatements.set(kind, permission);
    if (!this.isNamed(namePattern, permission.size / 2)) return permission.addResource(this.allJobs.get(kind)!);
    [namePattern.toLowerCase(), namePattern].forEach((name) => permission.addResource(this.arn(arnResource, name)));
  }

  /**
   * Jobs get their tags when they are created, which also requires `sagemaker:AddTags`. The create statements require the tag of
   * the stack. AWS does not document that this additional authorization contains the tags of the request.
   */
  private allowTagging(): void {
    const createActions = Object.values(JOB_KINDS).map(({ noun }) => `Create${noun}`);
    this.allowSageMaker(['AddTags'], [...this.allJobs.values()], { StringEquals: { 'sagemaker:TaggingAction': createActions } });
  }

  /**
   * The names and kinds of jobs may differ from the template: an update changes the policy first, and CloudFormation then sends
   * Delete events for resources that the template no longer contains. Therefore, the function is allowed to describe jobs of
   * every kind, and to change the ones with the tag of the stack.
   */
  private allowCleaningUp(): void {
    const kinds = (Object.keys(JOB_KINDS) as JobKind[]).map((kind) => ({ ...JOB_KINDS[kind] as KindOfJob, ...TEMPLATE_KINDS[kind].furtherActions }));
    const allJobs = [...this.allJobs.values()];
    this.allowSageMaker([...kinds.flatMap(({ noun, read = [] }) => [`Describe${noun}`, ...read]), 'ListTags'], allJobs);
    this.allowSageMaker(kinds.map(({ noun }) => `List${noun}s`), ['*']);
    this.allowSageMaker(
      [...kinds.flatMap(({ change = [], keepsRecords, noun }) => [`Stop${noun}`, ...keepsRecords ? [] : [`Delete${noun}`], ...change]), 'AddTags', 'DeleteTags'],
      allJobs,
      ofStack('ResourceTag'),
    );
    acknowledgeWildcards(this.functionRole, ['*'], NO_RESOURCES);
    acknowledgeWildcards(this.functionRole, allJobs, 'Jobs that the template no longer contains are cleaned up by the tag of the stack');
    acknowledgeWildcards(this.functionRole, [this.jobRoles], 'The path of the roles is specific to the jobs of this stack');
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

/** A condition on the tag of the stack, on the resource or in the request. */
function ofStack(tag: 'RequestTag' | 'ResourceTag'): { StringEquals: { [key: string]: string } } {
  return { StringEquals: { [`aws:${tag}/${OWNER_TAG.stack}`]: Aws.STACK_ID } };
}
