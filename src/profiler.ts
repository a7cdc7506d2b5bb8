import type { Duration } from 'aws-cdk-lib';
import { S3Location } from './s3-location';

/** What is measured of the instances and the framework while a job trains (`ProfilerConfig` of the API). Can change while the job runs. */
export interface ProfilerConfig {
  /**
   * Where the measurements are stored in S3 (`S3OutputPath`).
   *
   * @default - nowhere
   */
  readonly outputLocation?: S3Location;

  /**
   * How often the instances are measured (`ProfilingIntervalInMilliseconds`): 100, 200 or 500 milliseconds, 1, 5 or 60 seconds.
   *
   * @default - 500 milliseconds
   */
  readonly profilingInterval?: Duration;

  /**
   * What is measured of the framework (`ProfilingParameters`), at most 20 entries: `DetailedProfilingConfig`,
   * `PythonProfilingConfig`, `DataLoaderProfilingConfig`.
   *
   * @default - nothing
   */
  readonly profilingParameters?: { [name: string]: string };

  /**
   * Turns all measuring off (`DisableProfiler`).
   *
   * @default - as the service decides
   */
  readonly disableProfiler?: boolean;
}
