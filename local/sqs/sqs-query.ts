import { SQS_MODEL } from './sqs-model';
import type { SqsQueues } from './sqs-queues';
import { ServiceError } from '../api/service-error';
import { validate } from '../api/validate';
import { isObject, type JsonObject } from '../json';
import type { QueryService } from '../query/query-protocol';
import { typedForm } from '../query/typed-form';
import type { Json } from '../services';

/** The members whose items are numbered under another name, such as `AttributeName.1`. */
const LISTS: { readonly [member: string]: string } = {
  AttributeName: 'AttributeNames', MessageAttributeName: 'MessageAttributeNames', MessageSystemAttributeName: 'MessageSystemAttributeNames',
};

/** The names of members in responses, whose items are repeated. */
const OUTPUTS: { readonly [member: string]: string } = { QueueUrls: 'QueueUrl', Messages: 'Message', Attributes: 'Attribute' };

/** The codes of errors that differ from those of AWS JSON. */
const CODES: { readonly [code: string]: string } = { QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue' };

/** SQS with the AWS Query protocol, which older SDKs use. */
export class SqsQuery implements QueryService {
  readonly name = 'sqs';
  readonly namespace = 'http://queue.amazonaws.com/doc/2012-11-05/';
  readonly hasFlatLists = true;
  readonly operations: QueryService['operations'];

  constructor(queues: SqsQueues) {
    this.operations = Object.fromEntries(Object.entries(queues.operations).map(([operation, run]) => [operation, (input: JsonObject) => {
      const typed = typedForm(SQS_MODEL, SQS_MODEL.operations[operation].input!, withLists(input));
      const request = validate(SQS_MODEL, operation, typed, queues.invalidInput);
      return withCodes(() => flat((run(request) ?? {}) as JsonObject));
    }]));
  }
}

function withLists(input: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(input).map(([member, value]) => (
    Object.hasOwn(LISTS, member) && isObject(value) ? [LISTS[member], Object.values(value)] : [member, value])));
}

function flat(output: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(output).map(([member, value]) => [OUTPUTS[member] ?? member, flatValue(member, value)]));
}

function flatValue(member: string, value: Json): Json {
  if (member === 'Attributes' && isObject(value)) return Object.entries(value).map(([Name, Value]) => ({ Name, Value }));
  return Array.isArray(value) ? value.map((item) => isObject(item) ? flat(item) : item) : value;
}

function withCodes<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ServiceError && Object.hasOwn(CODES, error.code)) throw new ServiceError(CODES[error.code], error.message, error.statusCode);
    throw error;
  }
}
