import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { INotebookInstance } from './notebook-instance-base';

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

/** Starts and stops a notebook instance at given times. */
export class NotebookSchedules extends Construct {
  private readonly role: iam.Role;

  constructor(scope: Construct, id: string, private readonly notebook: INotebookInstance, { start, stop }: NotebookSchedule) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
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
        // The service refuses to stop what does not run. Tried again for a day, as is the default, the stop of the
        // evening would come when the instance is started in the morning.
        retryAttempts: 5,
        maxEventAge: Duration.minutes(10),
      }),
    });
  }
}
