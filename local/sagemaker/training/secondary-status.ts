import type { SecondaryStatus } from './training-types';

/** A transition to a secondary status. */
export interface SecondaryStatusTransition {
  readonly Status: SecondaryStatus;
  readonly StartTime: number;
  EndTime?: number;
  readonly StatusMessage: string;
}

/** The default messages of secondary statuses. */
export const MESSAGES: Record<SecondaryStatus, string> = {
  Starting: 'Preparing the instances for training',
  Pending: 'Waiting for capacity',
  Downloading: 'Downloading input data',
  Training: 'Training image download completed. Training in progress.',
  Uploading: 'Uploading generated training model',
  Completed: 'Training job completed',
  Failed: 'Training job failed',
  Stopping: 'Stopping the training job',
  Stopped: 'Training job stopped',
  MaxRuntimeExceeded: 'Training job runtime exceeded MaxRuntimeInSeconds provided',
  MaxWaitTimeExceeded: 'Training job wait time exceeded MaxWaitTimeInSeconds provided',
};
