import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';

/**
 * When a notebook instance is started and stopped. The expressions hold the time zone:
 * `ScheduleExpression.cron({ weekDay: 'MON-FRI', hour: '8', minute: '0', timeZone: TimeZone.EUROPE_BERLIN })`.
 */
export interface NotebookSchedule {
  /**
   * When the instance is started. One that runs is left alone.
   *
   * @default - it is not started
   */
  readonly start?: ScheduleExpression;

  /**
   * When the instance is stopped, whatever happens on it. One that has stopped is left alone.
   *
   * @default - it is not stopped
   */
  readonly stop?: ScheduleExpression;
}
