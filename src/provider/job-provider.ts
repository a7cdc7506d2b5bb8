import { CfnResource, type IResolvable, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { FunctionPermissions } from './function-permissions';
import { ProviderResources } from './provider-resources';
import { PROVIDER_ID, settingsOf } from './provider-settings';
import { RESOURCE_TYPE } from '../contract';

/** The function and the state machine that create, poll, stop and delete all jobs of a stack. */
export class JobProvider extends Construct {
  /** Returns the provider of the construct's stack, and creates it if necessary. */
  static of(scope: Construct): JobProvider {
    return JobProvider.tryFind(scope) ?? new JobProvider(Stack.of(scope), PROVIDER_ID);
  }

  /** Returns the provider of the construct's stack, if it exists. */
  static tryFind(scope: IConstruct): JobProvider | undefined {
    return Stack.of(scope).node.tryFindChild(PROVIDER_ID) as JobProvider | undefined;
  }

  /** The service token of custom resources. It is resolved once, because a stack may contain hundreds of them. */
  readonly serviceToken: IResolvable;

  readonly resources: ProviderResources;
  readonly permissions: FunctionPermissions;
  private resolvedHistory?: string;

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    const settings = settingsOf(this);
    this.resources = new ProviderResources(this, settings);
    this.permissions = new FunctionPermissions(this, this.resources.functionRole, settings.enableFailureLogs ?? true);
    const { functionArn } = this.resources.handler;
    this.serviceToken = Lazy.any({ produce: () => Stack.of(this).resolve(functionArn) });
  }

  /** The reference to the records of all jobs of the stack. It is resolved once, like the service token. */
  get historyRef(): string {
    const { ref } = this.history;
    return this.resolvedHistory ??= Token.asString(Lazy.any({ produce: () => Stack.of(this).resolve(ref) }));
  }

  /** The records of all jobs of the stack: created before them and deleted after them. It exists as long as a job does. */
  private get history(): CfnResource {
    const id = 'History';
    return this.node.tryFindChild(id) as CfnResource | undefined
      ?? new CfnResource(this, id, { type: RESOURCE_TYPE.jobHistory, properties: { ServiceToken: this.serviceToken } });
  }
}
