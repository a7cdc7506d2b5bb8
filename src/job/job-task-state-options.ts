import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';

/** Options of a task state that runs a job. */
export interface JobTaskStateOptions extends sfn.StateBaseProps, sfn.JsonPathCommonOptions, sfn.JsonataCommonOptions, sfn.AssignableStateOptions {
  /**
   * Whether Step Functions waits for the job to end (`RUN_JOB`), or only starts it (`REQUEST_RESPONSE`). If it waits, the state fails
   * if the job fails, and its result is the description of the job. If the execution is stopped, Step Functions stops the job.
   *
   * @default sfn.IntegrationPattern.RUN_JOB
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
   */
  readonly integrationPattern?: sfn.IntegrationPattern;

  /**
   * The maximum time that the state waits for the job. After this time, Step Functions stops the job, and the state fails.
   *
   * @default - 99999999 seconds; the job is limited by its own limits, which a transform job lacks
   */
  readonly taskTimeout?: sfn.Timeout;

  /**
   * The path in the state's input that receives its result. `sfn.JsonPath.DISCARD` passes on the input.
   *
   * @default '$'
   */
  readonly resultPath?: string;

  /**
   * The selection from the result that replaces it before `resultPath` is applied, such as
   * `{ model: sfn.JsonPath.stringAt('$.ModelArtifacts.S3ModelArtifacts') }`.
   *
   * @default - the whole result
   */
  readonly resultSelector?: { [key: string]: any };
}
