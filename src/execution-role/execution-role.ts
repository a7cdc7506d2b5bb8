import { Aws, Fn, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { JobKind } from '../contract';

/**
 * For which resources the service documents that it names them when it assumes a role. For others a condition on them could
 * not be met; the account it is that they have to be of.
 */
const SOURCES: { readonly [kind in JobKind]?: readonly string[] } = {
  // Rules are evaluated by processing jobs, with the role of the training job.
  trainingJob: ['training-job', 'processing-job'],
  compilationJob: ['compilation-job'],
};

/** Makes the role of a job for which none was given. */
export function createJobRole(scope: Construct, kind: JobKind, sessionTags: boolean = false): iam.Role {
  const service = serviceOfAccount(scope, SOURCES[kind]);
  return new iam.Role(scope, 'Role', { path: jobRolePath(), assumedBy: sessionTags ? service.withSessionTags() : service });
}

/**
 * SageMaker, in the name of this account and region only: somebody in another account, to whom the ARN of a role is known,
 * must not have the service assume it for him.
 *
 * @param sources the resources that it may assume a role for (default: all)
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
 * The path of roles that are made, by which the function may pass them without knowing any. A function that knew a role would
 * depend on it, the role on the job that its owner waits for (`addDependency`), and that job on the function.
 */
function rolePath(owners: string, ...names: string[]): string {
  return `/${Fn.join('/', [owners, Fn.select(2, Fn.split('/', Aws.STACK_ID)), ...names])}/`;
}

/** The path of all roles that are made for the jobs of a stack. */
export function jobRolePath(): string {
  return rolePath('sagemaker-jobs');
}

/** The path of the role that is made for a notebook instance: the function passes the roles of those only whose state it holds. */
export function notebookRolePath(notebook: Construct): string {
  return rolePath('sagemaker-notebooks', Names.uniqueResourceName(notebook, { maxLength: 40 }));
}

/** The ARN of all roles with a path. */
export function rolesArn(scope: Construct, path: string): string {
  return Stack.of(scope).formatArn({ service: 'iam', region: '', resource: `role${path}*` });
}
