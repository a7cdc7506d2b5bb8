import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { JobKind } from './contract';
import { jobRolePath } from './role-path';

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
export function makeJobRole(scope: Construct, kind: JobKind, sessionTags: boolean = false): iam.Role {
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
