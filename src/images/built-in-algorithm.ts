import * as algorithms from './algorithm-catalog';
import { type AlgorithmFacts, XGBOOST } from './algorithm-catalog';
import { DEEP_LEARNING } from './image-registries';
import { choose, type NoImage, type ServiceImage } from './service-image';
import { TrainingInputMode } from '../data/input-channel-options';
import { HyperParameterTuningJobObjective } from '../tuning-job/tuning-options';

/**
 * A built-in algorithm of SageMaker, for `ContainerImage.fromBuiltInAlgorithm()`. Jobs with the algorithm are checked at
 * synthesis: the number of instances, the input mode, and the objective metric of a tuning job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/algos.html
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
  /** Latent Dirichlet allocation, for topic modeling. It trains on one instance. */
  public static readonly LDA = new BuiltInAlgorithm(algorithms.LATENT_DIRICHLET_ALLOCATION);
  /** Neural topic model. */
  public static readonly NTM = new BuiltInAlgorithm(algorithms.NEURAL_TOPIC_MODEL);
  /** BlazingText, for word embeddings and text classification. It trains on one instance, except in mode `batch_skipgram`. */
  public static readonly BLAZING_TEXT = new BuiltInAlgorithm(algorithms.BLAZING_TEXT);
  /** Object detection (MXNet). */
  public static readonly OBJECT_DETECTION = new BuiltInAlgorithm(algorithms.OBJECT_DETECTION);
  /** Image classification (MXNet). */
  public static readonly IMAGE_CLASSIFICATION = new BuiltInAlgorithm(algorithms.IMAGE_CLASSIFICATION);
  /** Semantic segmentation. It trains on one instance. */
  public static readonly SEMANTIC_SEGMENTATION = new BuiltInAlgorithm(algorithms.SEMANTIC_SEGMENTATION);
  /** Sequence to sequence. It trains on one instance. */
  public static readonly SEQ2SEQ = new BuiltInAlgorithm(algorithms.SEQ2SEQ);
  /** Object2Vec, for embeddings of pairs of objects. It trains on one instance. */
  public static readonly OBJECT2VEC = new BuiltInAlgorithm(algorithms.OBJECT2VEC);
  /** IP Insights, for usage patterns of IPv4 addresses. */
  public static readonly IP_INSIGHTS = new BuiltInAlgorithm(algorithms.IP_INSIGHTS);
  /** Factorization machines. */
  public static readonly FACTORIZATION_MACHINES = new BuiltInAlgorithm(algorithms.FACTORIZATION_MACHINES);
  /** DeepAR, for time series forecasting. */
  public static readonly DEEP_AR = new BuiltInAlgorithm(algorithms.DEEP_AR);
  /** Random cut forest, for anomaly detection. */
  public static readonly RANDOM_CUT_FOREST = new BuiltInAlgorithm(algorithms.RANDOM_CUT_FOREST);

  /** The versions that are available in this release. For others, use `withVersion()`. */
  public readonly versions: string[];
  /** The input modes that the algorithm supports (`TrainingInputMode`). */
  public readonly inputModes: TrainingInputMode[];
  /** The metrics that the algorithm publishes, as objectives of tuning jobs. They need no metric definitions. */
  public readonly metrics: HyperParameterTuningJobObjective[];
  /** Whether the algorithm can train on several instances. */
  public readonly supportsDistributedTraining: boolean;
  /** @internal */
  public readonly _facts: algorithms.AlgorithmFacts;

  private constructor(facts: algorithms.AlgorithmFacts) {
    this._facts = facts;
    this.versions = [...facts.versions];
    this.inputModes = [...facts.inputModes];
    this.metrics = [...facts.metrics];
    this.supportsDistributedTraining = facts.singleInstance !== true;
  }

  /**
   * Returns the algorithm in one version, which may be newer than this release:
   * `ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.XGBOOST.withVersion('9.0-1'))`.
   *
   * @param version the version, which is the tag of the image
   */
  public withVersion(version: string): BuiltInAlgorithm {
    return new BuiltInAlgorithm({ ...this._facts, versions: [version] });
  }

  /** Returns the name of the algorithm's repository. */
  public toString(): string {
    return this._facts.repositoryName;
  }

  /** @internal */
  public _image(version?: string): ServiceImage | NoImage {
    return algorithmImage(this._facts, version);
  }
}

/** Options for the image of a built-in algorithm. */
export interface BuiltInAlgorithmImageOptions {
  /**
   * The version of the image, one of the `versions` of the algorithm.
   *
   * @default - the only version of the algorithm; required if there are several
   */
  readonly version?: string;
}

/** Returns the image of a version of a built-in algorithm. */
export function algorithmImage(facts: AlgorithmFacts, version: string | undefined): ServiceImage | NoImage {
  const choice = choose('version', version, facts.versions);
  if ('problem' in choice) return choice;
  return facts.repositoryName === XGBOOST.repositoryName ? xgboostImage(choice.chosen) : { ...facts, tag: choice.chosen };
}

/** The versions of XGBoost whose tags contain the processor and the Python version. */
const WITH_PYTHON = ['0.90-1', '0.90-2', '1.0-1'];

function xgboostImage(version: string): ServiceImage {
  const { registry, repositoryName } = XGBOOST;
  if (version !== '1') return { registry, repositoryName, tag: WITH_PYTHON.includes(version) ? `${version}-cpu-py3` : version };
  return {
    registry: DEEP_LEARNING,
    repositoryName: 'xgboost',
    tag: version,
    missingIn: ['ca-west-1', 'il-central-1', 'us-isof-east-1', 'us-isof-south-1'],
  };
}
