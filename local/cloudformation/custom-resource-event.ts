import type { JsonObject } from '../json';

export type RequestType = 'Create' | 'Update' | 'Delete';

/** The event that the function of a custom resource receives. */
export type CustomResourceEvent = {
  RequestType: RequestType;
  ServiceToken: string;
  ResponseURL: string;
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
  PhysicalResourceId?: string;
  ResourceType: string;
  ResourceProperties: JsonObject;
  OldResourceProperties?: JsonObject;
};
