import type { JobKind } from '../contract';

/** The properties of a kind of job that only the constructs use. */
export interface TemplateKind {
  /** The maximum length of a name. */
  readonly nameLength: number;
  /** The detail type of its events. Default: SageMaker documents no events. */
  readonly eventDetailType?: string;
  /** The properties that determine the security groups. Default: the ones of the job. */
  readonly network?: string;
  /** The part of the name of the EventBridge rule by which Step Functions waits for jobs. Default: it cannot wait for them. */
  readonly stepFunctionsEvents?: string;
  /** The members of the request with container images. */
  readonly images?: ReadonlyArray<readonly string[]>;
  /** The function's actions on jobs of this kind other than creating, describing, stopping and deleting them. */
  readonly furtherActions?: { readonly read?: readonly string[]; readonly change?: readonly string[] };
}

export const TEMPLATE_KINDS: { readonly [kind in JobKind]: TemplateKind } = {
  trainingJob: {
    nameLength: 63,
    eventDetailType: 'SageMaker Training Job State Change',
    stepFunctionsEvents: 'SageMakerTrainingJobs',
    images: [['AlgorithmSpecification', 'TrainingImage']],
    furtherActions: { change: ['UpdateTrainingJob'] },
  },
  hyperParameterTuningJob: {
    nameLength: 32,
    eventDetailType: 'SageMaker HyperParameter Tuning Job State Change',
    stepFunctionsEvents: 'SageMakerTuningJobs',
    images: ['TrainingJobDefinition', 'TrainingJobDefinitions'].map((definition) => [definition, 'AlgorithmSpecification', 'TrainingImage']),
    furtherActions: { read: ['ListTrainingJobsForHyperParameterTuningJob'] },
  },
  compilationJob: {
    nameLength: 63,
  },
  processingJob: {
    nameLength: 63,
    eventDetailType: 'SageMaker Processing Job State Change',
    stepFunctionsEvents: 'SageMakerProcessingJobs',
    images: [['AppSpecification', 'ImageUri']],
  },
  transformJob: {
    nameLength: 63,
    eventDetailType: 'SageMaker Transform Job State Change',
    stepFunctionsEvents: 'SageMakerTransformJobs',
    network: '`vpc` or `securityGroups` of its TransformModel',
  },
  optimizationJob: {
    nameLength: 63,
    images: ['ModelQuantizationConfig', 'ModelCompilationConfig', 'ModelShardingConfig'].map((technique) => ['OptimizationConfigs', technique, 'Image']),
  },
};
