import { Duration } from 'aws-cdk-lib';
import { InProcessCloud } from './in-process';
import type { FaultRule } from '../../local/faults';
import { type Course, type JobOptions, TRAINING } from '../deploy/kinds';

interface Failing {
  readonly faults?: readonly FaultRule[];
  readonly course?: Course;
  readonly options?: JobOptions;
  /** What else happens. */
  readonly meanwhile?: (cloud: InProcessCloud) => Promise<void>;
}

const create = (fault: object): FaultRule => ({ match: { operation: 'CreateTrainingJob' }, ...fault } as FaultRule);

/** What CloudFormation prints of a job that fails, with the random parts of names and ids made the same each time. */
async function reason({ faults = [], course = {}, options = {}, meanwhile }: Failing): Promise<string> {
  const cloud = new InProcessCloud({ faults });
  try {
    TRAINING.behave(cloud as never, () => course);
    const deployment = cloud.interrupt(
      { A: { kind: 0, options: { maxRuntime: Duration.minutes(30), ...options } } }, 200, async () => meanwhile?.(cloud),
    );
    const { events } = await deployment;
    const { resourceStatusReason = '' } = events.find(({ resourceStatus, resourceType }) => resourceStatus === 'CREATE_FAILED' && resourceType.startsWith('Custom::'))!;
    return resourceStatusReason.replace(/-trainingjoba-[a-z0-9]{14}/g, '-trainingjoba-hash').replace(/RequestId: [^)]*/, 'RequestId: id').replace(/role\/\S+/, 'role/the-role');
  } finally {
    cloud.stop();
  }
}

const jobOf = (cloud: InProcessCloud): string => String(cloud.calls.find(({ operation }) => operation === 'CreateTrainingJob')!.input.TrainingJobName);

test('a job whose code fails', async () => {
  expect(await reason({ course: { failure: 'AlgorithmError: ExecuteUserScriptError, exit code: 1' } })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: Training job \'stack-trainingjoba-hash\' ended as Failed: AlgorithmError: ExecuteUserScriptError, exit code: 1. Logs: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Dstack-trainingjoba-hash (RequestId: id)"');
});

test('a job that is stopped by its own limit', async () => {
  expect(await reason({ course: { seconds: 7200 } })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: Training job \'stack-trainingjoba-hash\' ended as Stopped (MaxRuntimeExceeded). Logs: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Dstack-trainingjoba-hash (RequestId: id)"');
});

test('a job that runs longer than the deployment waits', async () => {
  expect(await reason({ course: { seconds: 7200 }, options: { maxRuntime: Duration.hours(3), waitTimeout: Duration.minutes(10) } })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: Training job \'stack-trainingjoba-hash\' was still Training when the wait timeout was reached, and was stopped. Logs: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Dstack-trainingjoba-hash (RequestId: id)"');
});

test('a job for which there are no instances', async () => {
  expect(await reason({ faults: [{ fault: 'capacity' }] })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: Training job \'stack-trainingjoba-hash\' ended as Failed: CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type. Logs: https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Dstack-trainingjoba-hash (RequestId: id)"');
});

test('a request that the service refuses', async () => {
  expect(await reason({ faults: [create({ fault: 'error', code: 'ValidationException', message: "1 validation error detected: Value '10' at 'stoppingCondition.maxRuntimeInSeconds' failed to satisfy constraint" })] })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: Training job \'stack-trainingjoba-hash\' could not be started: ValidationException: 1 validation error detected: Value \'10\' at \'stoppingCondition.maxRuntimeInSeconds\' failed to satisfy constraint. Property: maxRuntime. Request reference: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html (RequestId: id)"');
});

test('an account limit that stays', async () => {
  expect(await reason({ faults: [create({ fault: 'account-limit' })] })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: Training job \'stack-trainingjoba-hash\' could not be started: ResourceLimitExceeded: The account-level service limit \'ml.m5.xlarge for training job usage\' is 0 Instances, with current utilization of 0 Instances and a request delta of 1 Instances. Please use AWS Service Quotas to request an increase for this quota. (RequestId: id)"');
});

test('a role that SageMaker cannot assume', async () => {
  expect(await reason({ faults: [create({ fault: 'role-not-spread' })] })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: Training job \'stack-trainingjoba-hash\' could not be started: ValidationException: Could not assume role arn:aws:iam::111122223333:role/the-role Please ensure that the role exists and allows principal \'sagemaker.amazonaws.com\' to assume the role. Property: role. Request reference: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html (RequestId: id)"');
});

test('a call that the function may not make', async () => {
  expect(await reason({ faults: [{ fault: 'access-denied', match: { service: 'sagemaker' } }] })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: AccessDeniedException: User: function is not authorized to perform: sagemaker:DescribeTrainingJob because no identity-based policy allows the sagemaker:DescribeTrainingJob action (RequestId: id)"');
});

test('a service that cannot be reached', async () => {
  expect(await reason({ faults: [{ fault: 'error', match: { service: 'sagemaker' } }] })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: SageMaker could not be reached in time. InternalFailure: The request processing has failed because of an unknown error, exception or failure. (RequestId: id)"');
});

test('a job that somebody deletes', async () => {
  expect(await reason({
    course: { seconds: 1000 },
    meanwhile: async (cloud) => {
      cloud.sagemaker.call('StopTrainingJob', { TrainingJobName: jobOf(cloud) });
      await cloud.clock.advance(150_000);
      cloud.sagemaker.call('DeleteTrainingJob', { TrainingJobName: jobOf(cloud) });
    },
    faults: [{ fault: 'throttle', match: { operation: 'DescribeTrainingJob' }, when: { from: 190, until: 400 } }],
  })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: Training job \'stack-trainingjoba-hash\' no longer exists: another principal deleted it. (RequestId: id)"');
});

test('a status that the handler does not know', async () => {
  expect(await reason({ faults: [{ fault: 'unknown-status', match: { operation: 'DescribeTrainingJob' }, status: 'Hibernating' }] })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: Training job \'stack-trainingjoba-hash\' has the status \'Hibernating\', which this handler version does not support. (RequestId: id)"');
});

test('a function that dies in every attempt', async () => {
  expect(await reason({ faults: [{ fault: 'kill-before', match: { operation: 'DescribeTrainingJob' }, when: { first: 12 } }] })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: The handler failed: Runtime.ExitError. See its log for details. (RequestId: id)"');
});

test('Step Functions that cannot be reached', async () => {
  expect(await reason({ faults: [{ fault: 'throttle', match: { operation: 'StartExecution' } }] })).toMatchInlineSnapshot('"Received response status [FAILED] from custom resource. Message returned: The handler could not accept the event: ThrottlingException: Rate exceeded (RequestId: id)"');
});
