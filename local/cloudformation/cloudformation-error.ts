type Code = 'ValidationError' | 'AlreadyExistsException' | 'ChangeSetNotFound' | 'InvalidChangeSetStatus' | 'InsufficientCapabilitiesException'
  | 'StackRefactorNotFoundException';

/** An answer of CloudFormation's API that is no success: the request was refused and nothing was changed. */
export class CloudFormationError extends Error {
  constructor(readonly code: Code, message: string) {
    super(message);
    this.name = code;
  }
}

export function invalid(message: string): CloudFormationError {
  return new CloudFormationError('ValidationError', message);
}
