import type { Operation } from '../api/service';
import type { JsonObject } from '../json';

/** Keeps what SageMaker cannot work out again. All that follows from it in time is not kept. */
export interface SageMakerRecord {
  /** Carries out an operation, and notes it when it was not refused. */
  carryOut<T>(operation: string, input: readonly unknown[], doing: () => T): T;
  /** Decides what becomes of a resource: as it was decided before, where that is known. */
  decide<T>(kind: string, name: string, decision: () => T): T;
}

/** Keeps nothing. */
export const NO_RECORD: SageMakerRecord = {
  carryOut: (_operation, _input, doing) => doing(),
  decide: (_kind, _name, decision) => decision(),
};

/** What changes nothing. */
const READING = /^(Describe|List|CreatePresigned)/;

type Operations = { readonly [operation: string]: Operation };

/**
 * The same operations, with a record of what they change.
 *
 * @param check Refuses what a request must not refer to
 */
export function recorded(operations: Operations, record: SageMakerRecord, check: (request: JsonObject) => void): Operations {
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [
    name, READING.test(name) ? operation : (input: JsonObject) => record.carryOut(name, [input], () => {
      if (/^(Create|Update)/.test(name)) check(input);
      return operation(input);
    }),
  ]));
}
