import { page } from '../api/page';
import { ServiceError } from '../api/service-error';
import type { Identities, Identity } from '../cloudformation';
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

/** The IAM operations that read roles and their policies. */
export class IamApi implements QueryService {
  readonly name = 'iam';
  readonly namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';
  readonly operations: QueryService['operations'] = {
    GetRole: (input: RoleInput) => ({ Role: describe(this.role(input)) }),
    ListRoles: ({ Marker, MaxItems = '100', PathPrefix = '/' }: ListInput) => {
      const found = Object.values(this.identities()).map(describe).filter(({ Path }) => Path.startsWith(PathPrefix));
      const { items, nextToken } = page(found, Number(MaxItems), Marker, 'ValidationError');
      return { Roles: [...items], IsTruncated: nextToken !== undefined, ...nextToken !== undefined && { Marker: nextToken } };
    },
    ListRolePolicies: (input: RoleInput) => ({ PolicyNames: this.inline(input).map(([name]) => name), IsTruncated: false }),
    GetRolePolicy: (input: RoleInput) => {
      const [name, document] = this.inline(input).find(([policy]) => policy === input.PolicyName) ?? notFound('role policy', input.PolicyName);
      return { RoleName: input.RoleName, PolicyName: name, PolicyDocument: encoded(document) };
    },
    ListAttachedRolePolicies: (input: RoleInput) => {
      const { managedPolicies, foreignPolicies } = this.role(input);
      const arns = [...Object.keys(managedPolicies), ...foreignPolicies];
      return { AttachedPolicies: arns.map((arn) => ({ PolicyName: arn.split('/').at(-1)!, PolicyArn: arn })), IsTruncated: false };
    },
  };

  /** @param identities Returns the current roles */
  constructor(private readonly identities: () => Identities) {}

  private role({ RoleName }: RoleInput): Identity {
    return Object.values(this.identities()).find(({ roleName }) => roleName === RoleName) ?? notFound('role', RoleName);
  }

  private inline(input: RoleInput): [string, Json][] {
    return Object.entries(this.role(input).inlinePolicies);
  }
}

function describe({ assumeRolePolicyDocument, maxSessionSeconds = 3600, roleArn, roleName }: Identity) {
  const Path = /:role(\/(?:.+\/)?)[^/]+$/.exec(roleArn)![1];
  const AssumeRolePolicyDocument = encoded(assumeRolePolicyDocument);
  return { Path, RoleName: roleName, Arn: roleArn, AssumeRolePolicyDocument, MaxSessionDuration: maxSessionSeconds };
}

function encoded(document: Json): string {
  return encodeURIComponent(JSON.stringify(document));
}

function notFound(what: string, name: string | undefined): never {
  throw new ServiceError('NoSuchEntity', `The ${what} with name ${name} cannot be found.`, 404);
}
