import type * as iam from 'aws-cdk-lib/aws-iam';
import { JOB_KINDS, type JobKind, OWNER_TAG } from '../contract';
import type { Permission } from '../execution-role/grantee';

/** Returns the permissions to create, describe and stop jobs with an ARN, which may be a pattern, and to pass them their roles. */
export function runPermissions(kind: JobKind, jobArn: string, roles: readonly iam.IRole[]): Permission[] {
  const { noun } = JOB_KINDS[kind];
  return [
    ...startPermissions(kind, jobArn, roles),
    { actions: [`sagemaker:Describe${noun}`, `sagemaker:Stop${noun}`], resourceArns: [jobArn] },
  ];
}

/**
 * Returns the permissions to create jobs with an ARN, which may be a pattern, and to pass them their roles. The jobs cannot have
 * the tags that identify the jobs of a stack, which must not adopt a job that another principal started.
 */
export function startPermissions(kind: JobKind, jobArn: string, roles: readonly iam.IRole[]): Permission[] {
  const create = `Create${JOB_KINDS[kind].noun}`;
  const resourceArns = [jobArn];
  const withoutOwnerTags = { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': Object.values(OWNER_TAG) } };
  return [
    { actions: [`sagemaker:${create}`], resourceArns, conditions: withoutOwnerTags },
    {
      actions: ['sagemaker:AddTags'],
      resourceArns,
      conditions: { ...withoutOwnerTags, StringEquals: { 'sagemaker:TaggingAction': create } },
    },
    ...roles.length === 0 ? [] : [{
      actions: ['iam:PassRole'],
      resourceArns: roles.map(({ roleArn }) => roleArn),
      conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    }],
  ];
}
