import { namesOf } from './local-tuning-rules';
import { trialsOf } from './search-space';
import type { TuningJob } from './tuning-job';
import type { CreateTuningJobRequest } from './tuning-types';
import { validationError } from '../../api/service-error';

/** Checks a request against the parents of its warm start. */
export function checkWarmStart(request: CreateTuningJobRequest, parents: readonly TuningJob[]): void {
  if (new Set(parents).size < parents.length) throw validationError('The parents of a warm start must be different.');
  for (const parent of parents) {
    if (parent.endTime === undefined) {
      throw validationError(`The parent ${parent.name} must be Completed, Stopped or Failed; got ${parent.status}.`);
    }
    if (differs(request, parent.request, objectives) || differs(request, parent.request, counts)) {
      throw validationError(`The objective metric and the number of hyperparameters, static and tuned, must be those of the parent ${parent.name}.`);
    }
    if (request.WarmStartConfig!.WarmStartType === 'IdenticalDataAndAlgorithm' && differs(request, parent.request, inputs)) {
      throw validationError(`With IdenticalDataAndAlgorithm, the input data and the algorithm must be those of the parent ${parent.name}.`);
    }
  }
}

function differs(one: CreateTuningJobRequest, other: CreateTuningJobRequest, aspect: (request: CreateTuningJobRequest) => unknown): boolean {
  return JSON.stringify(aspect(one)) !== JSON.stringify(aspect(other));
}

function objectives(request: CreateTuningJobRequest) {
  return trialsOf(request).map(({ objective: { Type, MetricName } }) => [Type, MetricName]);
}

function counts(request: CreateTuningJobRequest) {
  return trialsOf(request).map(({ definition, ranges }) => namesOf(ranges).length + Object.keys(definition.StaticHyperParameters ?? {}).length);
}

function inputs(request: CreateTuningJobRequest) {
  return trialsOf(request).map(({ definition: { AlgorithmSpecification: algorithm, InputDataConfig } }) =>
    [algorithm.TrainingImage, algorithm.AlgorithmName, InputDataConfig?.map(({ ChannelName, DataSource }) => [ChannelName, DataSource])]);
}
