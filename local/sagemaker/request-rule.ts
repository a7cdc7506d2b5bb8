import { validationError } from '../api/service-error';

/** A rule between members of a request, or of a part of it: the reason for a refusal, or nothing. */
export type Rule<Subject, Request = Subject> = (subject: Subject, request: Request) => string | undefined | false;

/** Refuses what breaks one of the rules. */
export function checkRules<Subject, Request>(rules: readonly Rule<Subject, Request>[], subject: Subject, request: Request): void {
  for (const rule of rules) {
    const reason = rule(subject, request);
    if (reason) throw validationError(reason);
  }
}

/** The first value that is there more than once. */
export function repeatedValue<T>(values: readonly T[]): T | undefined {
  return values.find((value, index) => values.indexOf(value) < index);
}
