import { type Model, structure } from '../api/api-model';

const PAGED = { Marker: 'Marker', MaxItems: 'MaxItems' };

/** The emulated operations of IAM. */
export const IAM_MODEL: Model = {
  operations: {
    GetRole: { input: 'RoleRequest' },
    ListRoles: { input: 'ListRolesRequest' },
    ListRolePolicies: { input: 'RolePoliciesRequest' },
    GetRolePolicy: { input: 'RolePolicyRequest' },
    ListAttachedRolePolicies: { input: 'AttachedPoliciesRequest' },
    ListPolicies: { input: 'ListPoliciesRequest' },
    GetPolicy: { input: 'PolicyRequest' },
    GetPolicyVersion: { input: 'PolicyVersionRequest' },
  },
  shapes: {
    RoleName: { type: 'string', min: 1, max: 64, pattern: '[\\w+=,.@\\-]+' },
    PolicyName: { type: 'string', min: 1, max: 128, pattern: '[\\w+=,.@\\-]+' },
    Path: { type: 'string', min: 1, max: 512, pattern: '/[!-\\u007F]*' },
    PolicyPath: { type: 'string', min: 1, max: 512, pattern: '((/[A-Za-z0-9.,+@=_\\-]+)*)/' },
    Marker: { type: 'string', min: 1, max: 320, pattern: '[ -\\u00FF]+' },
    MaxItems: { type: 'integer', min: 1, max: 1000 },
    Scope: { type: 'string', enum: ['All', 'AWS', 'Local'] },
    Boolean: { type: 'boolean' },
    Arn: { type: 'string', min: 20, max: 2048 },
    VersionId: { type: 'string', pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9\\-]*)?' },
    RoleRequest: structure(['RoleName'], { RoleName: 'RoleName' }),
    ListRolesRequest: structure([], { PathPrefix: 'Path', ...PAGED }),
    RolePoliciesRequest: structure(['RoleName'], { RoleName: 'RoleName', ...PAGED }),
    RolePolicyRequest: structure(['RoleName', 'PolicyName'], { RoleName: 'RoleName', PolicyName: 'PolicyName' }),
    AttachedPoliciesRequest: structure(['RoleName'], { RoleName: 'RoleName', PathPrefix: 'PolicyPath', ...PAGED }),
    ListPoliciesRequest: structure([], { Scope: 'Scope', OnlyAttached: 'Boolean', PathPrefix: 'PolicyPath', ...PAGED }),
    PolicyRequest: structure(['PolicyArn'], { PolicyArn: 'Arn' }),
    PolicyVersionRequest: structure(['PolicyArn', 'VersionId'], { PolicyArn: 'Arn', VersionId: 'VersionId' }),
  },
};
