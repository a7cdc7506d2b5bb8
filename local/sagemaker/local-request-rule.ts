import { validationError } from '../api/service-error';

/** A rule about members of a request or a part of it. Returns the reason for the rejection, or nothing. */
export type Rule<Subject, Request = Subject> = (subject: Subject, request: Request) => string | undefined | false;

/** Rejects a request that violates a rule. */
export function checkRules<Subject, Request>(rules: readonly Rule<Subject, Request>[], subject: Subject, request: Request): void {
  for (const rule of rules) {
    const reason = rule(subject, request);
    if (reason) throw validationError(reason);
  }
}

/** The first value that occurs more than once. */
export function repeatedValue<T>(values: readonly T[]): T | undefined {
  return values.find((value, index) => values.indexOf(value) < index);
}
