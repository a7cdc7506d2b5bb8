import type { Duration, Size } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { S3Location } from '../data/s3-location';
import { ContainerImage, problemOf } from '../images/container-image';
import { MlInstanceType } from '../job/ml-instance-type.generated';
import { gibibytesOf, nonEmpty, type RequestStructure, structure } from '../job/request-members';
import type { Check } from '../validation/construct-validation';

/**
 * A collection of tensors (`CollectionConfiguration`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CollectionConfiguration.html
 */
export interface DebuggerCollection {
  /** The name of the collection (`CollectionName`), 1 to 256 characters. */
  readonly collectionName: string;

  /**
   * The parameters of the collection (`CollectionParameters`), at most 20 entries, such as `include_regex` or `save_interval`.
   *
   * @default - the parameters of the predefined collection
   */
  readonly collectionParameters?: { [name: string]: string };
}

/**
 * The configuration of the Debugger hook (`DebugHookConfig`), which saves tensors and metrics while a job trains.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DebugHookConfig.html
 */
export interface DebugHookOptions {
  /** The location of the metrics and tensors in S3 (`S3OutputPath`). */
  readonly outputLocation: S3Location;

  /**
   * The path in the container for metrics and tensors (`LocalPath`), at most 4096 characters.
   *
   * @default '/opt/ml/output/tensors/'
   */
  readonly localPath?: string;

  /**
   * The parameters of the hook (`HookParameters`), at most 20.
   *
   * @default - the parameters of the framework
   */
  readonly hookParameters?: { [name: string]: string };

  /**
   * The collections of tensors to save (`CollectionConfigurations`), at most 20.
   *
   * @default - the collections of the framework
   */
  readonly collectionConfigurations?: DebuggerCollection[];
}

/**
 * The storage of TensorBoard summaries (`TensorBoardOutputConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TensorBoardOutputConfig.html
 */
export interface TensorBoardOutputOptions {
  /** The location of the summaries in S3 (`S3OutputPath`). */
  readonly outputLocation: S3Location;

  /**
   * The path in the container for the summaries (`LocalPath`), at most 4096 characters.
   *
   * @default '/opt/ml/output/tensorboard'
   */
  readonly localPath?: string;
}

/**
 * A Debugger rule (`DebugRuleConfiguration`), which analyzes the tensors that a job saves while it trains. A processing job
 * evaluates it with the role of the training job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DebugRuleConfiguration.html
 */
export interface DebugRule {
  /** The name of the rule (`RuleConfigurationName`), 1 to 256 characters, unique within a job. */
  readonly ruleConfigurationName: string;

  /** The image that evaluates the rule (`RuleEvaluatorImage`). For built-in rules, use `ContainerImage.fromDebuggerRules()`. */
  readonly ruleEvaluatorImage: ContainerImage;

  /**
   * The instance type that evaluates the rule (`InstanceType`).
   *
   * @default - chosen by SageMaker for built-in rules
   */
  readonly instanceType?: MlInstanceType;

  /**
   * The size of the storage volume of this instance (`VolumeSizeInGB`), in whole gibibytes.
   *
   * @default - chosen by SageMaker for built-in rules
   */
  readonly volumeSize?: Size;

  /**
   * The parameters of the rule (`RuleParameters`), at most 100, such as `rule_to_invoke`.
   *
   * @default - none
   */
  readonly ruleParameters?: { [name: string]: string };

  /**
   * The location of the rule's output in S3 (`S3OutputPath`).
   *
   * @default - below the output of the job
   */
  readonly outputLocation?: S3Location;

  /**
   * The path in the container for the rule's output (`LocalPath`), at most 4096 characters.
   *
   * @default '/opt/ml/processing/output/rule/'
   */
  readonly localPath?: string;
}

/**
 * A profiler rule (`ProfilerRuleConfiguration`), which analyzes the metrics that a job saves while it trains. A processing job
 * evaluates it with the role of the training job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProfilerRuleConfiguration.html
 */
export interface ProfilerRule {
  /** The name of the rule (`RuleConfigurationName`), 1 to 256 characters, unique within a job. */
  readonly ruleConfigurationName: string;

  /** The image that evaluates the rule (`RuleEvaluatorImage`). For built-in rules, use `ContainerImage.fromDebuggerRules()`. */
  readonly ruleEvaluatorImage: ContainerImage;

  /**
   * The instance type that evaluates the rule (`InstanceType`).
   *
   * @default - chosen by SageMaker for built-in rules
   */
  readonly instanceType?: MlInstanceType;

  /**
   * The size of the storage volume of this instance (`VolumeSizeInGB`), in whole gibibytes.
   *
   * @default - chosen by SageMaker for built-in rules
   */
  readonly volumeSize?: Size;

  /**
   * The parameters of the rule (`RuleParameters`), at most 100, such as `rule_to_invoke`.
   *
   * @default - none
   */
  readonly ruleParameters?: { [name: string]: string };

  /**
   * The location of the rule's output in S3 (`S3OutputPath`).
   *
   * @default - below the output of the job
   */
  readonly outputLocation?: S3Location;

