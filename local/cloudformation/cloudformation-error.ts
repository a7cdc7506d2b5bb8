type Code = 'ValidationError' | 'AlreadyExistsException' | 'ChangeSetNotFound' | 'InvalidChangeSetStatus' | 'InsufficientCapabilitiesException'
  | 'StackRefactorNotFoundException';

/** An error response of the CloudFormation API. The rejected request changed nothing. */
export class CloudFormationError extends Error {
  constructor(readonly code: Code, message: string) {
    super(message);
    this.name = code;
  }
}

export function invalid(message: string): CloudFormationError {
  return new CloudFormationError('ValidationError', message);
}
