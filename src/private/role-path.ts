import { Aws, Fn, Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

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