  /**
   * The path in the container for the rule's output (`LocalPath`), at most 4096 characters.
   *
   * @default '/opt/ml/processing/output/rule/'
   */
  readonly localPath?: string;
}

/**
 * The configuration of the profiler (`ProfilerConfig`), which collects system and framework metrics while a job trains. Can be
 * changed while the job runs.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProfilerConfig.html
 */
export interface ProfilerOptions {
  /**
   * The location of the metrics in S3 (`S3OutputPath`).
   *
   * @default - none
   */
  readonly outputLocation?: S3Location;

  /**
   * The interval of system metrics (`ProfilingIntervalInMilliseconds`): 100, 200 or 500 milliseconds, or 1, 5 or 60 seconds.
   *
   * @default Duration.millis(500)
   */
  readonly profilingInterval?: Duration;

  /**
   * The framework metrics to collect (`ProfilingParameters`), at most 20 entries: `DetailedProfilingConfig`,
   * `PythonProfilingConfig`, `DataLoaderProfilingConfig`.
   *
   * @default - none
   */
  readonly profilingParameters?: { [name: string]: string };

  /**
   * Whether to enable monitoring and profiling (`DisableProfiler`, inverted).
   *
   * @default - decided by SageMaker
   */
  readonly enableProfiler?: boolean;
}

/** The props that configure Debugger and the profiler. */
export interface DebuggingOptions {
  readonly debugHookConfig?: DebugHookOptions;
  readonly debugRuleConfigurations?: readonly DebugRule[];
  readonly tensorBoardOutputConfig?: TensorBoardOutputOptions;
  readonly profilerConfig?: ProfilerOptions;
  readonly profilerRuleConfigurations?: readonly ProfilerRule[];
}

/**
 * The Debugger and the profiler of a job. The constructor grants the role of the job permission to write their data and to read
 * it.
 */
export class Debugging {
  readonly debugHookConfig?: RequestStructure;
  readonly debugRuleConfigurations?: RequestStructure[];
  readonly tensorBoardOutputConfig?: RequestStructure;
  readonly profilerConfig?: RequestStructure;
  readonly profilerRuleConfigurations?: RequestStructure[];
  readonly checks: Check[] = [];

  constructor(private readonly scope: Construct, private readonly grantee: iam.IGrantable, options: DebuggingOptions) {
    this.debugHookConfig = options.debugHookConfig && this.renderHook(options.debugHookConfig);
    this.debugRuleConfigurations = nonEmpty(options.debugRuleConfigurations?.map((rule, index) => this.renderRule(rule, `debugRuleConfigurations[${index}]`)));
    this.tensorBoardOutputConfig = options.tensorBoardOutputConfig && this.renderTensorBoard(options.tensorBoardOutputConfig);
    this.profilerConfig = options.profilerConfig && this.renderProfiler(options.profilerConfig);
    this.profilerRuleConfigurations = nonEmpty(options.profilerRuleConfigurations?.map((rule, index) => this.renderRule(rule, `profilerRuleConfigurations[${index}]`)));
  }

  private renderHook({ collectionConfigurations, hookParameters, localPath, outputLocation }: DebugHookOptions): RequestStructure {
    return {
      LocalPath: localPath,
      S3OutputPath: this.bind(outputLocation),
      HookParameters: nonEmpty(hookParameters),
      CollectionConfigurations: nonEmpty(collectionConfigurations?.map(({ collectionName, collectionParameters }) => ({
        CollectionName: collectionName,
        CollectionParameters: nonEmpty(collectionParameters),
      }))),
    };
  }

  private renderRule(rule: DebugRule | ProfilerRule, property: string): RequestStructure {
    const image = rule.ruleEvaluatorImage.bind(this.scope, { grantee: this.grantee });
    this.checks.push(() => problemOf(`${property}.ruleEvaluatorImage`, image));
    return {
      RuleConfigurationName: rule.ruleConfigurationName,
      LocalPath: rule.localPath,
      S3OutputPath: rule.outputLocation && this.bind(rule.outputLocation),
      RuleEvaluatorImage: image.imageUri,
      InstanceType: rule.instanceType?.value,
      VolumeSizeInGB: gibibytesOf(rule.volumeSize),
      RuleParameters: nonEmpty(rule.ruleParameters),
    };
  }

  private renderTensorBoard({ localPath, outputLocation }: TensorBoardOutputOptions): RequestStructure {
    return { LocalPath: localPath, S3OutputPath: this.bind(outputLocation) };
  }

  private renderProfiler({ enableProfiler, outputLocation, profilingInterval, profilingParameters }: ProfilerOptions): RequestStructure | undefined {
    return structure({
      S3OutputPath: outputLocation && this.bind(outputLocation),
      ProfilingIntervalInMilliseconds: profilingInterval?.toMilliseconds(),
      ProfilingParameters: nonEmpty(profilingParameters),
      DisableProfiler: enableProfiler === undefined ? undefined : !enableProfiler,
    });
  }

  /** Rules are evaluated with the role of the job, so it also reads the data that it writes. */
  private bind(location: DebugHookOptions['outputLocation']): string {
    return location.bind(this.scope, { grantee: this.grantee, forReading: true, forWriting: true }).uri;
  }
}
