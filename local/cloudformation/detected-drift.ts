import type { JsonObject } from '../json';

export interface PropertyDifference {
  readonly propertyPath: string;
  readonly expectedValue: string;
  readonly actualValue: string;
  readonly differenceType: 'ADD' | 'REMOVE' | 'NOT_EQUAL';
}

/** The result of drift detection for a resource. */
export interface ResourceDrift {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: 'IN_SYNC' | 'MODIFIED' | 'DELETED' | 'NOT_CHECKED';
  readonly expected?: JsonObject;
  readonly actual?: JsonObject;
  readonly differences: readonly PropertyDifference[];
  readonly time: string;
}

/** The result of drift detection for a stack. */
export interface StackDrift {
  readonly id: string;
  readonly status: 'IN_SYNC' | 'DRIFTED';
  readonly time: string;
  readonly resources: readonly ResourceDrift[];
}
