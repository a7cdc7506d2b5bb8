import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { INotebookInstance } from './notebook-instance-base';
import { rolePathOf } from '../provider/provider-settings';

/**
 * The times when a notebook instance is started and stopped. The expressions contain the time zone: `ScheduleExpression.cron({
 * weekDay: 'MON-FRI', hour: '8', minute: '0', timeZone: TimeZone.EUROPE_BERLIN })`.
 */
export interface NotebookInstanceScheduleOptions {
  /**
   * The time when the instance is started. Has no effect on a running instance.
   *
   * @default - it is not started
   */
  readonly start?: ScheduleExpression;

  /**
   * The time when the instance is stopped, even while it is in use. Has no effect on a stopped instance.
   *
   * @default - it is not stopped
   */
  readonly stop?: ScheduleExpression;
}

/** The schedules that start and stop a notebook instance. */
export class NotebookSchedules extends Construct {
  private readonly role: iam.Role;

  constructor(scope: Construct, id: string, private readonly notebook: INotebookInstance, { start, stop }: NotebookInstanceScheduleOptions) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      path: Lazy.string({ produce: () => rolePathOf(this) }),
    });
    if (start) {
      this.call('Start', start);
      notebook.grantStart(this.role);
    }
    if (stop) this.call('Stop', stop);
  }

  private call(verb: 'Start' | 'Stop', schedule: scheduler.ScheduleExpression): void {
    new scheduler.Schedule(this, verb, {
      // The path in the stack, because the path in the app changes when the stack moves into a stage.
      description: `${verb} the notebook instance of ${this.notebook.node.path.slice(Stack.of(this).node.path.length + 1)}`.slice(0, 512),
      schedule,
      target: new targets.Universal({
        service: 'sagemaker',
        action: `${verb.toLowerCase()}NotebookInstance`,
        input: scheduler.ScheduleTargetInput.fromObject({ NotebookInstanceName: this.notebook.notebookInstanceName }),
        role: this.role,
        policyStatements: [new iam.PolicyStatement({
          actions: [`sagemaker:${verb}NotebookInstance`],
          resources: [this.notebook.notebookInstanceArn],
        })],
        // SageMaker rejects the stop of an instance that is not running. With the default of retries for a day, the stop in the
        // evening would take place when the instance is started in the morning.
        retryAttempts: 5,
        maxEventAge: Duration.minutes(10),
      }),
    });
  }
}
