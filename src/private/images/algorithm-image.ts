import { type AlgorithmFacts, XGBOOST } from './algorithms';
import { choose } from './choice';
import { DEEP_LEARNING } from './registries';
import type { NoImage, ServiceImage } from './service-image';

/** The image of a built-in algorithm in a version. */
export function algorithmImage(facts: AlgorithmFacts, version: string | undefined): ServiceImage | NoImage {
  const choice = choose('version', version, facts.versions);
  if ('problem' in choice) return choice;
  return facts.repositoryName === XGBOOST.repositoryName ? xgboostImage(choice.chosen) : { ...facts, tag: choice.chosen };
}

/** The versions of XGBoost whose tags name the processor and the version of Python. */
const WITH_PYTHON = ['0.90-1', '0.90-2', '1.0-1'];

function xgboostImage(version: string): ServiceImage {
  const { registry, repositoryName } = XGBOOST;
  if (version !== '1') return { registry, repositoryName, tag: WITH_PYTHON.includes(version) ? `${version}-cpu-py3` : version };
  return {
    registry: DEEP_LEARNING,
    repositoryName: 'xgboost',
    tag: version,
    missingIn: ['ca-west-1', 'il-central-1', 'us-isof-east-1', 'us-isof-south-1'],
  };
}
