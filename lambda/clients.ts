import * as sagemaker from '@aws-sdk/client-sagemaker';
import type { Services } from './handler-services';
import { CLOUD_WATCH_LOGS, JsonService, STEP_FUNCTIONS } from './json-service';
import { networkInterfacesOf } from './network-interfaces';
import { put } from './respond';
import { bindExecutions } from './state-machine-executions';
import { ENVIRONMENT, FUNCTION_TIMEOUT_SECONDS } from '../src/contract';

/** The commands of the operations in the table of kinds. They are listed, so that the bundle contains no others. */
const COMMANDS = {
  CreateTrainingJob: sagemaker.CreateTrainingJobCommand,
  DescribeTrainingJob: sagemaker.DescribeTrainingJobCommand,
  UpdateTrainingJob: sagemaker.UpdateTrainingJobCommand,
  StopTrainingJob: sagemaker.StopTrainingJobCommand,
  DeleteTrainingJob: sagemaker.DeleteTrainingJobCommand,
  ListTrainingJobs: sagemaker.ListTrainingJobsCommand,
  CreateHyperParameterTuningJob: sagemaker.CreateHyperParameterTuningJobCommand,
  DescribeHyperParameterTuningJob: sagemaker.DescribeHyperParameterTuningJobCommand,
  StopHyperParameterTuningJob: sagemaker.StopHyperParameterTuningJobCommand,
  DeleteHyperParameterTuningJob: sagemaker.DeleteHyperParameterTuningJobCommand,
  ListHyperParameterTuningJobs: sagemaker.ListHyperParameterTuningJobsCommand,
  ListTrainingJobsForHyperParameterTuningJob: sagemaker.ListTrainingJobsForHyperParameterTuningJobCommand,
  CreateCompilationJob: sagemaker.CreateCompilationJobCommand,
  DescribeCompilationJob: sagemaker.DescribeCompilationJobCommand,
  StopCompilationJob: sagemaker.StopCompilationJobCommand,
  DeleteCompilationJob: sagemaker.DeleteCompilationJobCommand,
  ListCompilationJobs: sagemaker.ListCompilationJobsCommand,
  CreateProcessingJob: sagemaker.CreateProcessingJobCommand,
  DescribeProcessingJob: sagemaker.DescribeProcessingJobCommand,
  StopProcessingJob: sagemaker.StopProcessingJobCommand,
  DeleteProcessingJob: sagemaker.DeleteProcessingJobCommand,
  ListProcessingJobs: sagemaker.ListProcessingJobsCommand,
  CreateTransformJob: sagemaker.CreateTransformJobCommand,
  DescribeTransformJob: sagemaker.DescribeTransformJobCommand,
  StopTransformJob: sagemaker.StopTransformJobCommand,
  ListTransformJobs: sagemaker.ListTransformJobsCommand,
  CreateOptimizationJob: sagemaker.CreateOptimizationJobCommand,
  DescribeOptimizationJob: sagemaker.DescribeOptimizationJobCommand,
  StopOptimizationJob: sagemaker.StopOptimizationJobCommand,
  DeleteOptimizationJob: sagemaker.DeleteOptimizationJobCommand,
  ListOptimizationJobs: sagemaker.ListOptimizationJobsCommand,
  DescribeNotebookInstance: sagemaker.DescribeNotebookInstanceCommand,
  UpdateNotebookInstance: sagemaker.UpdateNotebookInstanceCommand,
  StartNotebookInstance: sagemaker.StartNotebookInstanceCommand,
  StopNotebookInstance: sagemaker.StopNotebookInstanceCommand,
  AddTags: sagemaker.AddTagsCommand,
  DeleteTags: sagemaker.DeleteTagsCommand,
  ListTags: sagemaker.ListTagsCommand,
} as const;

/** The maximum number of seconds for which Lambda initializes a function. Its timeout does not include them. */
const INITIALIZATION_SECONDS = 10;

/** Returns the services of a function. */
export function bindServices(): Services {
  const region = process.env.AWS_REGION!;
  // The client does not retry calls: the step and the state machine retry transient failures.
  const client = new sagemaker.SageMakerClient({ maxAttempts: 1 });
  return {
    sageMaker: {
      call: async (operation, input) => client.send(new (COMMANDS[operation as keyof typeof COMMANDS] as new (input: unknown) => any)(input)),
    },
    executions: bindExecutions(new JsonService(STEP_FUNCTIONS, region), process.env[ENVIRONMENT.stateMachine]!, () => Date.now()),
    networkInterfacesOf: (securityGroupId) => networkInterfacesOf(region, securityGroupId),
    // A failed call is not repeated: the response to CloudFormation does not depend on it.
    logs: process.env[ENVIRONMENT.failureLogs] === 'false' ? undefined : new JsonService(CLOUD_WATCH_LOGS, region, process.env, 1),
    respond: put,
    now: () => Date.now(),
    functionTimeout: INITIALIZATION_SECONDS + Number(process.env[ENVIRONMENT.timeout] ?? FUNCTION_TIMEOUT_SECONDS),
    region,
  };
}
