import { checkProcessingJobRules } from './local-processing-rules';
import type { ProcessingBehavior } from './processing-behavior';
import { describeProcessingJob, summarizeProcessingJob } from './processing-description';
import type { CreateProcessingJobRequest } from './processing-types';
import { ServiceError, validationError } from '../../api/service-error';
import type { Capacity } from '../capacity';
import { PROCESSING_USES } from '../execution-role';
import type { PlainScenario, PlainKind } from '../plain-job/plain-kind';

const DEFAULT_MAX_RUNTIME = 24 * 60 * 60;

export const PROCESSING: PlainKind<CreateProcessingJobRequest, ProcessingBehavior> = {
  noun: 'ProcessingJob',
  label: 'Processing job',
  arnSegment: 'processing-job',
  logGroup: '/aws/sagemaker/ProcessingJobs',
  statuses: {
    starting: 'InProgress', running: 'InProgress', stopping: 'Stopping', completed: 'Completed', failed: 'Failed', stopped: 'Stopped',
  },
  listDefaults: { sortBy: 'CreationTime', sortOrder: 'Ascending' },
  uses: PROCESSING_USES,
  check: checkProcessingJobRules,
  notFound: (name) => validationError(`Could not find requested job with name: ${name}`),
  nameInUse: (arn) => `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
  notEnded: (status) => new ServiceError('ResourceInUse', `The processing job cannot be deleted because it is in status ${status}.`),
  limitSeconds: ({ StoppingCondition }) => StoppingCondition?.MaxRuntimeInSeconds ?? DEFAULT_MAX_RUNTIME,
  scenarioOf: ({ exitMessage, logs, processingSeconds, ...behavior }, request, hasCapacity) => ({
    ...behavior,
    ...processingSeconds !== undefined && { runningSeconds: processingSeconds },
    logs: { running: logs?.InProgress, stopping: logs?.Stopping, failed: logs?.Failed },
    exitMessage,
    ...provision(request, hasCapacity),
  }),
  logStreams: ({ scenario, name, request: { ProcessingResources: { ClusterConfig: cluster } }, startTime }) => {
    const count = Number(scenario.details?.SelectedInstanceCount ?? cluster.InstanceCount);
    return Array.from({ length: count }, (_, index) => `${name}/algo-${index + 1}-${Math.floor(startTime! / 1000)}`);
  },
  describe: describeProcessingJob,
  summarize: summarizeProcessingJob,
};

/** Selects the first preferred type with capacity. */
function provision(request: CreateProcessingJobRequest, hasCapacity: Capacity): Pick<PlainScenario, 'details' | 'provisioningFailure'> {
  const { InstanceCount, InstancePreferences, InstanceType } = request.ProcessingResources.ClusterConfig;
  const types = InstancePreferences ?? [{ InstanceType: InstanceType!, InstanceCount }];
  const selected = types.find((preference) => hasCapacity('CreateProcessingJob', preference.InstanceType, request));
  if (!selected) return { provisioningFailure: 'CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.' };
  if (!InstancePreferences) return {};
  return { details: { SelectedInstanceType: selected.InstanceType, SelectedInstanceCount: selected.InstanceCount ?? InstanceCount! } };
}
