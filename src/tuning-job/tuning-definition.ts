import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { HyperParameterTrainingJobDefinition, HyperParameterTuningResourceOptions } from './hyper-parameter-training-job-definition';
import type { ParameterRange } from './parameter-range';
import { tuningDefinitionChecks } from './tuning-checks';
import type { HyperParameterTuningJobObjective } from './tuning-options';
import { granteeOf } from '../execution-role/grantee';
import { grantVolumeKey } from '../execution-role/key-access';
import { gibibytesOf, nonEmpty, type RequestStructure, stringMap } from '../job/request-members';
import { DEFAULT_VOLUME_GIB, TrainingDefinition } from '../training-job/training-definition';
import { type Validation, within } from '../validation/construct-validation';

export interface TuningDefinitionSettings {
  readonly definition: HyperParameterTrainingJobDefinition;
  /** The ranges of the tuning job. */
  readonly parameterRanges?: readonly ParameterRange[];
  readonly role: iam.IRole;
  readonly validation: Validation;
  /** The path of the definition in the props. */
  readonly property: string;
}

/** A definition of training jobs: the options of training and the additions of tuning. */
export class TuningDefinition {
  readonly training: TrainingDefinition;

  private readonly definition: HyperParameterTrainingJobDefinition;

  constructor(scope: Construct, private readonly settings: TuningDefinitionSettings) {
    const { definition, property, role, validation } = settings;
    this.definition = definition;
    this.training = new TrainingDefinition(scope, { options: definition, role, validation, property });
    const volumeKey = definition.hyperParameterTuningResourceConfig?.volumeEncryptionKey;
    if (volumeKey) grantVolumeKey(volumeKey, granteeOf(role));
    validation.add(...within(property, tuningDefinitionChecks(definition, { throughVpc: this.training.imageIsInVpc })));
  }

  /** The number of combinations of the ranges. Undefined if it is infinite. */
  get combinations(): number | undefined {
    const counts = this.ranges.map((range) => range._bind().values);
    return counts.reduce((product, values) => (product === undefined || values === undefined ? undefined : product * values), 1);
  }

  render(): RequestStructure {
    const { definitionName, hyperParameterRanges, hyperParameterTuningResourceConfig: resources, tuningObjective } = this.definition;
    return {
      DefinitionName: definitionName,
      TuningObjective: renderObjective(tuningObjective),
      HyperParameterRanges: renderRanges(hyperParameterRanges),
      StaticHyperParameters: this.renderStaticHyperParameters(),
      AlgorithmSpecification: this.training.renderAlgorithm(),
      ...this.training.render(),
      ...resources ? { ResourceConfig: undefined, HyperParameterTuningResourceConfig: renderResources(resources) } : {},
      RetryStrategy: this.training.renderRetryStrategy(),
      Environment: this.training.renderEnvironment(),
    };
  }

  private get ranges(): readonly ParameterRange[] {
    return this.definition.hyperParameterRanges ?? this.settings.parameterRanges ?? [];
  }

  /** Without the tuned hyperparameters: SageMaker rejects a hyperparameter that is both static and tuned. */
  private renderStaticHyperParameters(): RequestStructure | undefined {
    const { hyperParameters } = this.definition;
    const tuned = this.ranges.map(({ parameterName }) => parameterName);
    return stringMap(hyperParameters && Object.fromEntries(Object.entries(hyperParameters).filter(([name]) => !tuned.includes(name))));
  }
}

export function renderObjective(objective: HyperParameterTuningJobObjective | undefined): RequestStructure | undefined {
  return objective && { Type: objective.objectiveType, MetricName: objective.metricName };
}

/** Groups ranges by type, as in `ParameterRanges`. */
export function renderRanges(ranges: readonly ParameterRange[] | undefined): RequestStructure | undefined {
  const rendered: { [member: string]: RequestStructure[] } = {};
  for (const range of ranges ?? []) {
    const { parameterRange, rangesMember } = range._bind();
    (rendered[rangesMember] ??= []).push(parameterRange);
  }
  return nonEmpty(rendered);
}

function renderResources(config: HyperParameterTuningResourceOptions): RequestStructure {
  const { allocationStrategy, instanceConfigs, instanceCount, instanceType, volumeEncryptionKey, volumeSize } = config;
  return {
    InstanceType: instanceType?.value,
    InstanceCount: instanceCount ?? (instanceConfigs ? undefined : 1),
    VolumeSizeInGB: gibibytesOf(volumeSize) ?? (instanceConfigs ? undefined : DEFAULT_VOLUME_GIB),
    VolumeKmsKeyId: volumeEncryptionKey?.keyArn,
    AllocationStrategy: allocationStrategy?.value,
    InstanceConfigs: nonEmpty(instanceConfigs?.map((instances) => ({
      InstanceType: instances.instanceType.value,
      InstanceCount: instances.instanceCount ?? 1,
      VolumeSizeInGB: gibibytesOf(instances.volumeSize) ?? DEFAULT_VOLUME_GIB,
    }))),
  };
}
