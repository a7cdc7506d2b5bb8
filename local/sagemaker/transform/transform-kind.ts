import { createHash } from 'node:crypto';
import { checkTransformJobRules } from './local-transform-rules';
import type { TransformBehavior } from './transform-behavior';
import { describeTransformJob, summarizeTransformJob } from './transform-description';
import type { CreateTransformJobRequest, TransformedModel } from './transform-types';
import { validationError } from '../../api/service-error';
import { TRANSFORM_USES } from '../execution-role';
import type { Hosting } from '../hosting/hosting';
import type { PlainKind } from '../plain-job/plain-kind';

/** Transform jobs, which use the role and the network of their model. */
export function transformKind(hosting: Pick<Hosting, 'model'>): PlainKind<CreateTransformJobRequest, TransformBehavior> {
  return {
    noun: 'TransformJob',
    label: 'Transform job',
    arnSegment: 'transform-job',
    logGroup: '/aws/sagemaker/TransformJobs',
    statuses: {
      starting: 'InProgress', running: 'InProgress', stopping: 'Stopping', completed: 'Completed', failed: 'Failed', stopped: 'Stopped',
    },
    listDefaults: { sortBy: 'CreationTime', sortOrder: 'Descending' },
    uses: TRANSFORM_USES,
    accept: (request) => {
      const model = hosting.model(request.ModelName).request as TransformedModel;
      return { ...request, RoleArn: model.ExecutionRoleArn ?? '', VpcConfig: model.VpcConfig, model };
    },
    check: checkTransformJobRules,
    notFound: (name) => validationError(`Could not find requested job with name: ${name}`),
    notFoundToStop: (name) => validationError(`Could not find job to update with name: ${name}`),
    scenarioOf: ({ logs, transformingSeconds, ...behavior }, request, hasCapacity) => ({
      ...behavior,
      ...transformingSeconds !== undefined && { runningSeconds: transformingSeconds },
      logs: { running: logs?.InProgress, stopping: logs?.Stopping, failed: logs?.Failed },
      provisioningFailure: hasCapacity('CreateTransformJob', request.TransformResources.InstanceType, request) ? undefined
        : 'CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.',
    }),
    logStreams: ({ name, request: { TransformResources: { InstanceCount: count } }, startTime }) =>
      Array.from({ length: count }, (_, index) => `${name}/${instanceId(name, index)}-${Math.floor(startTime! / 1000)}`),
    describe: describeTransformJob,
    summarize: summarizeTransformJob,
  };
}

function instanceId(name: string, index: number): string {
  return `i-${createHash('sha256').update(`${name} ${index}`).digest('hex').slice(0, 17)}`;
}
