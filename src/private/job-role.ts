import { Aws, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * The path of the roles that are made for the jobs of a stack. By this path the function may pass all of them without
 * knowing any: a function that knew them would depend on them, and two jobs of which one waits for the other could not
 * be deployed, because each of them depends on the function.
 */
function path(): string {
  return Fn.join('/', ['sagemaker-jobs', Fn.select(2, Fn.split('/', Aws.STACK_ID))]);
}

/** Makes the role of a job for which none was given. */
export function makeJobRole(scope: Construct, sessionTags: boolean = false): iam.Role {
  const service = new iam.ServicePrincipal('sagemaker.amazonaws.com');
  return new iam.Role(scope, 'Role', { path: `/${path()}/`, assumedBy: sessionTags ? service.withSessionTags() : service });
}

/** The ARN of all roles that are made for the jobs of the stack. */
export function jobRolesArn(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: `${path()}/*` });
}
