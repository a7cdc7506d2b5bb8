import { DEBUGGER_RULES } from './local-debugger-rules';
import { RESOURCE_RULES } from './local-resource-rules';
import { STOPPING_RULES } from './stopping-rules';
import { INPUT_RULES } from './training-input-rules';
import type { CreateTrainingJobRequest } from './training-types';
import { checkRules, type Rule } from '../local-request-rule';

/** The suffix of S3 Express One Zone bucket names. */
const DIRECTORY_BUCKET = /^s3:\/\/[^/]+--x-s3(\/|$)/;

const computeUnlessServerless: Rule<CreateTrainingJobRequest> = (request) => {
  if (request.ServerlessJobConfig) return undefined;
  const missing = (['AlgorithmSpecification', 'ResourceConfig', 'StoppingCondition'] as const).filter((member) => !request[member]);
  return missing.length > 0 && `${missing.join(', ')} must be specified unless ServerlessJobConfig is.`;
};

const serverlessEvaluation: Rule<CreateTrainingJobRequest> = ({ ServerlessJobConfig: serverless }) => serverless?.JobType === 'Evaluation'
  && serverless.EvaluationType === undefined
  && 'EvaluationType must be specified in ServerlessJobConfig where JobType is Evaluation.';

const oneAlgorithm: Rule<CreateTrainingJobRequest> = ({ AlgorithmSpecification: algorithm }) => algorithm
  && (algorithm.TrainingImage === undefined) === (algorithm.AlgorithmName === undefined)
  && 'Exactly one of TrainingImage and AlgorithmName must be specified in AlgorithmSpecification.';

const privateRegistryInVpc: Rule<CreateTrainingJobRequest> = ({ AlgorithmSpecification: algorithm, VpcConfig: vpc }) =>
  algorithm?.TrainingImageConfig?.TrainingRepositoryAccessMode === 'Vpc' && vpc === undefined
  && 'VpcConfig must be specified where TrainingRepositoryAccessMode is Vpc.';

const noKeyForDirectoryBucket: Rule<CreateTrainingJobRequest> = ({ OutputDataConfig: { KmsKeyId, S3OutputPath } }) => KmsKeyId
  && DIRECTORY_BUCKET.test(S3OutputPath)
  && 'KmsKeyId is not supported in OutputDataConfig for Amazon S3 Express One Zone.';

/** Rules in the documentation of CreateTrainingJob that go beyond the constraints of single members. */
const RULES: readonly Rule<CreateTrainingJobRequest>[] = [
  computeUnlessServerless,
  serverlessEvaluation,
  oneAlgorithm,
  privateRegistryInVpc,
  ...RESOURCE_RULES,
  ...STOPPING_RULES,
  ...INPUT_RULES,
  noKeyForDirectoryBucket,
  ...DEBUGGER_RULES,
];

export function checkTrainingJobRules(request: CreateTrainingJobRequest): void {
  checkRules(RULES, request, request);
}
