/** Whether instances of a type are available for a request. */
export type Capacity = (operation: string, instanceType: string, request: { readonly [member: string]: unknown }) => boolean;
