import { type AlgorithmInputs, ALGORITHM_INPUTS } from '../../images/algorithm-inputs';
import { ALGORITHMS, DEEP_LEARNING, FORECASTING, LDA, OPEN_SOURCE, REGISTRY_TOKEN } from '../../images/image-registries';
import type { Structure } from '../request-rule';
import { at, isGiven } from '../request-values';

/** The parts of an Amazon ECR image URI. Some can be tokens. */
export interface EcrImageUri {
  readonly account: string;
  readonly region: string;
  readonly repositoryName: string;
  readonly tag: string;
}

const ECR_URI = /^(.+)\.dkr[.-]ecr(?:-fips)?\.(.+)\/([^/:@]+)(?::([^/:@]+))?(?:@[^/@]+)?$/;

/** Parses an image URI, if it is known to be in Amazon ECR. */
export function ecrImageUri(uri: unknown): EcrImageUri | undefined {
  const [, account, host, repositoryName, tag = ''] = (typeof uri === 'string' ? ECR_URI.exec(uri) : null) ?? [];
  if (account === undefined) return undefined;
  const [, region = ''] = /^([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(host) ?? [];
  return { account, region, repositoryName, tag };
}

/** Returns the built-in algorithm of a training image, if it reads hyperparameters and channels itself. */
export function algorithmOf(training: Structure): { readonly name: string; readonly inputs: AlgorithmInputs } | undefined {
  const specification = at(training, 'AlgorithmSpecification');
  const image = ecrImageUri(specification?.TrainingImage);
  if (!specification || !image || !isPublished(image.account)) return undefined;
  const inputs = ALGORITHM_INPUTS[image.repositoryName];
  if (!inputs || isGiven(specification.ContainerEntrypoint) || runsScript(training)) return undefined;
  return { name: image.repositoryName, inputs };
}

let publishers: ReadonlySet<string> | undefined;

function isPublished(account: string): boolean {
  publishers ??= new Set([OPEN_SOURCE, ALGORITHMS, LDA, DEEP_LEARNING, FORECASTING].flatMap(({ accounts }) => Object.values(accounts)));
  return publishers.has(account) || account.startsWith(`\${Token[${REGISTRY_TOKEN}.`);
}

/** With a user script, the container is a framework, and the rules of the algorithm do not apply. */
function runsScript({ HyperParameters, StaticHyperParameters }: Structure): boolean {
  return isGiven((HyperParameters ?? StaticHyperParameters ?? {}).sagemaker_program);
}
