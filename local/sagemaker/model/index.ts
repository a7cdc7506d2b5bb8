import hosting from './hosting.json';
import jobs from './sagemaker.json';
import type { Model } from '../../api/api-model';

/** The parts of the SageMaker API that this project uses. */
export const SAGEMAKER_MODEL = {
  operations: { ...hosting.operations, ...jobs.operations },
  shapes: { ...hosting.shapes, ...jobs.shapes },
} as unknown as Model;
