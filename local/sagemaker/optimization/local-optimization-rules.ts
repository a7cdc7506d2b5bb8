import type { CreateOptimizationJobRequest, OptimizationConfig } from './optimization-types';
import { checkRules, type Rule } from '../local-request-rule';

const TECHNIQUES = 'ModelQuantizationConfig, ModelCompilationConfig, ModelShardingConfig and ModelSpeculativeDecodingConfig';

const oneTechnique: Rule<OptimizationConfig, CreateOptimizationJobRequest> = (config) => (
  Object.values(config).filter((value) => value !== undefined).length !== 1 && `Exactly one of ${TECHNIQUES} must be specified in an OptimizationConfig.`);

const oneSource: Rule<CreateOptimizationJobRequest> = ({ ModelSource: { S3, SageMakerModel: model } }) => (S3 === undefined) === (model === undefined)
  && 'Exactly one of S3 and SageMakerModel must be specified in ModelSource.';

const someTechnique: Rule<CreateOptimizationJobRequest> = ({ OptimizationConfigs }) => OptimizationConfigs.length === 0
  && 'OptimizationConfigs must contain at least one optimization technique.';

const oneTrainingPlan: Rule<CreateOptimizationJobRequest> = ({ TrainingPlanArns = [] }) => TrainingPlanArns.length > 1
  && 'TrainingPlanArns must contain at most one training plan.';

/** Rules in the documentation of CreateOptimizationJob that go beyond the constraints of single members. */
export function checkOptimizationJobRules(request: CreateOptimizationJobRequest): void {
  for (const config of request.OptimizationConfigs) checkRules([oneTechnique], config, request);
  checkRules([oneSource, someTechnique, oneTrainingPlan], request, request);
}
