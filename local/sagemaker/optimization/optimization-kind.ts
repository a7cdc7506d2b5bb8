import { checkOptimizationJobRules } from './local-optimization-rules';
import type { OptimizationBehavior } from './optimization-behavior';
import { describeOptimizationJob, summarizeOptimizationJob } from './optimization-description';
import { type CreateOptimizationJobRequest, techniquesOf } from './optimization-types';
import { ServiceError, validationError } from '../../api/service-error';
import { OPTIMIZATION_USES } from '../execution-role';
import type { PlainKind } from '../plain-job/plain-kind';

const DEFAULT_MAX_RUNTIME = 24 * 60 * 60;

export const OPTIMIZATION: PlainKind<CreateOptimizationJobRequest, OptimizationBehavior> = {
  noun: 'OptimizationJob',
  label: 'Optimization job',
  arnSegment: 'optimization-job',
  logGroup: '/aws/sagemaker/OptimizationJobs',
  statuses: {
    starting: 'STARTING', running: 'INPROGRESS', stopping: 'STOPPING', completed: 'COMPLETED', failed: 'FAILED', stopped: 'STOPPED',
  },
  listDefaults: { sortBy: 'CreationTime', sortOrder: 'Ascending', pageSize: 50 },
  isListed: ({ OptimizationConfigs: configs }, { OptimizationContains: technique = '' }) => techniquesOf(configs).some((one) => one.includes(String(technique))),
  uses: OPTIMIZATION_USES,
  check: checkOptimizationJobRules,
  notFound: (_, arn) => new ServiceError('ResourceNotFound', `Optimization job not found: ${arn}`),
  notEnded: (status) => validationError(`The request was rejected because the optimization job is in status ${status}.`),
  limitSeconds: ({ StoppingCondition: { MaxRuntimeInSeconds = DEFAULT_MAX_RUNTIME } }) => MaxRuntimeInSeconds,
  scenarioOf: ({ logs, optimizingSeconds, recommendedInferenceImage, ...behavior }) => ({
    ...behavior,
    ...optimizingSeconds !== undefined && { runningSeconds: optimizingSeconds },
    logs: { running: logs?.INPROGRESS, stopping: logs?.STOPPING, failed: logs?.FAILED },
    ...recommendedInferenceImage !== undefined && { details: { RecommendedInferenceImage: recommendedInferenceImage } },
  }),
  logStreams: ({ name }) => [name],
  describe: describeOptimizationJob,
  summarize: summarizeOptimizationJob,
};
