import { HyperParameterTuningJobObjective } from '../tuning-job/tuning-options';

/**
 * The metrics that built-in algorithms publish, with the direction that AWS documents, as objectives of tuning jobs.
 * `BuiltInAlgorithm.metrics` lists the metrics of an algorithm. For `metricAlgorithm()` and `finalMetric()` of a training job, use
 * `metricName`.
 *
 * @example
 * import { TrainingJob, AlgorithmMetric } from 'cdk-sagemaker-jobs';
 *
 * declare const job: TrainingJob;
 *
 * const error = job.finalMetric(AlgorithmMetric.VALIDATION_RMSE.metricName);
 */
export class AlgorithmMetric {
  // Names and directions: the table of metrics on the tuning page of each algorithm in the SageMaker developer guide.

  /** Minimizes the absolute loss on the test data (`test:absolute_loss`). */
  public static readonly TEST_ABSOLUTE_LOSS = HyperParameterTuningJobObjective.minimize('test:absolute_loss');
  /** Maximizes the accuracy on the test data (`test:accuracy`). */
  public static readonly TEST_ACCURACY = HyperParameterTuningJobObjective.maximize('test:accuracy');
  /** Maximizes the accuracy of a binary classification on the test data (`test:binary_classification_accuracy`). */
  public static readonly TEST_BINARY_CLASSIFICATION_ACCURACY = HyperParameterTuningJobObjective.maximize('test:binary_classification_accuracy');
  /** Minimizes the cross entropy of a binary classification on the test data (`test:binary_classification_cross_entropy`). */
  public static readonly TEST_BINARY_CLASSIFICATION_CROSS_ENTROPY = HyperParameterTuningJobObjective.minimize('test:binary_classification_cross_entropy');
  /** Maximizes the F-beta score of a binary classification on the test data (`test:binary_f_beta`). */
  public static readonly TEST_BINARY_F_BETA = HyperParameterTuningJobObjective.maximize('test:binary_f_beta');
  /** Minimizes the cross entropy on the test data (`test:cross_entropy`). */
  public static readonly TEST_CROSS_ENTROPY = HyperParameterTuningJobObjective.minimize('test:cross_entropy');
  /** Maximizes the discounted cumulative gain on the test data (`test:dcg`). */
  public static readonly TEST_DCG = HyperParameterTuningJobObjective.maximize('test:dcg');
  /** Maximizes the F1 score on the test data (`test:f1`). */
  public static readonly TEST_F1 = HyperParameterTuningJobObjective.maximize('test:f1');
  /** Minimizes the root mean square error of forecasts on the test data (`test:RMSE`). */
  public static readonly TEST_FORECAST_RMSE = HyperParameterTuningJobObjective.minimize('test:RMSE');
  /** Maximizes the macro-averaged F-beta score of a multiclass classification on the test data (`test:macro_f_beta`). */
  public static readonly TEST_MACRO_F_BETA = HyperParameterTuningJobObjective.maximize('test:macro_f_beta');
  /** Maximizes the macro-averaged precision of a multiclass classification on the test data (`test:macro_precision`). */
  public static readonly TEST_MACRO_PRECISION = HyperParameterTuningJobObjective.maximize('test:macro_precision');
  /** Maximizes the macro-averaged recall of a multiclass classification on the test data (`test:macro_recall`). */
  public static readonly TEST_MACRO_RECALL = HyperParameterTuningJobObjective.maximize('test:macro_recall');
  /** Minimizes the mean square error on the test data (`test:mean_squared_error`). */
  public static readonly TEST_MEAN_SQUARED_ERROR = HyperParameterTuningJobObjective.minimize('test:mean_squared_error');
  /** Minimizes the average weighted quantile loss of forecasts on the test data (`test:mean_wQuantileLoss`). */
  public static readonly TEST_MEAN_WEIGHTED_QUANTILE_LOSS = HyperParameterTuningJobObjective.minimize('test:mean_wQuantileLoss');
  /** Minimizes the mean squared distance between a record and the closest center on the test data (`test:msd`). */
  public static readonly TEST_MSD = HyperParameterTuningJobObjective.minimize('test:msd');
  /** Minimizes the mean square error on the test data (`test:mse`). */
  public static readonly TEST_MSE = HyperParameterTuningJobObjective.minimize('test:mse');
  /** Maximizes the accuracy of a multiclass classification on the test data (`test:multiclass_accuracy`). */
  public static readonly TEST_MULTICLASS_ACCURACY = HyperParameterTuningJobObjective.maximize('test:multiclass_accuracy');
  /** Maximizes the accuracy of a multiclass classification among the top k labels on the test data (`test:multiclass_top_k_accuracy`). */
  public static readonly TEST_MULTICLASS_TOP_K_ACCURACY = HyperParameterTuningJobObjective.maximize('test:multiclass_top_k_accuracy');
  /** Minimizes the mean of the loss function on the test data (`test:objective_loss`). */
  public static readonly TEST_OBJECTIVE_LOSS = HyperParameterTuningJobObjective.minimize('test:objective_loss');
  /** Maximizes the precision of a binary classification on the test data (`test:precision`). */
  public static readonly TEST_PRECISION = HyperParameterTuningJobObjective.maximize('test:precision');
  /** Maximizes the per-word log-likelihood on the test data (`test:pwll`). */
  public static readonly TEST_PWLL = HyperParameterTuningJobObjective.maximize('test:pwll');
  /** Maximizes the recall of a binary classification on the test data (`test:recall`). */
  public static readonly TEST_RECALL = HyperParameterTuningJobObjective.maximize('test:recall');
  /** Minimizes the root mean square error on the test data (`test:rmse`). */
  public static readonly TEST_RMSE = HyperParameterTuningJobObjective.minimize('test:rmse');
  /** Maximizes the area under the receiver operating characteristic curve on the test data (`test:roc_auc_score`). */
  public static readonly TEST_ROC_AUC_SCORE = HyperParameterTuningJobObjective.maximize('test:roc_auc_score');
  /** Minimizes the sum of the squared distances between records and their closest centers on the test data (`test:ssd`). */
  public static readonly TEST_SSD = HyperParameterTuningJobObjective.minimize('test:ssd');
  /** Minimizes the negative log-likelihood on the training data, averaged over the last epoch (`train:final_loss`). */
  public static readonly TRAIN_FINAL_LOSS = HyperParameterTuningJobObjective.minimize('train:final_loss');
  /** Maximizes the mean rank correlation of word vectors with word similarity data sets (`train:mean_rho`). */
  public static readonly TRAIN_MEAN_RHO = HyperParameterTuningJobObjective.maximize('train:mean_rho');
  /** Minimizes the absolute loss on the validation data (`validation:absolute_loss`). */
  public static readonly VALIDATION_ABSOLUTE_LOSS = HyperParameterTuningJobObjective.minimize('validation:absolute_loss');
  /** Maximizes the accuracy on the validation data (`validation:accuracy`). */
  public static readonly VALIDATION_ACCURACY = HyperParameterTuningJobObjective.maximize('validation:accuracy');
  /** Maximizes the area under the curve on the validation data (`validation:auc`). */
  public static readonly VALIDATION_AUC = HyperParameterTuningJobObjective.maximize('validation:auc');
  /** Maximizes the accuracy of a binary classification on the validation data (`validation:binary_classification_accuracy`). */
  public static readonly VALIDATION_BINARY_CLASSIFICATION_ACCURACY = HyperParameterTuningJobObjective.maximize('validation:binary_classification_accuracy');
  /** Maximizes the F-beta score of a binary classification on the validation data (`validation:binary_f_beta`). */
  public static readonly VALIDATION_BINARY_F_BETA = HyperParameterTuningJobObjective.maximize('validation:binary_f_beta');
  /** Maximizes the BLEU score of translations on the validation data (`validation:bleu`). */
  public static readonly VALIDATION_BLEU = HyperParameterTuningJobObjective.maximize('validation:bleu');
  /** Minimizes the cross entropy on the validation data (`validation:cross_entropy`). */
  public static readonly VALIDATION_CROSS_ENTROPY = HyperParameterTuningJobObjective.minimize('validation:cross_entropy');
  /** Maximizes the discounted cumulative gain on the validation data (`validation:dcg`). */
  public static readonly VALIDATION_DCG = HyperParameterTuningJobObjective.maximize('validation:dcg');
  /** Maximizes the mean average precision of object detection on the validation data (`validation:mAP`). */
  public static readonly VALIDATION_DETECTION_MAP = HyperParameterTuningJobObjective.maximize('validation:mAP');
  /** Maximizes the area under the receiver operating characteristic curve of IP Insights on the validation data (`validation:discriminator_auc`). */
  public static readonly VALIDATION_DISCRIMINATOR_AUC = HyperParameterTuningJobObjective.maximize('validation:discriminator_auc');
  /** Minimizes the error rate of a binary classification on the validation data (`validation:error`). */
  public static readonly VALIDATION_ERROR = HyperParameterTuningJobObjective.minimize('validation:error');
  /** Maximizes the F1 score on the validation data (`validation:f1`). */
  public static readonly VALIDATION_F1 = HyperParameterTuningJobObjective.maximize('validation:f1');
  /** Minimizes the negative log-likelihood on the validation data (`validation:logloss`). */
  public static readonly VALIDATION_LOGLOSS = HyperParameterTuningJobObjective.minimize('validation:logloss');
  /** Maximizes the macro-averaged F-beta score of a multiclass classification on the validation data (`validation:macro_f_beta`). */
  public static readonly VALIDATION_MACRO_F_BETA = HyperParameterTuningJobObjective.maximize('validation:macro_f_beta');
  /** Maximizes the macro-averaged precision of a multiclass classification on the validation data (`validation:macro_precision`). */
  public static readonly VALIDATION_MACRO_PRECISION = HyperParameterTuningJobObjective.maximize('validation:macro_precision');
  /** Maximizes the macro-averaged recall of a multiclass classification on the validation data (`validation:macro_recall`). */
  public static readonly VALIDATION_MACRO_RECALL = HyperParameterTuningJobObjective.maximize('validation:macro_recall');
  /** Minimizes the mean absolute error on the validation data (`validation:mae`). */
  public static readonly VALIDATION_MAE = HyperParameterTuningJobObjective.minimize('validation:mae');
  /** Maximizes the mean average precision of a ranking on the validation data (`validation:map`). */
  public static readonly VALIDATION_MAP = HyperParameterTuningJobObjective.maximize('validation:map');
  /** Minimizes the mean square error on the validation data (`validation:mean_squared_error`). */
  public static readonly VALIDATION_MEAN_SQUARED_ERROR = HyperParameterTuningJobObjective.minimize('validation:mean_squared_error');
  /** Minimizes the error rate of a multiclass classification on the validation data (`validation:merror`). */
  public static readonly VALIDATION_MERROR = HyperParameterTuningJobObjective.minimize('validation:merror');
  /** Maximizes the mean intersection over union of a segmentation on the validation data (`validation:mIOU`). */
  public static readonly VALIDATION_MIOU = HyperParameterTuningJobObjective.maximize('validation:mIOU');
  /** Minimizes the negative log-likelihood of a multiclass classification on the validation data (`validation:mlogloss`). */
  public static readonly VALIDATION_MLOGLOSS = HyperParameterTuningJobObjective.minimize('validation:mlogloss');
  /** Minimizes the mean square error on the validation data (`validation:mse`). */
  public static readonly VALIDATION_MSE = HyperParameterTuningJobObjective.minimize('validation:mse');
  /** Maximizes the accuracy of a multiclass classification on the validation data (`validation:multiclass_accuracy`). */
  public static readonly VALIDATION_MULTICLASS_ACCURACY = HyperParameterTuningJobObjective.maximize('validation:multiclass_accuracy');
  /** Maximizes the accuracy of a multiclass classification among the top k labels on the validation data (`validation:multiclass_top_k_accuracy`). */
  public static readonly VALIDATION_MULTICLASS_TOP_K_ACCURACY = HyperParameterTuningJobObjective.maximize('validation:multiclass_top_k_accuracy');
  /** Maximizes the normalized discounted cumulative gain on the validation data (`validation:ndcg`). */
  public static readonly VALIDATION_NDCG = HyperParameterTuningJobObjective.maximize('validation:ndcg');
  /** Minimizes the mean of the loss function on the validation data (`validation:objective_loss`). */
  public static readonly VALIDATION_OBJECTIVE_LOSS = HyperParameterTuningJobObjective.minimize('validation:objective_loss');
  /** Minimizes the perplexity of translations on the validation data (`validation:perplexity`). */
  public static readonly VALIDATION_PERPLEXITY = HyperParameterTuningJobObjective.minimize('validation:perplexity');
  /** Maximizes the percentage of pixels that are classified correctly on the validation data (`validation:pixel_accuracy`). */
  public static readonly VALIDATION_PIXEL_ACCURACY = HyperParameterTuningJobObjective.maximize('validation:pixel_accuracy');
  /** Maximizes the precision of a binary classification on the validation data (`validation:precision`). */
  public static readonly VALIDATION_PRECISION = HyperParameterTuningJobObjective.maximize('validation:precision');
  /** Maximizes the recall of a binary classification on the validation data (`validation:recall`). */
  public static readonly VALIDATION_RECALL = HyperParameterTuningJobObjective.maximize('validation:recall');
  /** Minimizes the root mean square error on the validation data (`validation:rmse`). */
  public static readonly VALIDATION_RMSE = HyperParameterTuningJobObjective.minimize('validation:rmse');
  /** Maximizes the area under the receiver operating characteristic curve on the validation data (`validation:roc_auc_score`). */
  public static readonly VALIDATION_ROC_AUC_SCORE = HyperParameterTuningJobObjective.maximize('validation:roc_auc_score');
  /** Minimizes the total loss of the neural topic model on the validation data (`validation:total_loss`). */
  public static readonly VALIDATION_TOTAL_LOSS = HyperParameterTuningJobObjective.minimize('validation:total_loss');

  private constructor() {}
}
