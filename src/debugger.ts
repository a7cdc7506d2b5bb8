import type { Size } from 'aws-cdk-lib';
import { ContainerImage } from './container-image';
import { ProcessingInstanceType } from './processing-instance-type';
import { S3Location } from './s3-location';

/** Tensors that are saved together (`CollectionConfiguration` of the API). */
export interface CollectionConfiguration {
  /** The name of the collection (`CollectionName`), 1 to 256 characters. */
  readonly collectionName: string;

  /**
   * How it is saved (`CollectionParameters`), at most 20 entries, such as `include_regex` or `save_interval`.
   *
   * @default - as the collection is predefined
   */
  readonly collectionParameters?: { [name: string]: string };
}

/** What Debugger saves while a job trains (`DebugHookConfig` of the API). */
export interface DebugHookConfig {
  /** Where tensors and metrics are stored in S3 (`S3OutputPath`). */
  readonly outputLocation: S3Location;

  /**
   * The directory of the container that they are first written to (`LocalPath`), at most 4096 characters.
   *
   * @default - /opt/ml/output/tensors/
   */
  readonly localPath?: string;

  /**
   * The parameters of the hook (`HookParameters`), at most 20.
   *
   * @default - those of the framework
   */
  readonly hookParameters?: { [name: string]: string };

  /**
   * The collections of tensors that are saved (`CollectionConfigurations`), at most 20.
   *
   * @default - those of the framework
   */
  readonly collectionConfigurations?: CollectionConfiguration[];
}

/** Where the summaries for TensorBoard go (`TensorBoardOutputConfig` of the API). */
export interface TensorBoardOutputConfig {
  /** Where in S3 they are stored (`S3OutputPath`). */
  readonly outputLocation: S3Location;

  /**
   * The directory of the container that they are written to (`LocalPath`), at most 4096 characters.
   *
   * @default - /opt/ml/output/tensorboard
   */
  readonly localPath?: string;
}

/**
 * A rule that looks at what a job saves while it trains (`DebugRuleConfiguration` and `ProfilerRuleConfiguration` of the
 * API). It is evaluated by a processing job with the training job's role.
 */
export interface RuleConfiguration {
  /** The name of the rule (`RuleConfigurationName`), 1 to 256 characters, once in a job. */
  readonly ruleConfigurationName: string;

  /** The image that evaluates the rule (`RuleEvaluatorImage`). For rules of the service `ContainerImage.fromDebuggerRules()`. */
  readonly ruleEvaluatorImage: ContainerImage;

  /**
   * The type of the instance that evaluates it (`InstanceType`).
   *
   * @default - for a rule of the service, the service's own
   */
  readonly instanceType?: ProcessingInstanceType;

  /**
   * The size of the volume of that instance (`VolumeSizeInGB`), in whole gibibytes.
   *
   * @default - for a rule of the service, the service's own
   */
  readonly volumeSize?: Size;

  /**
   * The parameters of the rule (`RuleParameters`), at most 100, such as `rule_to_invoke`.
   *
   * @default - none
   */
  readonly ruleParameters?: { [name: string]: string };

  /**
   * Where the rule's findings are stored in S3 (`S3OutputPath`).
   *
   * @default - below the output of the job
   */
  readonly outputLocation?: S3Location;

  /**
   * The directory of the container that they are first written to (`LocalPath`), at most 4096 characters.
   *
   * @default - /opt/ml/processing/output/rule/
   */
  readonly localPath?: string;
}
