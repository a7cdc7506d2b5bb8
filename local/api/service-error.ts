/** An error response of a service. */
export class ServiceError extends Error {
  constructor(readonly code: string, message: string, readonly statusCode = 400) {
    super(message);
    this.name = code;
  }
}

export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
