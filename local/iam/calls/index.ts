import type { AuthorizeHook } from '../../api/service';
import { ServiceError } from '../../api/service-error';
import type { LocalFunctions } from '../../lambda';
import type { SageMaker } from '../../sagemaker';
import type { Iam } from '../iam';
import { permissionsOfLogs } from './logs-permissions';
import { permissionsOfSsm } from './parameter-permissions';
import type { CallContext, Permissions } from './permissions';
import { permissionsOfSageMaker } from './sagemaker';
import { permissionsOfStates } from './states';

export interface CallsOptions {
  readonly iam: Iam;
  readonly region: string;
  readonly account: string;
  readonly functions: Pick<LocalFunctions, 'callerOf'>;
  readonly sagemaker: Pick<SageMaker, 'tagsOf' | 'notebooks'>;
}

const SERVICES: { readonly [service: string]: Permissions } = {
  logs: permissionsOfLogs,
  sagemaker: permissionsOfSageMaker,
  ssm: permissionsOfSsm,
  states: permissionsOfStates,
  // Who he is may be asked by anybody, whatever his policies say.
  sts: (operation) => operation === 'GetCallerIdentity' ? [] : undefined,
};

/** Decides about calls by the identity policies of their callers. Whoever is no function is an administrator of the account. */
export function authorizeCalls({ iam, region, account, functions, sagemaker }: CallsOptions): AuthorizeHook {
  const context: CallContext = {
    region,
    account,
    tagsOf: (arn) => sagemaker.tagsOf(arn),
    notebook: (name) => sagemaker.notebooks.all().find((notebook) => notebook.name.toLowerCase() === name.toLowerCase())?.settings,
  };
  return (caller, service, operation, input) => {
    const configuration = functions.callerOf(caller);
    if (!configuration) return undefined;
    const session = { roleArn: configuration.roleArn, sessionName: configuration.functionName };
    const permissions = SERVICES[service]?.(operation, input, context);
    // What is not known to be allowed is not.
    if (!permissions) return new ServiceError('AccessDeniedException', `The local cloud does not know who may call ${service}:${operation}.`);
    const [refusal] = permissions.flatMap((permission) => iam.refusal(session, permission) ?? []);
    return refusal === undefined ? undefined : new ServiceError('AccessDeniedException', refusal);
  };
}
