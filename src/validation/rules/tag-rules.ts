import type { Rule } from '../request-rule';
import { repeatedIn } from '../request-values';

/** The requests that bring tags. */
export const TAGGED = [
  'CreateTrainingJobRequest', 'CreateHyperParameterTuningJobRequest', 'CreateCompilationJobRequest', 'CreateNotebookInstanceInput',
  'CreateNotebookInstanceLifecycleConfigInput',
];

/** Tags. */
export const TAG_RULES: readonly Rule[] = [
  {
    id: 'tag-keys-unique',
    on: TAGGED,
    level: 'error',
    source: 'Tag.Key',
    rule: 'must be unique',
    needs: ['Tags'],
    check: (request) => repeatedIn(request, 'Tags', 'Key'),
  },
];
