import type { JobKind } from './contract';
import { maxPrefixLength } from './job-name';
import { atMostOneOf, type Check, textViolations } from './validation';

/** What can be wrong with how a job is named; the properties are called after the kind, as in `trainingJobName`. */
export function jobNameChecks(kind: JobKind, name: string | undefined, namePrefix: string | undefined): Check[] {
  const property = `${kind}Name`;
  const prefixProperty = `${property}Prefix`;
  return [
    () => atMostOneOf({ [property]: name, [prefixProperty]: namePrefix }),
    () => textViolations(prefixProperty, namePrefix, { min: 1, max: maxPrefixLength(kind), pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9])*' }),
  ];
}
