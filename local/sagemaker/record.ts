import type { Operation } from '../api/service';
import type { JsonObject } from '../json';

/** Records the requests and decisions that SageMaker cannot derive again. */
export interface SageMakerRecord {
  /** Carries out an operation, and records it if it is accepted. */
  carryOut<T>(operation: string, input: readonly unknown[], doing: () => T): T;
  /** Makes a decision about a resource, or repeats the recorded one. */
  decide<T>(kind: string, name: string, decision: () => T): T;
}

/** A record that keeps nothing. */
export const NO_RECORD: SageMakerRecord = {
  carryOut: (_operation, _input, doing) => doing(),
  decide: (_kind, _name, decision) => decision(),
};

/** Operations that change nothing. */
const READING = /^(Describe|List|Search|CreatePresigned)/;

type Operations = { readonly [operation: string]: Operation };

/**
 * Returns operations that record their changes.
 *
 * @param check Rejects a request with invalid references
 */
export function recorded(operations: Operations, record: SageMakerRecord, check: (request: JsonObject) => void): Operations {
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [
    name, READING.test(name) ? operation : (input: JsonObject) => record.carryOut(name, [input], () => {
      if (/^(Create|Update)/.test(name)) check(input);
      return operation(input);
    }),
  ]));
}
