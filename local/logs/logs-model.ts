import { type Model, structure } from '../api/api-model';

/** The operations of CloudWatch Logs on groups, streams and events. Values that its prose restricts are checked by the operations. */
export const LOGS_MODEL: Model = {
  operations: {
    CreateLogGroup: { input: 'CreateLogGroupRequest' },
    DeleteLogGroup: { input: 'GroupRequest' },
    DescribeLogGroups: { input: 'DescribeLogGroupsRequest' },
    PutRetentionPolicy: { input: 'PutRetentionPolicyRequest' },
    DeleteRetentionPolicy: { input: 'GroupRequest' },
    CreateLogStream: { input: 'StreamRequest' },
    DeleteLogStream: { input: 'StreamRequest' },
    DescribeLogStreams: { input: 'DescribeLogStreamsRequest' },
    PutLogEvents: { input: 'PutLogEventsRequest' },
    GetLogEvents: { input: 'GetLogEventsRequest' },
    FilterLogEvents: { input: 'FilterLogEventsRequest' },
    StartLiveTail: { input: 'StartLiveTailRequest' },
  },
  shapes: {
    String: { type: 'string' },
    Boolean: { type: 'boolean' },
    Integer: { type: 'integer' },
    GroupName: { type: 'string', min: 1, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]+' },
    GroupPattern: { type: 'string', min: 0, max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]*' },
    GroupIdentifier: { type: 'string', min: 1, max: 2048, pattern: '[\\w#+=/:,.@\\-\\*]*' },
    GroupIdentifiers: { type: 'list', member: 'GroupIdentifier', min: 1, max: 10 },
    GroupClass: { type: 'string', enum: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'] },
    StreamName: { type: 'string', min: 1, max: 512, pattern: '[^:*]*' },
    StreamNames: { type: 'list', member: 'StreamName', min: 1, max: 100 },
    KeyId: { type: 'string', min: 0, max: 256 },
    TagKey: { type: 'string', min: 1, max: 128 },
    TagValue: { type: 'string', min: 0, max: 256 },
    Tags: { type: 'map', key: 'TagKey', value: 'TagValue', min: 1, max: 50 },
    Order: { type: 'string', enum: ['LogStreamName', 'LastEventTime'] },
    DescribeLimit: { type: 'integer', min: 1, max: 50 },
    EventsLimit: { type: 'integer', min: 1, max: 10000 },
    Token: { type: 'string', min: 1 },
    Time: { type: 'long', min: 0 },
    FilterPattern: { type: 'string', min: 0, max: 1024 },
    Message: { type: 'string', min: 1 },
    InputLogEvent: structure(['timestamp', 'message'], { timestamp: 'Time', message: 'Message' }),
    InputLogEvents: { type: 'list', member: 'InputLogEvent', min: 1, max: 10000 },
    GroupRequest: structure(['logGroupName'], { logGroupName: 'GroupName' }),
    CreateLogGroupRequest: structure(['logGroupName'], {
      logGroupName: 'GroupName', kmsKeyId: 'KeyId', tags: 'Tags', logGroupClass: 'GroupClass', deletionProtectionEnabled: 'Boolean',
    }),
    DescribeLogGroupsRequest: structure([], {
      logGroupNamePrefix: 'GroupName', logGroupNamePattern: 'GroupPattern', logGroupClass: 'GroupClass', nextToken: 'Token', limit: 'DescribeLimit',
      includeLinkedAccounts: 'Boolean',
    }),
    PutRetentionPolicyRequest: structure(['logGroupName', 'retentionInDays'], { logGroupName: 'GroupName', retentionInDays: 'Integer' }),
    StreamRequest: structure(['logGroupName', 'logStreamName'], { logGroupName: 'GroupName', logStreamName: 'StreamName' }),
    DescribeLogStreamsRequest: structure([], {
      logGroupName: 'GroupName', logGroupIdentifier: 'GroupIdentifier', logStreamNamePrefix: 'StreamName', orderBy: 'Order', descending: 'Boolean',
      nextToken: 'Token', limit: 'DescribeLimit',
    }),
    PutLogEventsRequest: structure(['logGroupName', 'logStreamName', 'logEvents'], {
      logGroupName: 'GroupName', logStreamName: 'StreamName', logEvents: 'InputLogEvents', sequenceToken: 'Token',
    }),
    GetLogEventsRequest: structure(['logStreamName'], {
      logGroupName: 'GroupName', logGroupIdentifier: 'GroupIdentifier', logStreamName: 'StreamName', startTime: 'Time', endTime: 'Time',
      nextToken: 'Token', limit: 'EventsLimit', startFromHead: 'Boolean', unmask: 'Boolean',
    }),
    FilterLogEventsRequest: structure([], {
      logGroupName: 'GroupName', logGroupIdentifier: 'GroupIdentifier', logStreamNames: 'StreamNames', logStreamNamePrefix: 'StreamName',
      startTime: 'Time', endTime: 'Time', filterPattern: 'FilterPattern', nextToken: 'Token', limit: 'EventsLimit', interleaved: 'Boolean',
      unmask: 'Boolean',
    }),
    StartLiveTailRequest: structure(['logGroupIdentifiers'], {
      logGroupIdentifiers: 'GroupIdentifiers', logStreamNames: 'StreamNames', logStreamNamePrefixes: 'StreamNames', logEventFilterPattern: 'FilterPattern',
    }),
  },
};
