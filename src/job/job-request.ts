import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IDependable } from 'constructs';
import type { RequestStructure } from './request-members';

/** The request of a job, with what was created for it in its scope. A construct and a task state render the same request. */
export interface JobRequest {
  /** The execution roles. The first one is the role of the job. Empty if the kind has none, because another resource has the role. */
  readonly roles: readonly iam.IRole[];
  /** The role that the job uses without being passed it, if another resource has it. */
  readonly roleElsewhere?: iam.IRole;
  /** The security groups of the job, if it runs in a VPC. */
  readonly connections?: ec2.Connections;
  /** The resources that must exist before the job starts. */
  readonly dependencies: readonly IDependable[];
  /** The training plans of a training job. */
  readonly trainingPlanArns?: readonly string[];
  /** The members of the request to whose S3 URIs the name of the job is appended (`OutputMember` of the contract). */
  readonly outputMember?: readonly string[];
  /** Renders the request, without the name of the job and without tags. */
  render(): RequestStructure;
}
