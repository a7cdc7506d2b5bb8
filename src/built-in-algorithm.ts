import { AlgorithmMetric } from './algorithm-metric';
import { algorithmImage } from './private/images/algorithm-image';
import * as algorithms from './private/images/algorithms';
import type { NoImage, ServiceImage } from './private/images/service-image';
import { TrainingInputMode } from './training-input';

/**
 * An algorithm of the service, for `ContainerImage.fromBuiltInAlgorithm()`. What is known of it is checked where it is used:
 * on how many instances it trains, how it takes its data, and what a tuning job can have as its objective.
 */
export class BuiltInAlgorithm {
  /** XGBoost. */
  public static readonly XGBOOST = new BuiltInAlgorithm(algorithms.XGBOOST);
  /** Linear learner, for classification and regression. */
  public static readonly LINEAR_LEARNER = new BuiltInAlgorithm(algorithms.LINEAR_LEARNER);
  /** K-means, for clustering. */
  public static readonly K_MEANS = new BuiltInAlgorithm(algorithms.K_MEANS);
  /** K-nearest neighbors. */
  public static readonly K_NN = new BuiltInAlgorithm(algorithms.K_NN);
  /** Principal component analysis. It has no metrics, so it cannot be tuned. */
  public static readonly PCA = new BuiltInAlgorithm(algorithms.PCA);
  /** Latent Dirichlet allocation, for topics of documents. It trains on one instance. */
  public static readonly LDA = new BuiltInAlgorithm(algorithms.LATENT_DIRICHLET_ALLOCATION);
  /** Neural topic model. */
  public static readonly NTM = new BuiltInAlgorithm(algorithms.NEURAL_TOPIC_MODEL);
  /** BlazingText, for word embeddings and the classification of text. It trains on one instance, except in mode `batch_skipgram`. */
  public static readonly BLAZING_TEXT = new BuiltInAlgorithm(algorithms.BLAZING_TEXT);
  /** Object detection (MXNet). */
  public static readonly OBJECT_DETECTION = new BuiltInAlgorithm(algorithms.OBJECT_DETECTION);
  /** Image classification (MXNet). */
  public static readonly IMAGE_CLASSIFICATION = new BuiltInAlgorithm(algorithms.IMAGE_CLASSIFICATION);
  /** Semantic segmentation. It trains on one instance. */
  public static readonly SEMANTIC_SEGMENTATION = new BuiltInAlgorithm(algorithms.SEMANTIC_SEGMENTATION);
  /** Sequence to sequence. It trains on one instance. */
  public static readonly SEQ2SEQ = new BuiltInAlgorithm(algorithms.SEQ2SEQ);
  /** Object2Vec, for embeddings of pairs. It trains on one instance. */
  public static readonly OBJECT2VEC = new BuiltInAlgorithm(algorithms.OBJECT2VEC);
  /** IP Insights, for the usage of IPv4 addresses. */
  public static readonly IP_INSIGHTS = new BuiltInAlgorithm(algorithms.IP_INSIGHTS);
  /** Factorization machines. */
  public static readonly FACTORIZATION_MACHINES = new BuiltInAlgorithm(algorithms.FACTORIZATION_MACHINES);
  /** DeepAR, for forecasts of time series. */
  public static readonly DEEP_AR = new BuiltInAlgorithm(algorithms.DEEP_AR);
  /** Random cut forest, for anomalies. */
  public static readonly RANDOM_CUT_FOREST = new BuiltInAlgorithm(algorithms.RANDOM_CUT_FOREST);

  /** The versions that this release knows. `withVersion()` adds others. */
  public readonly versions: string[];
  /** How the algorithm takes its data (`TrainingInputMode`). */
  public readonly inputModes: TrainingInputMode[];
  /** The metrics that it publishes and that a tuning job can have as its objective. They need no metric definitions. */
  public readonly metrics: AlgorithmMetric[];
  /** Whether it can train on several instances. */
  public readonly distributed: boolean;
  /** @internal */
  public readonly _facts: algorithms.AlgorithmFacts;

  private constructor(facts: algorithms.AlgorithmFacts) {
    this._facts = facts;
    this.versions = [...facts.versions];
    this.inputModes = [...facts.inputModes];
    this.metrics = [...facts.metrics];
    this.distributed = facts.singleInstance !== true;
  }

  /**
   * The algorithm with one more version, which is newer than this release of the library.
   *
   * @param version the version, which is the tag of the image
   */
  public withVersion(version: string): BuiltInAlgorithm {
    return new BuiltInAlgorithm({ ...this._facts, versions: [...this._facts.versions, version] });
  }

  /** The name of the repository that holds the algorithm. */
  public toString(): string {
    return this._facts.repositoryName;
  }

  /** @internal */
  public _image(version?: string): ServiceImage | NoImage {
    return algorithmImage(this._facts, version);
  }
}
