import facts from './sagemaker.json';
import type { Model } from '../../api/api-model';

/** The parts of the SageMaker API that this project uses. */
export const SAGEMAKER_MODEL = facts as unknown as Model;
