import { JOB_KINDS, RESERVED_TAG_PREFIX } from '../../contract';
import type { Rule } from '../request-rule';
import { repeatedIn, structures, literalString } from '../request-values';

/** The requests of jobs that are identified by tags. */
const JOBS = Object.values(JOB_KINDS).map(({ noun }) => `Create${noun}Request`);

/** The requests with tags. */
export const TAGGED = [...JOBS, 'CreateNotebookInstanceInput', 'CreateNotebookInstanceLifecycleConfigInput'];

/** Rules of tags. */
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
  {
    id: 'tag-keys-reserved',
    on: TAGGED,
    level: 'error',
    source: 'Tag.Key',
    rule: 'must not begin with `aws:`, which is reserved for AWS',
    needs: ['Tags'],
    check: ({ Tags }) => structures(Tags)
      .filter(([{ Key }]) => /^aws:/i.test(literalString(Key) ?? ''))
      .map(([, index]) => ({ path: ['Tags', index, 'Key'] })),
  },
  {
    id: 'tag-keys-of-ownership',
    on: JOBS,
    level: 'error',
    source: 'How Amazon SageMaker AI works with IAM: authorization based on SageMaker AI tags',
    rule: `must not begin with \`${RESERVED_TAG_PREFIX}\`, which is reserved for the tags that identify the jobs of a stack`,
    needs: ['Tags'],
    check: ({ Tags }) => structures(Tags)
      .filter(([{ Key }]) => literalString(Key)?.startsWith(RESERVED_TAG_PREFIX))
      .map(([, index]) => ({ path: ['Tags', index, 'Key'] })),
  },
];
