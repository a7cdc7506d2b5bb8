import { Aws, Fn, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { JobKind } from '../contract';

/**
 * The resources that SageMaker specifies when it assumes a role, as documented. Roles for other resources can only require the
 * account, because a condition on the resource would never be met.
 */
const SOURCES: { readonly [kind in JobKind]?: readonly string[] } = {
  // Processing jobs evaluate rules with the role of the training job.
  trainingJob: ['training-job', 'processing-job'],
  compilationJob: ['compilation-job'],
};

/** Creates the execution role of a job without a specified role. */
export function createJobRole(scope: Construct, kind: JobKind, sessionTags: boolean = false): iam.Role {
  const service = serviceOfAccount(scope, SOURCES[kind]);
  return new iam.Role(scope, 'Role', { path: jobRolePath(), assumedBy: sessionTags ? service.withSessionTags() : service });
}

/**
 * Returns the SageMaker service principal, restricted to this account and Region. Without this condition, a principal of another
 * account that knows the ARN of a role could have SageMaker assume it (confused deputy).
 *
 * @param sources the resources that the service may assume a role for (default: all)
 */
export function serviceOfAccount(scope: Construct, sources?: readonly string[]): iam.PrincipalBase {
  const { account } = Stack.of(scope);
  const sourceArns = sources?.map((resource) => Stack.of(scope).formatArn({ service: 'sagemaker', resource, resourceName: '*' }));
  return new iam.ServicePrincipal('sagemaker.amazonaws.com').withConditions({
    StringEquals: { 'aws:SourceAccount': account },
    ...sourceArns && { ArnLike: { 'aws:SourceArn': sourceArns } },
  });
}

/**
 * The path of created roles, by which the function is allowed to pass them. If the function's policy named a role, the function
 * would depend on it, the role on the job that its owner waits for (`addDependency`), and that job on the function.
 */
function rolePath(owners: string, ...names: string[]): string {
  return `/${Fn.join('/', [owners, Fn.select(2, Fn.split('/', Aws.STACK_ID)), ...names])}/`;
}

/** The path of all roles that are created for the jobs of a stack. */
export function jobRolePath(): string {
  return rolePath('sagemaker-jobs');
}

/**
 * The path of the role that is created for a notebook instance. The function passes only the roles of notebook instances whose
 * state it manages.
 */
export function notebookRolePath(notebook: Construct): string {
  return rolePath('sagemaker-notebooks', Names.uniqueResourceName(notebook, { maxLength: 40 }));
}

/** The ARN of all roles with a path. */
export function rolesArn(scope: Construct, path: string): string {
  return Stack.of(scope).formatArn({ service: 'iam', region: '', resource: `role${path}*` });
}
