import { AlgorithmMetric } from './algorithm-metric';
import { ALGORITHMS, DEEP_LEARNING, FORECASTING, type ImageRegistry, LDA, OPEN_SOURCE } from './image-registries';
import { TrainingInputMode } from '../data/input-channel-options';
import type { HyperParameterTuningJobObjective } from '../tuning-job/tuning-options';

/** The properties of a built-in algorithm. */
export interface AlgorithmFacts {
  readonly registry: ImageRegistry;
  readonly repositoryName: string;
  readonly versions: readonly string[];
  readonly inputModes: readonly TrainingInputMode[];
  readonly metrics: readonly HyperParameterTuningJobObjective[];
  /**
   * The algorithm trains on a single instance, always or unless a hyperparameter has a certain value. Default: on any number of
   * instances.
   */
  readonly singleInstance?: true | { readonly unless: { readonly hyperParameter: string; readonly value: string } };
}

// Sources: versions from image_uri_config of aws/sagemaker-python-sdk, as of 2026-08-21; input modes and instances from the
// developer guide's table "Common Information About Built-in Algorithms" (common-info-all-im-models) and the pages of the
// algorithms; metrics from the tuning page of each algorithm. FastFile works wherever File does.
const { FAST_FILE, FILE, PIPE } = TrainingInputMode;
const FILE_OR_PIPE = [FILE, FAST_FILE, PIPE];
const FILE_ONLY = [FILE, FAST_FILE];

/** An algorithm with one version in a repository of its own. */
function algorithm(
  registry: ImageRegistry, repositoryName: string, inputModes: readonly TrainingInputMode[], metrics: readonly HyperParameterTuningJobObjective[],
  singleInstance?: AlgorithmFacts['singleInstance'],
): AlgorithmFacts {
  return { registry, repositoryName, versions: ['1'], inputModes, metrics, singleInstance };
}

export const XGBOOST: AlgorithmFacts = {
  registry: OPEN_SOURCE,
  repositoryName: 'sagemaker-xgboost',
  versions: ['1', '0.90-1', '0.90-2', '1.0-1', '1.2-1', '1.2-2', '1.3-1', '1.5-1', '1.7-1', '3.0-5', '3.2-0'],
  inputModes: FILE_OR_PIPE,
  metrics: [
    AlgorithmMetric.VALIDATION_ACCURACY, AlgorithmMetric.VALIDATION_AUC, AlgorithmMetric.VALIDATION_ERROR, AlgorithmMetric.VALIDATION_F1,
    AlgorithmMetric.VALIDATION_LOGLOSS, AlgorithmMetric.VALIDATION_MAE, AlgorithmMetric.VALIDATION_MAP, AlgorithmMetric.VALIDATION_MERROR,
    AlgorithmMetric.VALIDATION_MLOGLOSS, AlgorithmMetric.VALIDATION_MSE, AlgorithmMetric.VALIDATION_NDCG, AlgorithmMetric.VALIDATION_RMSE,
  ],
};

export const LINEAR_LEARNER = algorithm(ALGORITHMS, 'linear-learner', FILE_OR_PIPE, [
  AlgorithmMetric.TEST_ABSOLUTE_LOSS, AlgorithmMetric.TEST_BINARY_CLASSIFICATION_ACCURACY, AlgorithmMetric.TEST_BINARY_F_BETA,
  AlgorithmMetric.TEST_DCG, AlgorithmMetric.TEST_MACRO_F_BETA, AlgorithmMetric.TEST_MACRO_PRECISION, AlgorithmMetric.TEST_MACRO_RECALL,
  AlgorithmMetric.TEST_MSE, AlgorithmMetric.TEST_MULTICLASS_ACCURACY, AlgorithmMetric.TEST_MULTICLASS_TOP_K_ACCURACY,
  AlgorithmMetric.TEST_OBJECTIVE_LOSS, AlgorithmMetric.TEST_PRECISION, AlgorithmMetric.TEST_RECALL, AlgorithmMetric.TEST_ROC_AUC_SCORE,
  AlgorithmMetric.VALIDATION_ABSOLUTE_LOSS, AlgorithmMetric.VALIDATION_BINARY_CLASSIFICATION_ACCURACY,
  AlgorithmMetric.VALIDATION_BINARY_F_BETA, AlgorithmMetric.VALIDATION_DCG, AlgorithmMetric.VALIDATION_MACRO_F_BETA,
  AlgorithmMetric.VALIDATION_MACRO_PRECISION, AlgorithmMetric.VALIDATION_MACRO_RECALL, AlgorithmMetric.VALIDATION_MSE,
  AlgorithmMetric.VALIDATION_MULTICLASS_ACCURACY, AlgorithmMetric.VALIDATION_MULTICLASS_TOP_K_ACCURACY,
  AlgorithmMetric.VALIDATION_OBJECTIVE_LOSS, AlgorithmMetric.VALIDATION_PRECISION, AlgorithmMetric.VALIDATION_RECALL,
  AlgorithmMetric.VALIDATION_RMSE, AlgorithmMetric.VALIDATION_ROC_AUC_SCORE,
]);

