import type { CreateTrainingJobRequest } from './training-types';
import { repeatedValue, type Rule } from '../local-request-rule';

/** In milliseconds. */
const PROFILING_INTERVALS = [100, 200, 500, 1000, 5000, 60_000];

const differentRuleNames: Rule<CreateTrainingJobRequest> = (request) => {
  const { DebugRuleConfigurations: debugging = [], ProfilerRuleConfigurations: profiling = [] } = request;
  const name = repeatedValue([...debugging, ...profiling].map(({ RuleConfigurationName }) => RuleConfigurationName));
  return name !== undefined && `RuleConfigurationName must be unique: ${name}.`;
};

const differentCollections: Rule<CreateTrainingJobRequest> = ({ DebugHookConfig: hook }) => {
  const name = repeatedValue((hook?.CollectionConfigurations ?? []).flatMap(({ CollectionName }) => CollectionName ?? []));
  return name !== undefined && `CollectionName must be unique: ${name}.`;
};

const profilingInterval: Rule<CreateTrainingJobRequest> = ({ ProfilerConfig: profiler }) => profiler?.ProfilingIntervalInMilliseconds !== undefined
  && !PROFILING_INTERVALS.includes(profiler.ProfilingIntervalInMilliseconds)
  && `ProfilingIntervalInMilliseconds must be one of ${PROFILING_INTERVALS.join(', ')}.`;

/** Rules of SageMaker Debugger. */
export const DEBUGGER_RULES: readonly Rule<CreateTrainingJobRequest>[] = [differentRuleNames, differentCollections, profilingInterval];
