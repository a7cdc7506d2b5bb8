import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import type { JsonObject } from '../json';
import type { Json } from '../services';
import { type Task, TaskError, type TaskRun } from './task';

/** Calls SageMaker with the role of a state machine. */
export type SageMakerCall = (operation: string, input: JsonObject) => JsonObject;

/**
 * The names of the EventBridge rules by which Step Functions learns of the ends of jobs: "IAM policies for Amazon SageMaker", Step
 * Functions Developer Guide.
 */
const RULES: { readonly [noun: string]: string } = {
  TrainingJob: 'StepFunctionsGetEventsForSageMakerTrainingJobsRule',
  HyperParameterTuningJob: 'StepFunctionsGetEventsForSageMakerTuningJobsRule',
  ProcessingJob: 'StepFunctionsGetEventsForSageMakerProcessingJobsRule',
  TransformJob: 'StepFunctionsGetEventsForSageMakerTransformJobsRule',
};

/** The interval at which a task polls its job, in milliseconds. */
const INTERVAL = 10_000;
const EXECUTION_TAG = 'AWS_STEP_FUNCTIONS_EXECUTION_ARN';
const RUNNING = ['InProgress', 'Stopping', 'Deleting'];

/**
 * Returns the task of a state that starts a job in SageMaker and waits for its end (`.sync`), or only starts it. Undefined for another
 * resource.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export function jobTask(resource: string, timeoutSeconds: number | undefined, clock: Clock, call: SageMakerCall): Task | undefined {
  const [, noun, sync] = /^arn:aws[a-z-]*:states:::sagemaker:create(\w+?)(\.sync)?$/.exec(resource) ?? [];
  if (noun === undefined || !Object.hasOwn(RULES, noun)) return undefined;
  const job = new Job(noun, clock, call);
  if (sync === undefined) return { resource, run: async (input) => job.start(input as JsonObject) };
  return { resource, rule: RULES[noun], run: async (input, run) => job.runToEnd(input as JsonObject, run, timeoutSeconds) };
}

class Job {
  constructor(private readonly noun: string, private readonly clock: Clock, private readonly makeCall: SageMakerCall) {}

  start(input: JsonObject): JsonObject {
    return this.call('Create', input);
  }

  async runToEnd(input: JsonObject, run: TaskRun, timeoutSeconds: number = Infinity): Promise<Json> {
    const name = this.nameIn(input);
    const owned = { [EXECUTION_TAG]: run.executionArn, MANAGED_BY_AWS: 'STARTED_BY_STEP_FUNCTIONS' };
    const tags = [...input.Tags as Json[] | undefined ?? [], ...Object.entries(owned).map(([Key, Value]) => ({ Key, Value }))];
    this.createOnce({ ...input, Tags: tags }, run);
    const deadline = this.clock.now() + timeoutSeconds * 1000;
    try {
      for (;;) {
        const described = this.call('Describe', name);
        if (!RUNNING.includes(String(described[`${this.noun}Status`]))) return this.result(described);
        if (this.clock.now() >= deadline) throw new TaskError('States.Timeout', '');
        await this.clock.sleep(Math.min(INTERVAL, deadline - this.clock.now()), run.signal);
      }
    } catch (error) {
      const isOver = error instanceof TaskError && error.name === 'States.TaskFailed';
      if (!isOver) this.call('Stop', name);
      throw error;
    }
  }

  /** Creates the job, unless an earlier process of the local cloud has created it for this execution. */
  private createOnce(input: JsonObject, { executionArn, submitted }: TaskRun): void {
    try {
      submitted(this.call('Create', input));
    } catch (error) {
      if ((error as Error).name !== 'SageMaker.ResourceInUseException') throw error;
      const described = this.call('Describe', this.nameIn(input));
      if (this.tagsOf(described)[EXECUTION_TAG] !== executionArn) throw error;
    }
  }

  private nameIn(input: JsonObject): JsonObject {
    return { [`${this.noun}Name`]: input[`${this.noun}Name`] };
  }

  private tagsOf(described: JsonObject): { [key: string]: string } {
    const { Tags: tags } = this.makeCall('ListTags', { ResourceArn: described[`${this.noun}Arn`] });
    return Object.fromEntries((tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
  }

  /** The description of a completed job with its tags. A job with another result fails the state. */
  private result(described: JsonObject): JsonObject {
    const result = { ...inMilliseconds(described), Tags: this.tagsOf(described) };
    if (described[`${this.noun}Status`] === 'Completed') return result;
    throw new TaskError('States.TaskFailed', JSON.stringify(result));
  }

  private call(verb: string, input: JsonObject): JsonObject {
    try {
      return this.makeCall(`${verb}${this.noun}`, input);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new TaskError(errorName(error.code), `${error.message} (Service: AmazonSageMaker; Status Code: ${error.statusCode}; Error Code: ${error.code})`);
    }
  }
}

/** The errors of the service that have a name of their own in Step Functions. All others have the name of the service's exception. */
function errorName(code: string): string {
  return /^Resource(?:LimitExceeded|InUse|NotFound)$/.test(code) ? `SageMaker.${code}Exception` : 'SageMaker.AmazonSageMakerException';
}

/** The times of a description are seconds in the protocol of SageMaker, and milliseconds in a state. */
function inMilliseconds(described: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(described).map(([member, value]) => [member, /Time$/.test(member) && typeof value === 'number' ? value * 1000 : value]));
}
