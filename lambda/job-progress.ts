import type { Stage } from './waits';

/** How far a running job is. */
export interface JobProgress {
  readonly stage: Stage;
  /** When the stage began, in milliseconds since the epoch. Default: nobody knows. */
  readonly since?: number;
}

const STAGES: { readonly [secondaryStatus: string]: Stage } = {
  Starting: 'starting',
  Pending: 'starting',
  LaunchingMLInstances: 'starting',
  PreparingTrainingStack: 'starting',
  Downloading: 'starting',
  DownloadingTrainingImage: 'starting',
  Training: 'working',
  Uploading: 'ending',
  Stopping: 'ending',
};

/** A training job uploads its model before it ends, and says when it began to. */
export function trainingProgress({ SecondaryStatus, SecondaryStatusTransitions = [] }: Record<string, any>): JobProgress {
  const { StartTime } = SecondaryStatusTransitions.at(-1) ?? {};
  return { stage: STAGES[SecondaryStatus] ?? 'untold', since: StartTime && new Date(StartTime).getTime() };
}
