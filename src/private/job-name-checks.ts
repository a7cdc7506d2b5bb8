import type { JobKind } from './contract';
import { maxPrefixLength } from './job-name';
import { KINDS } from './kinds';
import { atMostOneOf, type Check, pattern, textLength, type Violation } from './validation';

/** What can be wrong with how a job is named; the properties are called after the kind, as in `trainingJobName`. */
export function jobNameChecks(kind: JobKind, name: string | undefined, namePrefix: string | undefined): Check[] {
  const property = `${kind}Name`;
  return [
    () => atMostOneOf({ [property]: name, [`${property}Prefix`]: namePrefix }),
    () => serviceName(property, name, KINDS[kind].nameLength),
    () => serviceName(`${property}Prefix`, namePrefix, maxPrefixLength(kind)),
  ];
}

/** A name as the service takes it. */
export function serviceName(property: string, name: string | undefined, maxLength: number): Violation[] {
  return [
    ...textLength(property, name, 1, maxLength),
    ...pattern(property, name, /^([a-zA-Z0-9]+(-+[a-zA-Z0-9]+)*)?$/, 'must consist of letters, digits and hyphens, with no hyphen at either end'),
  ];
}
