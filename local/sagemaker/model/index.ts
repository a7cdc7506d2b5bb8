import facts from './sagemaker.json';
import type { Model } from '../../api/api-model';

/** SageMaker's API, as far as this project meets it. */
export const SAGEMAKER_MODEL = facts as unknown as Model;
