import type { AccountRegion } from './account-region';
import { JsonProtocol } from '../api/json-protocol';
import type { Protocol } from '../api/protocol';
import { RestXmlProtocol } from '../api/rest-xml-protocol';
import type { Clock } from '../clock';
import type { CloudFormation } from '../cloudformation';
import { CloudFormationApi } from '../cloudformation/api';
import { Ec2 } from '../ec2/ec2';
import { Ecr } from '../ecr/ecr';
import type { EventServices } from '../events';
import type { Iam } from '../iam';
import { IamApi } from '../iam-api/iam-api';
import type { LocalFunctions } from '../lambda';
import { LambdaApi } from '../lambda/lambda-api';
import type { CloudWatchLogs } from '../logs';
import { QueryProtocol } from '../query/query-protocol';
import { QuotaService } from '../quotas/quota-service';
import { type S3, S3Protocol, unpackedZip } from '../s3';
import type { SageMaker } from '../sagemaker';
import { SAGEMAKER_MODEL } from '../sagemaker/model';
import { SecretService } from '../secretsmanager/secret-service';
import type { Secrets } from '../secretsmanager/secrets';
import { SqsQuery } from '../sqs';
import { ParameterService } from '../ssm/parameter-service';
import type { Parameters } from '../ssm/parameters';
import type { LocalStateMachines } from '../stepfunctions';
import type { Principals } from '../sts/principals';
import type { Sts } from '../sts/sts';

/** The services of an environment. */
export interface RegionalParts extends AccountRegion {
  readonly clock: Clock;
  /** Returns the names of all existing repositories. */
  readonly repositories: () => readonly string[];
  readonly cloudFormation: CloudFormation;
  readonly s3: S3;
  readonly sagemaker: SageMaker;
  readonly functions: LocalFunctions;
  /** Returns the directory of a zip file in a bucket. */
  readonly codeAt: (bucket: string, key: string) => string;
  readonly stateMachines: LocalStateMachines;
  readonly iam: Iam;
  readonly logs: CloudWatchLogs;
  readonly events: EventServices;
  readonly parameters: Parameters;
  readonly secrets: Secrets;
  readonly sts: Sts;
  readonly principals: Principals;
  /** The maximum number of running instances of a type. Default: unlimited. */
  readonly instanceLimits?: { readonly [instanceType: string]: number };
  /** The time for callers from outside, in milliseconds since the epoch. Default: the time of the clock. */
  readonly outsideNow?: () => number;
}

/** Returns the protocols that serve the requests for an environment. */
export function regionalProtocols(parts: RegionalParts): Protocol[] {
  const {
    clock, account, region, repositories, instanceLimits = {}, cloudFormation, s3, sagemaker, stateMachines, iam, sts, principals, parameters, logs,
    events, functions, codeAt, outsideNow, secrets,
  } = parts;
  return [
    new JsonProtocol([
      sagemaker,
      stateMachines,
      logs,
      ...events.services,
      new SecretService(secrets, () => clock.now()),
      new ParameterService(`arn:aws:ssm:${region}:${account}`, parameters),
      new QuotaService(SAGEMAKER_MODEL.shapes, instanceLimits),
      new Ecr({ clock, region, account, repositories }),
    ]),
    new QueryProtocol([
      new CloudFormationApi({ cloudFormation, s3, now: outsideNow }),
      new IamApi(iam),
      sts,
      new Ec2(() => sagemaker.networkInterfaces()),
      new SqsQuery(events.queues),
    ]),
    new LambdaApi({ functions, region, account, codeAt, unpacked: (zip) => unpackedZip(s3, zip) }),
    new S3Protocol(s3, (accessKeyId) => principals.with(accessKeyId)),
    new RestXmlProtocol(),
  ];
}
