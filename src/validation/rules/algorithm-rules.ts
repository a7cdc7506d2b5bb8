import type { Rule } from '../request-rule';
import { at, brokenAt, given, givenTogether, isGiven, literalString } from '../request-values';

const NAMES = ['TrainingImage', 'AlgorithmName'];

/** Rules of algorithms and their images. */
export const ALGORITHM_RULES: readonly Rule[] = [
  {
    id: 'one-algorithm',
    on: ['AlgorithmSpecification', 'HyperParameterAlgorithmSpecification'],
    level: 'error',
    source: 'AlgorithmSpecification.AlgorithmName',
    rule: 'cannot be specified together with `AlgorithmName`',
    check: (algorithm) => givenTogether(algorithm, NAMES),
  },
  {
    id: 'some-algorithm',
    on: ['AlgorithmSpecification', 'HyperParameterAlgorithmSpecification'],
    level: 'error',
    source: 'AlgorithmSpecification.TrainingImage',
    rule: 'is required unless `AlgorithmName` is specified',
    check: (algorithm) => brokenAt(['TrainingImage'], given(algorithm, NAMES).length === 0),
  },
  {
    id: 'private-registry-needs-vpc',
    on: ['CreateTrainingJobRequest'],
    level: 'error',
    source: 'Use a Private Docker Registry for Training',
    rule: 'is required to access the private registry of `AlgorithmSpecification.TrainingImage`',
    needs: ['AlgorithmSpecification'],
    check: (request) => {
      const image = at(request, 'AlgorithmSpecification', 'TrainingImageConfig');
      return brokenAt(['VpcConfig'], literalString(image?.TrainingRepositoryAccessMode) === 'Vpc' && !isGiven(request.VpcConfig));
    },
  },
  {
    id: 'output-key-excludes-s3-express',
    on: ['OutputDataConfig'],
    level: 'error',
    source: 'OutputDataConfig.KmsKeyId',
    rule: 'is not supported for a directory bucket (S3 Express One Zone)',
    needs: ['KmsKeyId', 'S3OutputPath'],
    check: ({ S3OutputPath }) => brokenAt(['KmsKeyId'], /^(s3|https):\/\/[^/]+--x-s3(\/|$)/.test(literalString(S3OutputPath) ?? '')),
  },
];
