import type { Rule } from '../request-rule';
import { brokenAt, literalNumber, repeatedIn } from '../request-values';

const INTERVALS = [100, 200, 500, 1000, 5000, 60000];

/** Rules of Debugger and the profiler. */
export const DEBUGGER_RULES: readonly Rule[] = [
  {
    id: 'debug-rule-names-unique',
    on: ['CreateTrainingJobRequest'],
    level: 'error',
    source: 'DebugRuleConfiguration.RuleConfigurationName',
    rule: 'must be unique among `DebugRuleConfigurations`',
    needs: ['DebugRuleConfigurations'],
    check: (request) => repeatedIn(request, 'DebugRuleConfigurations', 'RuleConfigurationName'),
  },
  {
    id: 'profiler-rule-names-unique',
    on: ['CreateTrainingJobRequest'],
    level: 'error',
    source: 'ProfilerRuleConfiguration.RuleConfigurationName',
    rule: 'must be unique among `ProfilerRuleConfigurations`',
    needs: ['ProfilerRuleConfigurations'],
    check: (request) => repeatedIn(request, 'ProfilerRuleConfigurations', 'RuleConfigurationName'),
  },
  {
    id: 'collection-names-unique',
    on: ['DebugHookConfig'],
    level: 'error',
    source: 'CollectionConfiguration.CollectionName',
    rule: 'must be unique',
    needs: ['CollectionConfigurations'],
    check: (hook) => repeatedIn(hook, 'CollectionConfigurations', 'CollectionName'),
  },
  {
    id: 'profiling-interval',
    on: ['ProfilerConfig'],
    level: 'warning',
    source: 'ProfilerConfig.ProfilingIntervalInMilliseconds',
    rule: `should be one of ${INTERVALS.join(', ')}`,
    needs: ['ProfilingIntervalInMilliseconds'],
    check: ({ ProfilingIntervalInMilliseconds }) => {
      const interval = literalNumber(ProfilingIntervalInMilliseconds);
      return brokenAt(['ProfilingIntervalInMilliseconds'], interval !== undefined && !INTERVALS.includes(interval));
    },
  },
];
