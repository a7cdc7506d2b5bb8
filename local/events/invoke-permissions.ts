import type { NativeType } from '../cloudformation';
import { decideForService, type PolicyDocument } from '../iam';

interface PermissionProperties {
  readonly Action: string;
  /** The name or ARN of the function. */
  readonly FunctionName: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
}

/** The policies of functions, which allow services to invoke them. */
export class InvokePermissions {
  private readonly permissions = new Map<string, PermissionProperties>();

  put(id: string, permission: PermissionProperties): void {
    this.permissions.set(id, permission);
  }

  remove(id: string): void {
    this.permissions.delete(id);
  }

  /** Whether a service is allowed to invoke a function for one of its resources. */
  allow(functionArn: string, service: string, context: { readonly [key: string]: string }): boolean {
    const statements = [...this.permissions.values()]
      .filter(({ FunctionName: name }) => functionArn === name || functionArn.endsWith(`:function:${name}`))
      .map(({ Action, Principal, SourceArn, SourceAccount }) => ({
        Effect: 'Allow' as const,
        Principal: { Service: Principal },
        Action,
        Resource: functionArn,
        Condition: {
          ...SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } },
          ...SourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': SourceAccount } },
        },
      }));
    const policy: PolicyDocument = { Version: '2012-10-17', Statement: statements };
    return decideForService(policy, service, { action: 'lambda:InvokeFunction', resource: functionArn, context }) === 'allowed';
  }
}

/** AWS::Lambda::Permission, with effective permissions. */
export function permissionType(type: NativeType, permissions: InvokePermissions): NativeType {
  return {
    ...type,
    isForgotten: true,
    put: ({ physicalId, properties }) => permissions.put(physicalId, properties as unknown as PermissionProperties),
    remove: ({ physicalId }) => permissions.remove(physicalId),
  };
}
