import {
  CreateHyperParameterTuningJobCommand,
  type CreateHyperParameterTuningJobCommandInput,
  DeleteHyperParameterTuningJobCommand,
  DescribeHyperParameterTuningJobCommand,
  ListTrainingJobsForHyperParameterTuningJobCommand,
  StopHyperParameterTuningJobCommand,
} from '@aws-sdk/client-sagemaker';
import { type Fixture, request } from './setup';

const { AlgorithmSpecification, InputDataConfig, OutputDataConfig, ResourceConfig, RoleArn, StoppingCondition } = request('');

export const metrics = [{ Name: 'loss', Regex: 'loss=(.*)' }];

/** A definition of training jobs that the service takes. */
export const definition = {
  AlgorithmSpecification: { ...AlgorithmSpecification, TrainingInputMode: 'File' as const, MetricDefinitions: metrics },
  InputDataConfig,
  OutputDataConfig,
  ResourceConfig,
  RoleArn,
  StoppingCondition,
  StaticHyperParameters: { epochs: '3' },
};

export const objective = { Type: 'Minimize' as const, MetricName: 'loss' };

export const ranges = { ContinuousParameterRanges: [{ Name: 'rate', MinValue: '0.1', MaxValue: '0.9' }] };

/** A request that the service takes. */
export function tuningRequest(name: string, config: object = {}, changes: object = {}): CreateHyperParameterTuningJobCommandInput {
  return {
    HyperParameterTuningJobName: name,
    HyperParameterTuningJobConfig: {
      Strategy: 'Random',
      HyperParameterTuningJobObjective: objective,
      ParameterRanges: ranges,
      ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 2 },
      ...config,
    },
    TrainingJobDefinition: definition,
    ...changes,
  };
}

/** The tuning jobs of a local SageMaker. */
export class TuningJobs {
  constructor(private readonly cloud: Fixture) {}

  async create(name: string, config: object = {}, changes: object = {}) {
    return this.cloud.client.send(new CreateHyperParameterTuningJobCommand(tuningRequest(name, config, changes)));
  }

  async describe(name: string) {
    return this.cloud.client.send(new DescribeHyperParameterTuningJobCommand({ HyperParameterTuningJobName: name }));
  }

  async stop(name: string) {
    return this.cloud.client.send(new StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName: name }));
  }

  async delete(name: string) {
    return this.cloud.client.send(new DeleteHyperParameterTuningJobCommand({ HyperParameterTuningJobName: name }));
  }

  async children(name: string, options: object = {}) {
    const output = await this.cloud.client.send(
      new ListTrainingJobsForHyperParameterTuningJobCommand({ HyperParameterTuningJobName: name, MaxResults: 100, ...options }),
    );
    return output.TrainingJobSummaries!;
  }
}
