import type { Duration, RemovalPolicy } from 'aws-cdk-lib';

/** How a deployment deals with a job, whatever its kind. */
export interface JobOptions {
  /**
   * A value without a meaning of its own: another value runs the job again. Without it a job runs again when its request
   * changes, which new data in the same place does not do.
   *
   * @default - the job runs again only when its request changes
   */
  readonly rerunTrigger?: string;

  /**
   * Whether the deployment waits until the job has ended, and fails if the job does. Otherwise it goes on as soon as the
   * job was created; then values that are known in the end, such as the model's location, cannot be read.
   *
   * @default true
   */
  readonly waitForCompletion?: boolean;

  /**
   * How long the deployment waits for the job. When the time is up, the job is stopped and the deployment fails.
   *
   * @default - as long as the job may run by its own limits, and 45 minutes to start
   */
  readonly waitTimeout?: Duration;

  /**
   * Whether a job that was stopped counts as finished: one that reached a limit of its own, or that somebody stopped.
   * What it has stored by then is its result.
   *
   * @default false - the deployment fails
   */
  readonly acceptStopped?: boolean;

  /**
   * What happens to the job when it leaves the stack. `DESTROY` stops and deletes it, `RETAIN` leaves it, also while it runs,
   * together with the role and the security group that were made for it. What the job has stored in S3 stays in any case.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}
