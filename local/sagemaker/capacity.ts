/** Whether there are instances of a type for what a request creates or starts. */
export type Capacity = (operation: string, instanceType: string, request: { readonly [member: string]: unknown }) => boolean;
