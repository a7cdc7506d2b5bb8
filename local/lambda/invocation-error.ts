import { FunctionError } from '../services';

/** A function's failure with the trace that its runtime reports. */
export class InvocationError extends FunctionError {
  constructor(errorType: string, errorMessage: string, readonly trace: readonly string[] = []) {
    super(errorType, errorMessage);
  }
}
