import { type Model, structure } from '../api/api-model';

/** The emulated operations of Lambda, with the members that they emulate: Lambda API Reference; Lambda quotas. */
export const LAMBDA_MODEL: Model = {
  operations: {
    Invoke: { input: 'InvokeRequest' },
    GetFunction: { input: 'FunctionRequest' },
    GetFunctionConfiguration: { input: 'FunctionRequest' },
    ListFunctions: { input: 'ListRequest' },
    UpdateFunctionCode: { input: 'UpdateCodeRequest' },
    UpdateFunctionConfiguration: { input: 'UpdateConfigurationRequest' },
  },
  shapes: {
    String: { type: 'string' },
    Boolean: { type: 'boolean' },
    FunctionName: {
      type: 'string',
      min: 1,
      max: 140,
      pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?',
    },
    Qualifier: { type: 'string', min: 1, max: 128, pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+' },
    InvocationType: { type: 'string', enum: ['Event', 'RequestResponse', 'DryRun'] },
    LogType: { type: 'string', enum: ['None', 'Tail'] },
    MaxItems: { type: 'integer', min: 1, max: 10_000 },
    Bucket: { type: 'string', min: 3, max: 63, pattern: '[0-9A-Za-z\\.\\-_]*(?<!\\.)' },
    Key: { type: 'string', min: 1, max: 1024 },
    Role: { type: 'string', min: 0, max: 10_000, pattern: 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+' },
    Handler: { type: 'string', min: 0, max: 128, pattern: '[^\\s]+' },
    Description: { type: 'string', min: 0, max: 256 },
    Timeout: { type: 'integer', min: 1, max: 900 },
    MemorySize: { type: 'integer', min: 128, max: 10_240 },
    VariableName: { type: 'string', pattern: '[a-zA-Z]([a-zA-Z0-9_])+' },
    Variables: { type: 'map', key: 'VariableName', value: 'String' },
    Environment: structure([], { Variables: 'Variables' }),
    FunctionRequest: structure(['FunctionName'], { FunctionName: 'FunctionName', Qualifier: 'Qualifier' }),
    InvokeRequest: structure(['FunctionName'], {
      FunctionName: 'FunctionName', Qualifier: 'Qualifier', InvocationType: 'InvocationType', LogType: 'LogType', ClientContext: 'String',
    }),
    ListRequest: structure([], { Marker: 'String', MaxItems: 'MaxItems' }),
    UpdateCodeRequest: structure(['FunctionName'], {
      FunctionName: 'FunctionName', ZipFile: 'String', S3Bucket: 'Bucket', S3Key: 'Key', DryRun: 'Boolean', RevisionId: 'String',
    }),
    UpdateConfigurationRequest: structure(['FunctionName'], {
      FunctionName: 'FunctionName',
      Role: 'Role',
      Handler: 'Handler',
      Description: 'Description',
      Timeout: 'Timeout',
      MemorySize: 'MemorySize',
      Environment: 'Environment',
      Runtime: 'String',
      RevisionId: 'String',
    }),
  },
};
