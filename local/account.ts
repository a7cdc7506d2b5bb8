import { JsonProtocol } from './api/json-protocol';
import type { Protocol } from './api/protocol';
import { bootstrapOf } from './bootstrap';
import type { Clock } from './clock';
import type { CloudFormation } from './cloudformation';
import { CloudFormationApi } from './cloudformation/api';
import { Ecr } from './ecr/ecr';
import { IamApi } from './iam-api/iam-api';
import type { LocalFunctions } from './lambda';
import { QueryProtocol } from './query/query-protocol';
import { type S3, S3Protocol } from './s3';
import { ParameterService } from './ssm/parameter-service';
import type { Parameters } from './ssm/parameters';
import { Sts } from './sts/sts';

export interface AccountOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly account: string;
  readonly cloudFormation: CloudFormation;
  readonly functions: LocalFunctions;
  readonly s3: S3;
  readonly parameters: Parameters;
  /** The time, in milliseconds since the epoch, that callers from outside are told. Default: the clock's. */
  readonly outsideNow?: () => number;
}

/** What the CDK's CLI and others find in an account besides SageMaker and Step Functions. */
export function accountServices({ clock, region, account, cloudFormation, functions, s3, parameters, outsideNow }: AccountOptions): Protocol[] {
  const bootstrap = bootstrapOf(account, region);
  const resources = (type: string) => cloudFormation.list()
    .filter(({ status }) => status !== 'DELETE_COMPLETE')
    .flatMap((stack) => Object.values(stack.resources))
    .filter((resource) => resource.type === type && resource.physicalId !== undefined);
  const hasRole = (arn: string) => arn in cloudFormation.identities()
    || bootstrap.roleNames.some((name) => arn === `arn:aws:iam::${account}:role/${name}`);
  const repositories = () => [bootstrap.repositoryName, ...resources('AWS::ECR::Repository').map(({ physicalId }) => physicalId!)];
  return [
    new JsonProtocol([
      new ParameterService(`arn:aws:ssm:${region}:${account}`, parameters),
      new Ecr({ clock, region, account, repositories }),
    ]),
    new QueryProtocol([
      new CloudFormationApi({ cloudFormation, s3, now: outsideNow }),
      new IamApi(() => cloudFormation.identities()),
      new Sts({ clock, account, hasRole, functionOf: (accessKeyId) => functions.callerOf(accessKeyId) }),
    ]),
    new S3Protocol(s3),
  ];
}
