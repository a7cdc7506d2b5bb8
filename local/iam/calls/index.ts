import type { AuthorizeHook } from '../../api/service';
import { ServiceError } from '../../api/service-error';
import type { SageMaker } from '../../sagemaker';
import type { Secrets } from '../../secretsmanager/secrets';
import type { Iam } from '../iam';
import { permissionsOfCloudFormation } from './cloudformation-permissions';
import { permissionsOfLogs } from './logs-permissions';
import { permissionsOfSsm } from './parameter-permissions';
import type { Principal } from '../principal';
import type { CallContext, Permissions } from './permissions';
import { permissionsOfSageMaker } from './sagemaker';
import { permissionsOfSecrets } from './secret-permissions';
import { permissionsOfStates } from './states';

export interface CallsOptions {
  readonly iam: Iam;
  readonly region: string;
  readonly account: string;
  /** Returns the principal that signs with an access key. */
  readonly principalOf: (accessKeyId: string) => Principal;
  readonly sagemaker: Pick<SageMaker, 'tagsOf' | 'notebooks'>;
  /** Default: there are no secrets. */
  readonly secrets?: Pick<Secrets, 'find'>;
}

/** Operations of Lambda whose action has another name. */
const LAMBDA: { readonly [operation: string]: string } = { Invoke: 'InvokeFunction' };

const permissionsOfLambda: Permissions = (operation, { FunctionName: name }, { region, account }) => [{
  action: `lambda:${LAMBDA[operation] ?? operation}`,
  resource: typeof name !== 'string' ? '*' : name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${account}:function:${name}`,
  context: {},
}];

const SERVICES: { readonly [service: string]: Permissions } = {
  cloudformation: permissionsOfCloudFormation,
  ec2: (operation) => [{ action: `ec2:${operation}`, resource: '*', context: {} }],
  lambda: permissionsOfLambda,
  logs: permissionsOfLogs,
  // S3 decides, with the policy of the bucket.
  s3: () => [],
  sagemaker: permissionsOfSageMaker,
  ssm: permissionsOfSsm,
  states: permissionsOfStates,
  // Every principal is allowed to call GetCallerIdentity. STS decides on AssumeRole.
  sts: () => [],
};

/** Returns the context that the permissions of calls depend on. */
export function callContext({ region, account, sagemaker }: Pick<CallsOptions, 'region' | 'account' | 'sagemaker'>): CallContext {
  return {
    region,
    account,
    tagsOf: (arn) => sagemaker.tagsOf(arn),
    notebook: (name) => sagemaker.notebooks.all().find((notebook) => notebook.name.toLowerCase() === name.toLowerCase())?.settings,
  };
}

/** Authorizes calls by the identity policies of the caller's role. A caller without a role is an administrator of the account. */
export function authorizeCalls({ iam, region, account, principalOf, sagemaker, secrets }: CallsOptions): AuthorizeHook {
  const context = callContext({ region, account, sagemaker });
  const services: { readonly [service: string]: Permissions } = { ...SERVICES, secretsmanager: permissionsOfSecrets((id) => secrets?.find(id)) };
  return (caller, service, operation, input) => {
    const { session, isOpenedByAdministrator } = principalOf(caller);
    if (!session) return undefined;
    const permissions = services[service]?.(operation, input, context);
    // The policies of the bootstrap roles, and the permissions that other services require, are not known.
    if (isOpenedByAdministrator && (!permissions || !iam.knows(session.roleArn))) return undefined;
    // Calls with unknown permissions are denied.
    if (!permissions) return new ServiceError('AccessDeniedException', `The local cloud does not know the permissions that ${service}:${operation} requires.`);
    const [refusal] = permissions.flatMap((permission) => iam.refusal(session, permission) ?? []);
    return refusal === undefined ? undefined : new ServiceError('AccessDeniedException', refusal);
  };
}
