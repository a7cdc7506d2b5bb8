/** A list or a map of a request, or nothing where it would be empty: the service refuses most of the empty ones. */
export function nonEmpty<T extends object>(value: T | undefined): T | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}

/** A structure of a request, or nothing where none of its members is given. */
export function structure(members: { [member: string]: any }): { [member: string]: any } | undefined {
  return Object.values(members).some((value) => value !== undefined) ? members : undefined;
}
