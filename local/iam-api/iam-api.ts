import { createHash } from 'node:crypto';
import { IAM_MODEL } from './iam-model';
import { page } from '../api/page';
import { ServiceError } from '../api/service-error';
import type { Identity, ManagedPolicy } from '../cloudformation/stack-roles';
import type { Iam } from '../iam';
import { managedPolicy, MANAGED_BY_AWS } from '../iam/managed-policies';
import type { QueryService } from '../query/query-protocol';
import type { Json } from '../services';

interface RoleInput {
  readonly RoleName: string;
  readonly PolicyName?: string;
}

interface ListInput {
  readonly Marker?: string;
  readonly MaxItems?: string;
  readonly PathPrefix?: string;
}

interface PolicyInput {
  readonly PolicyArn: string;
  readonly VersionId?: string;
}

interface PoliciesInput extends ListInput {
  readonly Scope?: string;
  readonly OnlyAttached?: string;
}

/** The IAM operations that read roles and policies. */
export class IamApi implements QueryService {
  readonly name = 'iam';
  readonly namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';
  readonly model = IAM_MODEL;
  readonly operations: QueryService['operations'] = {
    GetRole: (input: RoleInput) => {
      const role = this.role(input);
      const tags = Object.entries(role.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
      return { Role: { ...describe(role), ...tags.length > 0 && { Tags: tags } } };
    },
    ListRoles: ({ Marker, MaxItems = '100', PathPrefix = '/' }: ListInput) => {
      const found = Object.values(this.iam.rolesOfStacks()).map(describe).filter(({ Path }) => Path.startsWith(PathPrefix));
      const { items, ...rest } = pageOf(found, MaxItems, Marker);
      return { Roles: items, ...rest };
    },
    ListRolePolicies: ({ Marker, MaxItems = '100', ...input }: RoleInput & ListInput) => {
      const { items, ...rest } = pageOf(this.inline(input).map(([name]) => name), MaxItems, Marker);
      return { PolicyNames: items, ...rest };
    },
    GetRolePolicy: (input: RoleInput) => {
      const [name, document] = this.inline(input).find(([policy]) => policy === input.PolicyName) ?? notFound('role policy', input.PolicyName);
      return { RoleName: input.RoleName, PolicyName: name, PolicyDocument: encoded(document) };
    },
    ListAttachedRolePolicies: ({ Marker, MaxItems = '100', PathPrefix = '/', ...input }: RoleInput & ListInput) => {
      const { managedPolicies, foreignPolicies } = this.role(input);
      const found = [...Object.keys(managedPolicies), ...foreignPolicies].filter((arn) => pathOf(arn).startsWith(PathPrefix));
      const { items, ...rest } = pageOf(found.map((arn) => ({ PolicyName: arn.split('/').at(-1)!, PolicyArn: arn })), MaxItems, Marker);
      return { AttachedPolicies: items, ...rest };
    },
    ListPolicies: ({ Marker, MaxItems = '100', OnlyAttached, PathPrefix = '/', Scope = 'All' }: PoliciesInput) => {
      const all = [...Scope === 'AWS' ? [] : this.iam.managedPolicies(), ...Scope === 'Local' ? [] : MANAGED_BY_AWS.map(ofAws)];
      const found = all.map((policy) => this.describePolicy(policy))
        .filter(({ AttachmentCount, Path }) => Path.startsWith(PathPrefix) && (OnlyAttached !== 'true' || AttachmentCount > 0));
      const { items, ...rest } = pageOf(found, MaxItems, Marker);
      return { Policies: items, ...rest };
    },
    GetPolicy: (input: PolicyInput) => {
      const policy = this.policy(input);
      return { Policy: { ...this.describePolicy(policy), ...policy.description !== undefined && { Description: policy.description } } };
    },
    GetPolicyVersion: (input: PolicyInput) => {
      const { document } = this.policy(input);
      if (input.VersionId !== VERSION) notFound('policy version', input.VersionId);
      return { PolicyVersion: { Document: encoded(document), VersionId: VERSION, IsDefaultVersion: true } };
    },
  };

  constructor(private readonly iam: Iam) {}

  private policy({ PolicyArn }: PolicyInput): ManagedPolicy {
    if (MANAGED_BY_AWS.includes(PolicyArn)) return ofAws(PolicyArn);
    return this.iam.managedPolicies().find(({ arn }) => arn === PolicyArn) ?? notFound('policy', PolicyArn);
  }

  private describePolicy({ arn, createdAt }: ManagedPolicy) {
    const roles = Object.values(this.iam.rolesOfStacks());
    return {
      PolicyName: arn.split('/').at(-1)!,
      PolicyId: idOf('ANPA', arn),
      // An update by CloudFormation is not kept as another version.
      ...createdAt && { CreateDate: createdAt(), UpdateDate: createdAt() },
      Arn: arn,
      Path: pathOf(arn),
      DefaultVersionId: VERSION,
      AttachmentCount: roles.filter(({ foreignPolicies, managedPolicies }) =>
        Object.hasOwn(managedPolicies, arn) || foreignPolicies.includes(arn)).length,
      PermissionsBoundaryUsageCount: roles.filter(({ permissionsBoundary }) => permissionsBoundary?.policyArn === arn).length,
      IsAttachable: true,
    };
  }

  private role({ RoleName }: RoleInput): Identity {
    return Object.values(this.iam.rolesOfStacks()).find(({ roleName }) => roleName === RoleName) ?? notFound('role', RoleName);
  }

  private inline(input: RoleInput): [string, Json][] {
    return Object.entries(this.role(input).inlinePolicies);
  }
}

/** The only version of a policy: an update by CloudFormation is not kept as another one. */
const VERSION = 'v1';

function pathOf(policyArn: string): string {
  return /:policy(\/(?:.+\/)?)[^/]+$/.exec(policyArn)![1];
}

function ofAws(arn: string): ManagedPolicy {
  return { arn, document: managedPolicy(arn) as unknown as Json };
}

function pageOf<T>(found: readonly T[], size: string, marker: string | undefined) {
  const { items, nextToken } = page(found, Number(size), marker, 'ValidationError');
  return { items: [...items], IsTruncated: nextToken !== undefined, ...nextToken !== undefined && { Marker: nextToken } };
}

function describe({ assumeRolePolicyDocument, createdAt, maxSessionSeconds = 3600, roleArn, roleName }: Identity) {
  const Path = /:role(\/(?:.+\/)?)[^/]+$/.exec(roleArn)![1];
  const AssumeRolePolicyDocument = encoded(assumeRolePolicyDocument);
  return {
    Path,
    RoleName: roleName,
    RoleId: idOf('AROA', roleArn),
    Arn: roleArn,
    ...createdAt && { CreateDate: createdAt() },
    AssumeRolePolicyDocument,
    MaxSessionDuration: maxSessionSeconds,
  };
}

function idOf(prefix: string, arn: string): string {
  return prefix + createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase();
}

function encoded(document: Json): string {
  return encodeURIComponent(JSON.stringify(document));
}

function notFound(what: string, name: string | undefined): never {
  throw new ServiceError('NoSuchEntity', `The ${what} with name ${name} cannot be found.`, 404);
}
