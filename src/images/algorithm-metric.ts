import { HyperParameterTuningJobObjective } from '../tuning-job/tuning-options';

/**
 * A metric that built-in algorithms publish, which can be the objective of a tuning job, or the argument of `metricAlgorithm()`
 * of a training job. `BuiltInAlgorithm.metrics` lists the metrics of an algorithm.
 */
export class AlgorithmMetric {
  // Names and directions: the table of metrics on the tuning page of each algorithm in the SageMaker developer guide.
  /** `test:absolute_loss`: the less, the better. */ public static readonly TEST_ABSOLUTE_LOSS = AlgorithmMetric.minimize('test:absolute_loss');
  /** `test:accuracy`: the greater, the better. */ public static readonly TEST_ACCURACY = AlgorithmMetric.maximize('test:accuracy');
  /** `test:binary_classification_accuracy`: the greater, the better. */ public static readonly TEST_BINARY_CLASSIFICATION_ACCURACY = AlgorithmMetric.maximize('test:binary_classification_accuracy');
  /** `test:binary_classification_cross_entropy`: the less, the better. */ public static readonly TEST_BINARY_CLASSIFICATION_CROSS_ENTROPY = AlgorithmMetric.minimize('test:binary_classification_cross_entropy');
  /** `test:binary_f_beta`: the greater, the better. */ public static readonly TEST_BINARY_F_BETA = AlgorithmMetric.maximize('test:binary_f_beta');
  /** `test:cross_entropy`: the less, the better. */ public static readonly TEST_CROSS_ENTROPY = AlgorithmMetric.minimize('test:cross_entropy');
  /** `test:dcg`: the greater, the better. */ public static readonly TEST_DCG = AlgorithmMetric.maximize('test:dcg');
  /** `test:f1`: the greater, the better. */ public static readonly TEST_F1 = AlgorithmMetric.maximize('test:f1');
  /** `test:RMSE` of DeepAR: the less, the better. */ public static readonly TEST_FORECAST_RMSE = AlgorithmMetric.minimize('test:RMSE');
  /** `test:macro_f_beta`: the greater, the better. */ public static readonly TEST_MACRO_F_BETA = AlgorithmMetric.maximize('test:macro_f_beta');
  /** `test:macro_precision`: the greater, the better. */ public static readonly TEST_MACRO_PRECISION = AlgorithmMetric.maximize('test:macro_precision');
  /** `test:macro_recall`: the greater, the better. */ public static readonly TEST_MACRO_RECALL = AlgorithmMetric.maximize('test:macro_recall');
  /** `test:mean_squared_error`: the less, the better. */ public static readonly TEST_MEAN_SQUARED_ERROR = AlgorithmMetric.minimize('test:mean_squared_error');
  /** `test:mean_wQuantileLoss`: the less, the better. */ public static readonly TEST_MEAN_WEIGHTED_QUANTILE_LOSS = AlgorithmMetric.minimize('test:mean_wQuantileLoss');
  /** `test:msd`: the less, the better. */ public static readonly TEST_MSD = AlgorithmMetric.minimize('test:msd');
  /** `test:mse`: the less, the better. */ public static readonly TEST_MSE = AlgorithmMetric.minimize('test:mse');
  /** `test:multiclass_accuracy`: the greater, the better. */ public static readonly TEST_MULTICLASS_ACCURACY = AlgorithmMetric.maximize('test:multiclass_accuracy');
  /** `test:multiclass_top_k_accuracy`: the greater, the better. */ public static readonly TEST_MULTICLASS_TOP_K_ACCURACY = AlgorithmMetric.maximize('test:multiclass_top_k_accuracy');
  /** `test:objective_loss`: the less, the better. */ public static readonly TEST_OBJECTIVE_LOSS = AlgorithmMetric.minimize('test:objective_loss');
  /** `test:precision`: the greater, the better. */ public static readonly TEST_PRECISION = AlgorithmMetric.maximize('test:precision');
  /** `test:pwll`: the greater, the better. */ public static readonly TEST_PWLL = AlgorithmMetric.maximize('test:pwll');
  /** `test:recall`: the greater, the better. */ public static readonly TEST_RECALL = AlgorithmMetric.maximize('test:recall');
  /** `test:rmse` of factorization machines: the less, the better. */ public static readonly TEST_RMSE = AlgorithmMetric.minimize('test:rmse');
  /** `test:roc_auc_score`: the greater, the better. */ public static readonly TEST_ROC_AUC_SCORE = AlgorithmMetric.maximize('test:roc_auc_score');
  /** `test:ssd`: the less, the better. */ public static readonly TEST_SSD = AlgorithmMetric.minimize('test:ssd');
  /** `train:final_loss`: the less, the better. */ public static readonly TRAIN_FINAL_LOSS = AlgorithmMetric.minimize('train:final_loss');
  /** `train:mean_rho`: the greater, the better. */ public static readonly TRAIN_MEAN_RHO = AlgorithmMetric.maximize('train:mean_rho');
  /** `validation:absolute_loss`: the less, the better. */ public static readonly VALIDATION_ABSOLUTE_LOSS = AlgorithmMetric.minimize('validation:absolute_loss');
  /** `validation:accuracy`: the greater, the better. */ public static readonly VALIDATION_ACCURACY = AlgorithmMetric.maximize('validation:accuracy');
  /** `validation:auc`: the greater, the better. */ public static readonly VALIDATION_AUC = AlgorithmMetric.maximize('validation:auc');
  /** `validation:binary_classification_accuracy`: the greater, the better. */ public static readonly VALIDATION_BINARY_CLASSIFICATION_ACCURACY = AlgorithmMetric.maximize('validation:binary_classification_accuracy');
  /** `validation:binary_f_beta`: the greater, the better. */ public static readonly VALIDATION_BINARY_F_BETA = AlgorithmMetric.maximize('validation:binary_f_beta');
  /** `validation:bleu`: the greater, the better. */ public static readonly VALIDATION_BLEU = AlgorithmMetric.maximize('validation:bleu');
  /** `validation:cross_entropy`: the less, the better. */ public static readonly VALIDATION_CROSS_ENTROPY = AlgorithmMetric.minimize('validation:cross_entropy');
  /** `validation:dcg`: the greater, the better. */ public static readonly VALIDATION_DCG = AlgorithmMetric.maximize('validation:dcg');
  /** `validation:mAP` of object detection: the greater, the better. */ public static readonly VALIDATION_DETECTION_MAP = AlgorithmMetric.maximize('validation:mAP');
  /** `validation:discriminator_auc`: the greater, the better. */ public static readonly VALIDATION_DISCRIMINATOR_AUC = AlgorithmMetric.maximize('validation:discriminator_auc');
  /** `validation:error`: the less, the better. */ public static readonly VALIDATION_ERROR = AlgorithmMetric.minimize('validation:error');
  /** `validation:f1`: the greater, the better. */ public static readonly VALIDATION_F1 = AlgorithmMetric.maximize('validation:f1');
  /** `validation:logloss`: the less, the better. */ public static readonly VALIDATION_LOGLOSS = AlgorithmMetric.minimize('validation:logloss');
  /** `validation:macro_f_beta`: the greater, the better. */ public static readonly VALIDATION_MACRO_F_BETA = AlgorithmMetric.maximize('validation:macro_f_beta');
  /** `validation:macro_precision`: the greater, the better. */ public static readonly VALIDATION_MACRO_PRECISION = AlgorithmMetric.maximize('validation:macro_precision');
  /** `validation:macro_recall`: the greater, the better. */ public static readonly VALIDATION_MACRO_RECALL = AlgorithmMetric.maximize('validation:macro_recall');
  /** `validation:mae`: the less, the better. */ public static readonly VALIDATION_MAE = AlgorithmMetric.minimize('validation:mae');
  /** `validation:map` of XGBoost: the greater, the better. */ public static readonly VALIDATION_MAP = AlgorithmMetric.maximize('validation:map');
  /** `validation:mean_squared_error`: the less, the better. */ public static readonly VALIDATION_MEAN_SQUARED_ERROR = AlgorithmMetric.minimize('validation:mean_squared_error');
  /** `validation:merror`: the less, the better. */ public static readonly VALIDATION_MERROR = AlgorithmMetric.minimize('validation:merror');
  /** `validation:mIOU`: the greater, the better. */ public static readonly VALIDATION_MIOU = AlgorithmMetric.maximize('validation:mIOU');
  /** `validation:mlogloss`: the less, the better. */ public static readonly VALIDATION_MLOGLOSS = AlgorithmMetric.minimize('validation:mlogloss');
  /** `validation:mse`: the less, the better. */ public static readonly VALIDATION_MSE = AlgorithmMetric.minimize('validation:mse');
  /** `validation:multiclass_accuracy`: the greater, the better. */ public static readonly VALIDATION_MULTICLASS_ACCURACY = AlgorithmMetric.maximize('validation:multiclass_accuracy');
  /** `validation:multiclass_top_k_accuracy`: the greater, the better. */ public static readonly VALIDATION_MULTICLASS_TOP_K_ACCURACY = AlgorithmMetric.maximize('validation:multiclass_top_k_accuracy');
  /** `validation:ndcg`: the greater, the better. */ public static readonly VALIDATION_NDCG = AlgorithmMetric.maximize('validation:ndcg');
  /** `validation:objective_loss`: the less, the better. */ public static readonly VALIDATION_OBJECTIVE_LOSS = AlgorithmMetric.minimize('validation:objective_loss');
  /** `validation:perplexity`: the less, the better. */ public static readonly VALIDATION_PERPLEXITY = AlgorithmMetric.minimize('validation:perplexity');
  /** `validation:pixel_accuracy`: the greater, the better. */ public static readonly VALIDATION_PIXEL_ACCURACY = AlgorithmMetric.maximize('validation:pixel_accuracy');
  /** `validation:precision`: the greater, the better. */ public static readonly VALIDATION_PRECISION = AlgorithmMetric.maximize('validation:precision');
  /** `validation:recall`: the greater, the better. */ public static readonly VALIDATION_RECALL = AlgorithmMetric.maximize('validation:recall');
  /** `validation:rmse`: the less, the better. */ public static readonly VALIDATION_RMSE = AlgorithmMetric.minimize('validation:rmse');
  /** `validation:roc_auc_score`: the greater, the better. */ public static readonly VALIDATION_ROC_AUC_SCORE = AlgorithmMetric.maximize('validation:roc_auc_score');
  /** `validation:total_loss`: the less, the better. */ public static readonly VALIDATION_TOTAL_LOSS = AlgorithmMetric.minimize('validation:total_loss');

  /**
   * Returns a metric whose maximum is the best.
   *
   * @param metricName the name of the metric, 1 to 255 characters
   */
  public static maximize(metricName: string): AlgorithmMetric {
    return new AlgorithmMetric(metricName, HyperParameterTuningJobObjective.maximize(metricName));
  }

  /**
   * Returns a metric whose minimum is the best.
   *
   * @param metricName the name of the metric, 1 to 255 characters
   */
  public static minimize(metricName: string): AlgorithmMetric {
    return new AlgorithmMetric(metricName, HyperParameterTuningJobObjective.minimize(metricName));
  }

  /**
   * @param metricName The name of the metric (`MetricName`).
   * @param objective The metric and its direction as the objective of a tuning job (`HyperParameterTuningJobObjective`).
   */
  private constructor(public readonly metricName: string, public readonly objective: HyperParameterTuningJobObjective) {}

  /** The name of the metric. */
  public toString(): string {
    return this.metricName;
  }
}
