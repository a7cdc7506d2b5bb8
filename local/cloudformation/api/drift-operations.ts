import { type ApiOperations, paged } from './api-operation';
import type { JsonObject } from '../../json';
import { invalid } from '../cloudformation-error';
import type { ResourceDrift } from '../detected-drift';
import { isDrifted } from '../drift';
import type { StackState } from '../state';

interface OfStack {
  readonly StackName: string;
}

interface DriftsRequest extends OfStack {
  readonly StackResourceDriftStatusFilters?: '' | string[];
  readonly NextToken?: string;
}

/** Drift detection completes immediately. */
export const DRIFT_OPERATIONS: ApiOperations = {
  DetectStackDrift: ({ StackName, LogicalResourceIds }: OfStack & { LogicalResourceIds?: '' | string[] }, { cloudFormation }) => (
    { StackDriftDetectionId: cloudFormation.detectDrift(StackName, LogicalResourceIds || undefined).id }
  ),
  DetectStackResourceDrift: ({ StackName, LogicalResourceId }: OfStack & { LogicalResourceId: string }, { cloudFormation }) => {
    const { resources } = cloudFormation.detectDrift(StackName, [LogicalResourceId]);
    const drift = resources.find(({ logicalId }) => logicalId === LogicalResourceId)!;
    if (drift.status === 'NOT_CHECKED') throw invalid(`Drift detection is not supported for resource type ${drift.type}`);
    return { StackResourceDrift: describe(drift, cloudFormation.describe(StackName)) };
  },
  DescribeStackDriftDetectionStatus: ({ StackDriftDetectionId }: { StackDriftDetectionId: string }, { cloudFormation }) => {
    const stack = cloudFormation.list().find(({ drift }) => drift?.id === StackDriftDetectionId);
    if (!stack) throw invalid(`Drift detection with id ${StackDriftDetectionId} does not exist`);
    const { id, status, resources, time } = stack.drift!;
    return {
      StackId: stack.stackId,
      StackDriftDetectionId: id,
      StackDriftStatus: status,
      DetectionStatus: 'DETECTION_COMPLETE',
      DriftedStackResourceCount: resources.filter(isDrifted).length,
      Timestamp: time,
    };
  },
  DescribeStackResourceDrifts: ({ StackName, StackResourceDriftStatusFilters, NextToken }: DriftsRequest, { cloudFormation }) => {
    const stack = cloudFormation.describe(StackName);
    const drifts = (stack.drift?.resources ?? [])
      .filter(({ status }) => !StackResourceDriftStatusFilters || StackResourceDriftStatusFilters.includes(status));
    return paged('StackResourceDrifts', drifts, NextToken, (drift) => describe(drift, stack));
  },
};

function describe({ actual, differences, expected, logicalId, physicalId, status, time, type }: ResourceDrift, { stackId }: StackState): JsonObject {
  return {
    StackId: stackId,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ...expected && { ExpectedProperties: JSON.stringify(expected) },
    ...actual && { ActualProperties: JSON.stringify(actual) },
    ...differences.length > 0 && {
      PropertyDifferences: differences.map(({ actualValue, differenceType, expectedValue, propertyPath }) => (
        { PropertyPath: propertyPath, ExpectedValue: expectedValue, ActualValue: actualValue, DifferenceType: differenceType })),
    },
    StackResourceDriftStatus: status,
    Timestamp: time,
  };
}
