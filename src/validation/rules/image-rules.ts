import { algorithmOf, ecrImageUri } from './algorithm-images';
import { families } from './instance-families';
import { TRAINING } from './training-rules';
import type { Finding, Rule, Structure } from '../request-rule';
import { at, isGiven, literalString } from '../request-values';

/** The techniques of optimization jobs that run in a container. */
export const OPTIMIZATION_IN_CONTAINER = ['ModelQuantizationConfig', 'ModelCompilationConfig', 'ModelShardingConfig'];

const SPECIFICATIONS = ['AlgorithmSpecification', 'HyperParameterAlgorithmSpecification'];
const RULES = ['DebugRuleConfiguration', 'ProfilerRuleConfiguration'];
const WITH_IMAGE = [...SPECIFICATIONS, ...RULES, 'AppSpecification', ...OPTIMIZATION_IN_CONTAINER];
const MEMBERS = ['TrainingImage', 'RuleEvaluatorImage', 'ImageUri', 'Image'];
const PRIVATE = 'Use a Private Docker Registry for Training';

/** Rules of the sources and processors of images. */
export const IMAGE_RULES: readonly Rule[] = [
  {
    id: 'image-in-ecr',
    on: WITH_IMAGE,
    level: 'error',
    source: PRIVATE,
    rule: 'must be an image in Amazon ECR',
    advice: 'push it to Amazon ECR, or for a training job use ContainerImage.fromPrivateRegistry() with a registry in your VPC',
    check: (specification) => imagesOf(specification)
      .filter((member) => isElsewhere(literalString(specification[member]), member !== 'RuleEvaluatorImage'))
      .map((member) => ({ path: [member] })),
  },
  {
    id: 'image-in-region',
    on: WITH_IMAGE,
    level: 'error',
    source: 'AlgorithmSpecification.TrainingImage',
    rule: 'must be in the Region of the stack',
    advice: 'replicate the repository to the Region, or for a training job use ContainerImage.fromPrivateRegistry() with a registry in your VPC',
    check: (specification, { region, regionOf }) => imagesOf(specification).flatMap((member): Finding[] => {
      const image = specification[member];
      const other = (typeof image === 'string' ? regionOf?.(image) : undefined) ?? ecrImageUri(image)?.region;
      if (region === undefined || !other || other === region) return [];
      return [{ path: [member], rule: `must be an image in ${region}, the Region of the stack`, value: `an image in ${other}` }];
    }),
  },
  {
    id: 'image-processor',
    on: TRAINING,
    level: 'warning',
    source: 'Available Deep Learning Containers Images; Common Information About Built-in Algorithms',
    rule: 'should be built for the processors of the instances',
    check: (training) => {
      const processor = processorOf(training);
      const types = families(at(training, isGiven(training.HyperParameterTuningResourceConfig) ? 'HyperParameterTuningResourceConfig' : 'ResourceConfig'));
      if (!processor || !types) return [];
      const others = types.filter((family) => hasGpu(family) !== (processor === 'gpu'));
      return others.length === 0 ? [] : [{
        path: ['AlgorithmSpecification', 'TrainingImage'],
        rule: processor === 'gpu' ? 'requires GPUs, which the instance type does not have' : 'does not use the GPUs of the instance type',
        value: others.map((family) => `ml.${family}`).join(', '),
      }];
    },
  },
  {
    id: 'marketplace-network-isolation',
    on: TRAINING,
    level: 'warning',
    source: 'Run Training and Inference Containers in Internet-Free Mode',
    rule: 'should be true for an algorithm from AWS Marketplace, which requires network isolation',
    check: (training, { account }) => {
      const [, owner] = /^arn:[^:]+:sagemaker:[^:]*:(\d{12}):algorithm\//.exec(literalString(at(training, 'AlgorithmSpecification')?.AlgorithmName) ?? '') ?? [];
      const isolated = isGiven(training.EnableNetworkIsolation) && training.EnableNetworkIsolation !== false;
      return owner === undefined || owner === account || isolated ? [] : [{ path: ['EnableNetworkIsolation'] }];
    },
  },
];

function imagesOf(specification: Structure): string[] {
  const isPrivate = isGiven(at(specification, 'TrainingImageConfig')?.TrainingRepositoryAccessMode) || !at(specification, 'TrainingImageConfig');
  return isPrivate ? [] : MEMBERS.filter((member) => isGiven(specification[member]));
}

/** Whether an image is not in Amazon ECR. A name without a registry is on Docker Hub, or represents a published image. */
function isElsewhere(image: string | undefined, needsRegistry: boolean): boolean {
  return image !== undefined && !ecrImageUri(image) && (needsRegistry || /^[^/]+[.:][^/]*\//.test(image));
}

/** Repositories whose tags contain the processor of the image. */
const WITH_PROCESSOR = /^(?:[a-z-]+-training(?:-neuronx)?|sagemaker-xgboost|sagemaker-scikit-learn)$/;

function processorOf(training: Structure): 'cpu' | 'gpu' | undefined {
  const processors = algorithmOf(training)?.inputs.processors;
  if (processors === 'cpu' || processors === 'gpu') return processors;
  const { repositoryName = '', tag = '' } = ecrImageUri(at(training, 'AlgorithmSpecification')?.TrainingImage) ?? {};
  return WITH_PROCESSOR.test(repositoryName) ? /-(cpu|gpu)(?:-|$)/.exec(tag)?.[1] as 'cpu' | 'gpu' | undefined : undefined;
}

function hasGpu(family: string): boolean {
  return /^[gp]\d/.test(family);
}
