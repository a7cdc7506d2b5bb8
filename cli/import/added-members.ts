import { CREATE, SHAPES } from '../../src/validation/model.generated';
import type { RequestKind } from '../../src/validation/shape-constraints';

type Structure = Record<string, any>;

interface Default {
  readonly member: string;
  readonly unless?: (structure: Structure, surrounding: Structure) => boolean;
}

/** The members that a construct renders although a request lacks them, by the shape of their structure. */
const DEFAULTS: { readonly [shape: string]: readonly Default[] } = {
  CreateTrainingJobRequest: [{ member: 'StoppingCondition', unless: ({ ServerlessJobConfig }) => ServerlessJobConfig !== undefined }],
  CreateProcessingJobRequest: [{ member: 'StoppingCondition' }],
  ResourceConfig: [{ member: 'VolumeSizeInGB' }],
  StoppingCondition: [{ member: 'MaxRuntimeInSeconds' }],
  ProcessingStoppingCondition: [{ member: 'MaxRuntimeInSeconds' }],
  ProcessingS3Input: [{ member: 'LocalPath', unless: isManaged }, { member: 'S3InputMode', unless: isManaged }],
  ProcessingS3Output: [{ member: 'LocalPath', unless: isManaged }],
  DatasetDefinition: [{ member: 'LocalPath', unless: isManaged }],
};

function isManaged(_structure: Structure, { AppManaged }: Structure): boolean {
  return AppManaged === true;
}

/** Returns the members that the construct adds to a request, as paths. */
export function addedMembers(kind: RequestKind, request: Structure): string[] {
  return addedTo(CREATE[kind], request, {}, '');
}

function addedTo(shape: string, value: any, surrounding: Structure, path: string): string[] {
  const { type, members = {}, member: element } = SHAPES[shape];
  const at = (member: string | number) => (path === '' ? String(member) : `${path}.${member}`);
  if (type === 'list') return (value as unknown[]).flatMap((item, index) => addedTo(element!, item, surrounding, at(index)));
  if (type !== 'structure') return [];
  const defaults = DEFAULTS[shape] ?? [];
  return [
    ...defaults.filter(({ member, unless }) => value[member] === undefined && !unless?.(value, surrounding)).map(({ member }) => at(member)),
    ...Object.entries(members).flatMap(([member, inner]) => (value[member] === undefined ? [] : addedTo(inner, value[member], value, at(member)))),
  ];
}