export const K_MEANS = algorithm(ALGORITHMS, 'kmeans', FILE_OR_PIPE, [AlgorithmMetric.TEST_MSD, AlgorithmMetric.TEST_SSD]);

export const K_NN = algorithm(ALGORITHMS, 'knn', FILE_OR_PIPE, [AlgorithmMetric.TEST_ACCURACY, AlgorithmMetric.TEST_MSE]);

export const PCA = algorithm(ALGORITHMS, 'pca', FILE_OR_PIPE, []);

export const LATENT_DIRICHLET_ALLOCATION = algorithm(LDA, 'lda', FILE_OR_PIPE, [AlgorithmMetric.TEST_PWLL], true);

export const NEURAL_TOPIC_MODEL = algorithm(ALGORITHMS, 'ntm', FILE_OR_PIPE, [AlgorithmMetric.VALIDATION_TOTAL_LOSS]);

export const BLAZING_TEXT = algorithm(
  DEEP_LEARNING, 'blazingtext', FILE_OR_PIPE, [AlgorithmMetric.TRAIN_MEAN_RHO, AlgorithmMetric.VALIDATION_ACCURACY],
  { unless: { hyperParameter: 'mode', value: 'batch_skipgram' } },
);

export const OBJECT_DETECTION = algorithm(DEEP_LEARNING, 'object-detection', FILE_OR_PIPE, [AlgorithmMetric.VALIDATION_DETECTION_MAP]);

export const IMAGE_CLASSIFICATION = algorithm(DEEP_LEARNING, 'image-classification', FILE_OR_PIPE, [AlgorithmMetric.VALIDATION_ACCURACY]);

export const SEMANTIC_SEGMENTATION = algorithm(
  DEEP_LEARNING, 'semantic-segmentation', FILE_OR_PIPE, [AlgorithmMetric.VALIDATION_MIOU, AlgorithmMetric.VALIDATION_PIXEL_ACCURACY], true,
);

export const SEQ2SEQ = algorithm(
  DEEP_LEARNING, 'seq2seq', FILE_ONLY,
  [AlgorithmMetric.VALIDATION_ACCURACY, AlgorithmMetric.VALIDATION_BLEU, AlgorithmMetric.VALIDATION_PERPLEXITY], true,
);

export const OBJECT2VEC = algorithm(ALGORITHMS, 'object2vec', FILE_ONLY, [
  AlgorithmMetric.TEST_MEAN_SQUARED_ERROR, AlgorithmMetric.VALIDATION_MEAN_SQUARED_ERROR, AlgorithmMetric.TEST_ACCURACY,
  AlgorithmMetric.TEST_CROSS_ENTROPY, AlgorithmMetric.VALIDATION_ACCURACY, AlgorithmMetric.VALIDATION_CROSS_ENTROPY,
], true);

export const IP_INSIGHTS = algorithm(ALGORITHMS, 'ipinsights', FILE_ONLY, [AlgorithmMetric.VALIDATION_DISCRIMINATOR_AUC]);

export const FACTORIZATION_MACHINES = algorithm(ALGORITHMS, 'factorization-machines', FILE_OR_PIPE, [
  AlgorithmMetric.TEST_RMSE, AlgorithmMetric.TEST_BINARY_CLASSIFICATION_ACCURACY,
  AlgorithmMetric.TEST_BINARY_CLASSIFICATION_CROSS_ENTROPY, AlgorithmMetric.TEST_BINARY_F_BETA,
]);

export const DEEP_AR = algorithm(FORECASTING, 'forecasting-deepar', FILE_ONLY, [
  AlgorithmMetric.TEST_FORECAST_RMSE, AlgorithmMetric.TEST_MEAN_WEIGHTED_QUANTILE_LOSS, AlgorithmMetric.TRAIN_FINAL_LOSS,
]);

export const RANDOM_CUT_FOREST = algorithm(ALGORITHMS, 'randomcutforest', FILE_OR_PIPE, [AlgorithmMetric.TEST_F1]);
