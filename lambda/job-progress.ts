import type { Stage } from './waits';

/** The progress of a running job. */
export interface JobProgress {
  readonly stage: Stage;
  /** The time when the stage began, in milliseconds since the epoch. Default: unknown. */
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

/** A training job uploads its model before it ends, and its description contains the time when the upload began. */
export function trainingProgress({ SecondaryStatus, SecondaryStatusTransitions = [] }: Record<string, any>): JobProgress {
  const { StartTime } = SecondaryStatusTransitions.at(-1) ?? {};
  return { stage: STAGES[SecondaryStatus] ?? 'untold', since: StartTime && new Date(StartTime).getTime() };
}
