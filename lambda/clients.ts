import { setTimeout } from 'node:timers/promises';
import * as sagemaker from '@aws-sdk/client-sagemaker';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { isAccessDenied } from './errors';
import { put } from './respond';
import type { Executions, SageMaker, Services } from './services';
import { ENVIRONMENT } from '../src/private/contract';

/** How often, and after how many milliseconds, an execution is started that the function may not start yet. */
const START_TRIES = 5;
const START_DELAY = 4000;

/** The commands of the operations that the table of kinds names. Named one by one, so that the bundle holds no others. */
const COMMANDS = {
  CreateTrainingJob: sagemaker.CreateTrainingJobCommand,
  DescribeTrainingJob: sagemaker.DescribeTrainingJobCommand,
  UpdateTrainingJob: sagemaker.UpdateTrainingJobCommand,
  StopTrainingJob: sagemaker.StopTrainingJobCommand,
  DeleteTrainingJob: sagemaker.DeleteTrainingJobCommand,
  CreateHyperParameterTuningJob: sagemaker.CreateHyperParameterTuningJobCommand,
  DescribeHyperParameterTuningJob: sagemaker.DescribeHyperParameterTuningJobCommand,
  StopHyperParameterTuningJob: sagemaker.StopHyperParameterTuningJobCommand,
  DeleteHyperParameterTuningJob: sagemaker.DeleteHyperParameterTuningJobCommand,
  ListTrainingJobsForHyperParameterTuningJob: sagemaker.ListTrainingJobsForHyperParameterTuningJobCommand,
  CreateCompilationJob: sagemaker.CreateCompilationJobCommand,
  DescribeCompilationJob: sagemaker.DescribeCompilationJobCommand,
  StopCompilationJob: sagemaker.StopCompilationJobCommand,
  DeleteCompilationJob: sagemaker.DeleteCompilationJobCommand,
  DescribeNotebookInstance: sagemaker.DescribeNotebookInstanceCommand,
  UpdateNotebookInstance: sagemaker.UpdateNotebookInstanceCommand,
  StartNotebookInstance: sagemaker.StartNotebookInstanceCommand,
  StopNotebookInstance: sagemaker.StopNotebookInstanceCommand,
  AddTags: sagemaker.AddTagsCommand,
  DeleteTags: sagemaker.DeleteTagsCommand,
  ListTags: sagemaker.ListTagsCommand,
} as const;

/** The services as they are in a function. */
export function bindServices(): Services {
  const environment = process.env;
  return {
    sageMaker: bindSageMaker(),
    executions: bindExecutions(environment[ENVIRONMENT.stateMachine]!),
    respond: put,
    now: () => Date.now(),
    region: environment.AWS_REGION!,
  };
}

/** A call is not repeated by the client: the state machine waits, at no cost, and runs the step again. */
function bindSageMaker(): SageMaker {
  const client = new sagemaker.SageMakerClient({ maxAttempts: 1 });
  return {
    async call(operation, input) {
      const Command = COMMANDS[operation as keyof typeof COMMANDS] as new (input: unknown) => any;
      return client.send(new Command(input));
    },
  };
}

function bindExecutions(stateMachineArn: string): Executions {
  const client = new SFNClient({ maxAttempts: 6 });
  const executionArn = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  return {
    async start(name, input) {
      for (let tries = 1; ; tries++) {
        try {
          await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
          return;
        } catch (error) {
          if (error instanceof ExecutionAlreadyExists) return;
          // The policy that allows it is seconds old at the first deployment of a stack.
          if (!isAccessDenied(error) || tries === START_TRIES) throw error;
          await setTimeout(START_DELAY);
        }
      }
    },
    async exists(name) {
      try {
        await client.send(new DescribeExecutionCommand({ executionArn: executionArn(name) }));
        return true;
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return false;
        throw error;
      }
    },
    async running() {
      const names: string[] = [];
      for await (const page of paginateListExecutions({ client, pageSize: 1000 }, { stateMachineArn, statusFilter: 'RUNNING' })) {
        names.push(...page.executions!.map(({ name }) => name!));
      }
      return names;
    },
    async stop(name) {
      await client.send(new StopExecutionCommand({ executionArn: executionArn(name), cause: 'CloudFormation no longer waits for it' }));
    },
  };
}
