import type { Model } from '../../api/api-model';
import { ServiceError } from '../../api/service-error';
import type { QueryOperation, QueryService } from '../../query/query-protocol';
import type { S3 } from '../../s3';
import type { CloudFormation } from '../cloudformation';
import { CloudFormationError } from '../cloudformation-error';
import type { ApiContext } from './api-operation';
import { CHANGE_SET_OPERATIONS } from './change-set-operations';
import MODEL from './cloudformation.json';
import { DRIFT_OPERATIONS } from './drift-operations';
import { QUERIES } from './queries';
import { REFACTOR_OPERATIONS } from './refactor-operations';
import { STACK_OPERATIONS } from './stack-operations';
import { STACK_POLICY_OPERATIONS } from './stack-policy-operations';
import { Times } from './times';

export interface CloudFormationApiOptions {
  readonly cloudFormation: CloudFormation;
  /** The source of templates that a request specifies by URL. */
  readonly s3: S3;
  /** The time in responses, in milliseconds since the epoch. Default: the time of the reported event. */
  readonly now?: () => number;
}

const OPERATIONS = {
  ...QUERIES, ...STACK_OPERATIONS, ...CHANGE_SET_OPERATIONS, ...REFACTOR_OPERATIONS, ...DRIFT_OPERATIONS, ...STACK_POLICY_OPERATIONS,
};

/** HTTP statuses of errors other than 400. */
const STATUS: { readonly [code: string]: number } = { ChangeSetNotFound: 404, StackRefactorNotFoundException: 404 };

/** The CloudFormation API. */
export class CloudFormationApi implements QueryService {
  readonly name = 'cloudformation';
  readonly namespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';
  readonly operations: QueryService['operations'];
  readonly model = { ...MODEL, isComplete: true } as unknown as Model;

  constructor({ cloudFormation, s3, now }: CloudFormationApiOptions) {
    const context: ApiContext = { cloudFormation, s3, times: new Times(cloudFormation, now) };
    this.operations = Object.fromEntries(Object.entries(OPERATIONS).map(([name, operation]): [string, QueryOperation] => [name, async (input) => {
      try {
        return await operation(input, context);
      } catch (error) {
        throw error instanceof CloudFormationError ? new ServiceError(error.code, error.message, STATUS[error.code]) : error;
      }
    }]));
  }
}
