import type { CompilationBehavior } from './compilation-behavior';
import { describeCompilationJob, summarizeCompilationJob } from './compilation-description';
import type { CreateCompilationJobRequest } from './compilation-types';
import { checkCompilationJobRules } from './local-compilation-rules';
import { ServiceError, validationError } from '../../api/service-error';
import { COMPILATION_USES } from '../execution-role';
import type { PlainKind } from '../plain-job/plain-kind';

const DEFAULT_MAX_RUNTIME = 24 * 60 * 60;

export const COMPILATION: PlainKind<CreateCompilationJobRequest, CompilationBehavior> = {
  noun: 'CompilationJob',
  label: 'Compilation job',
  arnSegment: 'compilation-job',
  logGroup: '/aws/sagemaker/CompilationJobs',
  statuses: {
    starting: 'STARTING', running: 'INPROGRESS', stopping: 'STOPPING', completed: 'COMPLETED', failed: 'FAILED', stopped: 'STOPPED',
  },
  listDefaults: { sortBy: 'CreationTime', sortOrder: 'Ascending' },
  uses: COMPILATION_USES,
  check: checkCompilationJobRules,
  notFound: (_, arn) => new ServiceError('ResourceNotFound', `Compilation job not found: ${arn}`),
  notEnded: (status) => validationError(`The request was rejected because the compilation job is in status ${status}.`),
  limitSeconds: ({ StoppingCondition: { MaxRuntimeInSeconds = DEFAULT_MAX_RUNTIME } }) => MaxRuntimeInSeconds,
  scenarioOf: ({ compilingSeconds, logs, ...behavior }) => ({
    ...behavior,
    ...compilingSeconds !== undefined && { runningSeconds: compilingSeconds },
    logs: { running: logs?.INPROGRESS, stopping: logs?.STOPPING, failed: logs?.FAILED },
  }),
  logStreams: ({ name }) => [name],
  describe: describeCompilationJob,
  summarize: summarizeCompilationJob,
};
