import { FunctionError } from '../services';

/** The failure of a function, with the trace that its runtime reports. */
export class InvocationError extends FunctionError {
  constructor(errorType: string, errorMessage: string, readonly trace: readonly string[] = []) {
    super(errorType, errorMessage);
  }
}
