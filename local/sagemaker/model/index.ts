import other from './other-resources.json';
import jobs from './sagemaker.json';
import type { Model } from '../../api/api-model';

/** The parts of the SageMaker API that this project uses. */
export const SAGEMAKER_MODEL = {
  isComplete: true,
  operations: { ...other.operations, ...jobs.operations },
  shapes: { ...other.shapes, ...jobs.shapes },
} as unknown as Model;
