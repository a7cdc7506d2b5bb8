import type { Duration, Size } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { S3Location } from '../data/s3-location';
import { ContainerImage, problemOf } from '../images/container-image';
import { MlInstanceType } from '../job/ml-instance-type.generated';
import { gibibytesOf, nonEmpty, type RequestStructure, structure } from '../job/request-members';
import type { Check } from '../validation/construct-validation';

/** Tensors that are saved together (`CollectionConfiguration` of the API). */
export interface DebuggerCollection {
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
export interface DebugHookOptions {
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
  readonly collectionConfigurations?: DebuggerCollection[];
}

/** Where the summaries for TensorBoard go (`TensorBoardOutputConfig` of the API). */
export interface TensorBoardOutputOptions {
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
export interface DebuggerRule {
  /** The name of the rule (`RuleConfigurationName`), 1 to 256 characters, once in a job. */
  readonly ruleConfigurationName: string;

  /** The image that evaluates the rule (`RuleEvaluatorImage`). For rules of the service `ContainerImage.fromDebuggerRules()`. */
  readonly ruleEvaluatorImage: ContainerImage;

  /**
   * The type of the instance that evaluates it (`InstanceType`).
   *
   * @default - for a rule of the service, the service's own
   */
  readonly instanceType?: MlInstanceType;

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

/** What is measured of the instances and the framework while a job trains (`ProfilerConfig` of the API). Can change while the job runs. */
export interface ProfilerOptions {
  /**
   * Where the measurements are stored in S3 (`S3OutputPath`).
   *
   * @default - nowhere
   */
  readonly outputLocation?: S3Location;

  /**
   * How often the instances are measured (`ProfilingIntervalInMilliseconds`): 100, 200 or 500 milliseconds, 1, 5 or 60 seconds.
   *
   * @default - 500 milliseconds
   */
  readonly profilingInterval?: Duration;

  /**
   * What is measured of the framework (`ProfilingParameters`), at most 20 entries: `DetailedProfilingConfig`,
   * `PythonProfilingConfig`, `DataLoaderProfilingConfig`.
   *
   * @default - nothing
   */
  readonly profilingParameters?: { [name: string]: string };

  /**
   * Whether to monitor and profile the job (`DisableProfiler`, inverted).
   *
   * @default - as the service decides
   */
  readonly enableProfiler?: boolean;
}

/** The props of a training job that Debugger and the profiler are configured by. */
export interface DebuggingOptions {
  readonly debugHookConfig?: DebugHookOptions;
  readonly debugRuleConfigurations?: readonly DebuggerRule[];
  readonly tensorBoardOutputConfig?: TensorBoardOutputOptions;
  readonly profilerConfig?: ProfilerOptions;
  readonly profilerRuleConfigurations?: readonly DebuggerRule[];
}

/** What watches a job while it trains: bound when it is made, so that the job's role may write what is watched and read it. */
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

  private renderRule(rule: DebuggerRule, property: string): RequestStructure {
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

  /** The rules are evaluated with the job's role, so it reads what it has written. */
  private bind(location: DebugHookOptions['outputLocation']): string {
    return location.bind(this.scope, { grantee: this.grantee, grantRead: true, grantWrite: true }).s3Uri;
  }
}
