import type { JsonObject } from '../json';

export type RequestType = 'Create' | 'Update' | 'Delete';

/** What a custom resource's function receives. */
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
