import { Token } from 'aws-cdk-lib';
import type { TrainingJobProps } from '../training-job-props';
import { maxPrefixLength } from './job-name';
import { atMostOneOf, type Check, count, pattern, textLength, type Violation } from './validation';

const NAME_LENGTH = 63;

/** What can be wrong with what a training job is told beyond what all training is told. */
export function trainingJobChecks({ hyperParameters, trainingJobName, trainingJobNamePrefix }: TrainingJobProps): Check[] {
  return [
    () => atMostOneOf({ trainingJobName, trainingJobNamePrefix }),
    () => jobName('trainingJobName', trainingJobName, NAME_LENGTH),
    () => jobName('trainingJobNamePrefix', trainingJobNamePrefix, maxPrefixLength('trainingJob')),
    () => count('hyperParameters', hyperParameters, 0, 100, 'entries'),
    () => Object.entries(Token.isUnresolved(hyperParameters) ? {} : hyperParameters ?? {}).flatMap(([name, value]) => [
      ...textLength('hyperParameters', name, 0, 256),
      ...textLength(`hyperParameters.${name}`, value, 0, 2500),
    ]),
  ];
}

function jobName(property: string, name: string | undefined, maxLength: number): Violation[] {
  return [
    ...textLength(property, name, 1, maxLength),
    ...pattern(property, name, /^([a-zA-Z0-9]+(-+[a-zA-Z0-9]+)*)?$/, 'must consist of letters, digits and hyphens, with no hyphen at either end'),
  ];
}
