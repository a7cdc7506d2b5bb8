import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DebugHookConfig, RuleConfiguration, TensorBoardOutputConfig } from '../debugger';
import type { ProfilerConfig } from '../profiler';
import { problemOf } from './images/problem';
import { nonEmpty, structure } from './request';
import type { Check } from './validation';

type Structure = { [member: string]: any };

export interface DebuggingOptions {
  readonly debugHookConfig?: DebugHookConfig;
  readonly debugRuleConfigurations?: readonly RuleConfiguration[];
  readonly tensorBoardOutputConfig?: TensorBoardOutputConfig;
  readonly profilerConfig?: ProfilerConfig;
  readonly profilerRuleConfigurations?: readonly RuleConfiguration[];
}

/** What watches a job while it trains: bound when it is made, so that the job's role may write what is watched and read it. */
export class Debugging {
  readonly debugHookConfig?: Structure;
  readonly debugRuleConfigurations?: Structure[];
  readonly tensorBoardOutputConfig?: Structure;
  readonly profilerConfig?: Structure;
  readonly profilerRuleConfigurations?: Structure[];
  readonly checks: Check[] = [];

  constructor(private readonly scope: Construct, private readonly grantee: iam.IGrantable, options: DebuggingOptions) {
    this.debugHookConfig = options.debugHookConfig && this.renderHook(options.debugHookConfig);
    this.debugRuleConfigurations = nonEmpty(options.debugRuleConfigurations?.map((rule, index) => this.renderRule(rule, `debugRuleConfigurations[${index}]`)));
    this.tensorBoardOutputConfig = options.tensorBoardOutputConfig && this.renderTensorBoard(options.tensorBoardOutputConfig);
    this.profilerConfig = options.profilerConfig && this.renderProfiler(options.profilerConfig);
    this.profilerRuleConfigurations = nonEmpty(options.profilerRuleConfigurations?.map((rule, index) => this.renderRule(rule, `profilerRuleConfigurations[${index}]`)));
  }

  private renderHook({ collectionConfigurations, hookParameters, localPath, outputLocation }: DebugHookConfig): Structure {
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

  private renderRule(rule: RuleConfiguration, property: string): Structure {
    const image = rule.ruleEvaluatorImage.bind(this.scope, { grantee: this.grantee });
    this.checks.push(() => problemOf(`${property}.ruleEvaluatorImage`, image));
    return {
      RuleConfigurationName: rule.ruleConfigurationName,
      LocalPath: rule.localPath,
      S3OutputPath: rule.outputLocation && this.bind(rule.outputLocation),
      RuleEvaluatorImage: image.imageUri,
      InstanceType: rule.instanceType?.instanceType,
      VolumeSizeInGB: rule.volumeSize?.toGibibytes(),
      RuleParameters: nonEmpty(rule.ruleParameters),
    };
  }

  private renderTensorBoard({ localPath, outputLocation }: TensorBoardOutputConfig): Structure {
    return { LocalPath: localPath, S3OutputPath: this.bind(outputLocation) };
  }

  private renderProfiler({ disableProfiler, outputLocation, profilingInterval, profilingParameters }: ProfilerConfig): Structure | undefined {
    return structure({
      S3OutputPath: outputLocation && this.bind(outputLocation),
      ProfilingIntervalInMilliseconds: profilingInterval?.toMilliseconds(),
      ProfilingParameters: nonEmpty(profilingParameters),
      DisableProfiler: disableProfiler,
    });
  }

  /** The rules are evaluated with the job's role, so it reads what it has written. */
  private bind(location: DebugHookConfig['outputLocation']): string {
    return location.bind(this.scope, { grantee: this.grantee, forReading: true, forWriting: true }).s3Uri;
  }
}
