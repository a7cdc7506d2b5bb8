import { ParameterRange } from './parameter-range';
import { TrainingOptions } from './training-options';
import { HyperParameterTuningJobObjective } from './tuning-options';
import { HyperParameterTuningResourceConfig } from './tuning-resources';

/**
 * The training jobs that a tuning job launches (`HyperParameterTrainingJobDefinition` of the API), in the words of a
 * training job: what both are told can be written once and be given to both.
 *
 * What else a `TrainingJob` can be told (a command for the container, Debugger, experiments, MLflow, warm pools beyond
 * `keepAlivePeriod`, an image of a registry in a VPC) the service does not offer here.
 */
export interface HyperParameterTrainingJobDefinition extends TrainingOptions {
  /**
   * The name of the definition (`DefinitionName`), 1 to 64 letters, digits and hyphens. Needed, and unique, where a tuning
   * job has several definitions.
   *
   * @default - none
   */
  readonly definitionName?: string;

  /**
   * The metric that decides which training job of this definition is best (`TuningObjective`), for a tuning job with several
   * definitions.
   *
   * @default - the objective of the tuning job
   */
  readonly tuningObjective?: HyperParameterTuningJobObjective;

  /**
   * The hyperparameters that are tuned for this definition (`HyperParameterRanges`), at most 30, for a tuning job with
   * several definitions.
   *
   * @default - the ranges of the tuning job
   */
  readonly hyperParameterRanges?: ParameterRange[];

  /**
   * What the training jobs run on when the service may choose between instances (`HyperParameterTuningResourceConfig`).
   * Not together with any prop of `ResourceConfig`, such as `instanceType`.
   *
   * @default - as `instanceType` and the other props of `ResourceConfig` say
   */
  readonly hyperParameterTuningResourceConfig?: HyperParameterTuningResourceConfig;
}
