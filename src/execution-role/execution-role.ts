import { createHash } from 'crypto';
import { Aws, Fn, Lazy, Names, PhysicalName, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { JobKind } from '../contract';
import { omitPathFromOverflowPolicies } from './overflow-policies';
import { rolePathOf, settingsOf } from '../provider/provider-settings';
import { locatedMessages } from '../validation/creation-location';

/**
 * The patterns of the resources that SageMaker specifies when it assumes a role (`aws:SourceArn`), as documented. For other
 * resources, no key is documented, and SageMaker could not assume a role that requires a key that it does not supply.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 */
const SOURCES: { readonly [kind in JobKind]?: readonly string[] } = {
  // Processing jobs evaluate rules with the role of the training job.
  trainingJob: ['training-job/*', 'processing-job/*'],
  compilationJob: ['compilation-job/*'],
  processingJob: ['processing-job/*'],
};

/** Creates the execution role of a job without a specified role. */
export function createJobRole(scope: Construct, kind: JobKind, sessionTags?: boolean): iam.Role {
  return createPassedRole(scope, 'job', sageMakerForJobs(scope, kind, sessionTags));
}

/** Creates the execution role of the jobs that a state machine starts. It passes the role by its ARN. */
export function createTaskStateRole(scope: Construct, kind: JobKind, sessionTags?: boolean): iam.Role {
  return createRole(scope, 'Role', sageMakerForJobs(scope, kind, sessionTags));
}

function sageMakerForJobs(scope: Construct, kind: JobKind, sessionTags: boolean = false): iam.IPrincipal {
  const service = sageMakerFor(scope, SOURCES[kind]);
  return sessionTags ? service.withSessionTags() : service;
}

/** Creates the execution role of a notebook instance without a specified role. Each role has its own path. */
export function createNotebookRole(scope: Construct): iam.Role {
  return createPassedRole(scope, 'notebook', sageMakerFor(scope), Names.uniqueResourceName(scope, { maxLength: 40 }));
}

/**
 * Creates the role of a model. The function does not pass it. SageMaker documents the ARN pattern of the whole account and Region for
 * models, which includes the transform jobs that use the role.
 */
export function createModelRole(scope: Construct): iam.Role {
  return createRole(scope, 'ModelRole', sageMakerFor(scope, ['*']));
}

/** Creates a role that is passed by its ARN. A resource of another account, such as a bucket, can contain the ARN in its policy. */
function createRole(scope: Construct, id: string, assumedBy: iam.IPrincipal): iam.Role {
  // The ARN for other accounts contains this path without its first character.
  const path = `/${Lazy.string({ produce: () => rolePathOf(scope)?.slice(1) ?? '' })}`;
  const role = omitPathFromOverflowPolicies(new iam.Role(scope, id, { path, assumedBy, roleName: PhysicalName.GENERATE_IF_NEEDED }));
  const resource = resourceOf(role);
  if (resource) resource.path = Lazy.string({ produce: () => rolePathOf(scope) });
  return role;
}

/**
 * Returns the SageMaker service principal, restricted to resources of this account and Region where SageMaker documents that it
 * supplies them. Without this condition, a principal of another account that knows the ARN of a role, and is allowed to pass it,
 * could have SageMaker assume it (confused deputy).
 */
function sageMakerFor(scope: Construct, sources?: readonly string[]): iam.PrincipalBase {
  const service = new iam.ServicePrincipal('sagemaker.amazonaws.com');
  const stack = Stack.of(scope);
  if (sources) {
    const sourceArns = sources.map((resource) => stack.formatArn({ service: 'sagemaker', resource }));
    return service.withConditions({ ArnLike: { 'aws:SourceArn': sourceArns } });
  }
  return settingsOf(scope).requireSourceAccount ? service.withConditions({ StringEquals: { 'aws:SourceAccount': stack.account } }) : service;
}

/** The owners of roles, and the first part of the roles' paths. */
const PATHS = { job: 'sagemaker-jobs', notebook: 'sagemaker-notebooks' } as const;

/** A role that the function passes without naming it. */
interface PassedRole {
  readonly owner: keyof typeof PATHS;
  readonly role: NameableRole;
  /** Undefined: `iam.Role.customizeRoles()` prevents the synthesis of the role. */
  readonly resource?: iam.CfnRole;
  /** The path and the name that the role was created with. */
  readonly path: string;
  readonly name?: string;
}

/** The roles that were created in a stack. */
const PASSED_ROLES = new WeakMap<Stack, PassedRole[]>();

/** A role that gets a physical name when a resource of another account refers to it. */
class NameableRole extends iam.Role {
  public static existsIn(stack: Stack): boolean {
    return NameableRole.STACKS.has(stack);
  }

  /** Stacks with such roles. */
  private static readonly STACKS = new WeakSet<Stack>();

  public isInOtherAccount = false;

  protected generatePhysicalName(): string {
    NameableRole.STACKS.add(this.stack);
    this.isInOtherAccount = true;
    try {
      return super.generatePhysicalName();
    } catch {
      throw new Error(`${this.node.path}: must have a physical name, because a resource in another account refers to it; specify account and region in \`env\` of the stack`);
    }
  }
}

/**
 * Creates a role that the function passes by its path, without knowing the role. A function that knew a role would depend on
 * it, the role on the job that its owner waits for (`addDependency`), and that job on the function.
 *
 * A resource of another account, such as a bucket, contains the ARN of the role in its policy. The role then has a physical
 * name, and its path contains the name of the stack: only the stack itself can resolve its id.
 */
function createPassedRole(scope: Construct, owner: keyof typeof PATHS, assumedBy: iam.IPrincipal, ...names: string[]): iam.Role {
  const stack = Stack.of(scope);
  const roles = PASSED_ROLES.get(stack) ?? [];
  PASSED_ROLES.set(stack, roles);
  const path = `/${Lazy.string({
    produce: () => Fn.join('/', [...pathOf(scope), PATHS[owner], idOf(stack), ...names]),
  })}/`;
  const role = omitPathFromOverflowPolicies(new NameableRole(scope, 'Role', { path, assumedBy, roleName: PhysicalName.GENERATE_IF_NEEDED }));
  const resource = resourceOf(role);
  const generated = resource?.roleName;
  const name = resource && Lazy.string({ produce: () => (otherPath(passed) === undefined ? generated : nameOnOtherPath(passed)) });
  const passed: PassedRole = { owner, role, resource, path, name };
  roles.push(passed);
  if (resource) resource.roleName = name;
  role.node.addValidation({ validate: () => locatedMessages(role, passedRoleViolations(passed)) });
  return role;
}

/** The ARN by which the function passes all roles that were created for the jobs of a stack. */
export function jobRolesArn(scope: Construct): string {
  const stack = Stack.of(scope);
  return Lazy.string({
    produce: () => {
      const roles = jobRolesOf(stack);
      const path = roles[0] && otherPath(roles[0]);
      if (path === undefined) return roleArn(stack, `/${Fn.join('/', [...pathOf(scope), PATHS.job, idOf(stack)])}/*`);
      const given = roles.flatMap((passed) => givenName(passed) ?? []);
      return roleArn(stack, `${path}${given.length === 0 ? `${prefixOnOtherPath('job')}*` : commonPattern(given)}`);
    },
  });
}

/** The ARN by which the function passes the role of a notebook instance. */
export function passedRoleArn(role: iam.IRole): string {
  const passed = PASSED_ROLES.get(role.stack)?.find((each) => each.role === role);
  if (!passed?.resource) return role.roleArn;
  return Lazy.string({
    produce: () => {
      const path = otherPath(passed);
      return roleArn(role.stack, path === undefined ? `${passed.path}*` : `${path}${givenName(passed) ?? nameOnOtherPath(passed)}`);
    },
  });
}

/**
 * Whether `iam.Role.customizeRoles()` prevents the synthesis of a role. Its ARN is then known, and it records its statements when
 * they are added.
 */
export function isPrecreated(role: iam.IRole): boolean {
  return iam.Role.isRole(role) && resourceOf(role) === undefined;
}

function resourceOf(role: iam.Role): iam.CfnRole | undefined {
  return role.node.tryFindChild('Resource') as iam.CfnRole | undefined;
}

function jobRolesOf(stack: Stack): PassedRole[] {
  return (PASSED_ROLES.get(stack) ?? []).filter(({ owner, resource }) => owner === 'job' && resource);
}

/** The path that an aspect or an escape hatch has given to a role. */
function otherPath({ path, resource }: PassedRole): string | undefined {
  const actual = overridden(resource, 'Path') ?? resource?.path;
  return actual === path ? undefined : actual ?? '/';
}

/** The name that an aspect or an escape hatch has given to a role. */
function givenName({ name, resource }: PassedRole): string | undefined {
  const actual = overridden(resource, 'RoleName') ?? resource?.roleName;
  return actual === name ? undefined : actual;
}

/** `addPropertyOverride` changes a property that only the overrides show. */
function overridden(resource: iam.CfnRole | undefined, property: string): string | undefined {
  return (resource as any)?.rawOverrides?.Properties?.[property];
}

/**
 * The name of a role whose path an aspect has changed: other roles can have the same path. The name depends on the path, because
 * CloudFormation replaces a role to change its path.
 */
function nameOnOtherPath(passed: PassedRole): string {
  const { stack } = passed.role;
  const identity = JSON.stringify([stack.getLogicalId(passed.resource!), stack.resolve(otherPath(passed))]);
  return `${prefixOnOtherPath(passed.owner)}${createHash('sha256').update(identity).digest('hex').slice(0, 8)}`;
}

function prefixOnOtherPath(owner: keyof typeof PATHS): string {
  return `${stackId()}-${owner}-`;
}

/** The narrowest pattern that matches all names. */
function commonPattern(names: readonly string[]): string {
  const [first, ...others] = names;
  const length = [...first].findIndex((character, index) => others.some((other) => other[index] !== character));
  return others.length === 0 ? first : `${length === -1 ? first : first.slice(0, length)}*`;
}

function passedRoleViolations(passed: PassedRole): string[] {
  const path = otherPath(passed);
  const { owner, role: { stack } } = passed;
  if (!passed.resource || path === undefined) return [];
  const advice = 'Use JobProviders.of(app).configure({ rolePath })';
  const roles = jobRolesOf(stack);
  const differs = (of: (other: PassedRole) => unknown) => owner === 'job' && new Set(roles.map((other) => JSON.stringify(stack.resolve(of(other))))).size > 1;
  return [
    ...passed.role.isInOtherAccount ? [`role: must keep its path, because a policy of another account contains it; got ${path}. ${advice}`] : [],
    ...differs(otherPath) ? [`role: must have the same path as the roles of all other jobs in the stack; got ${path}. ${advice}`] : [],
  ];
}

/** The parts of the path that is configured for all roles. */
function pathOf(scope: Construct): string[] {
  return (rolePathOf(scope) ?? '/').split('/').filter((part) => part !== '');
}

/** The identifier of the stack in a path: its ID, or its name if another stack requires the path, too. */
function idOf(stack: Stack): string {
  return NameableRole.existsIn(stack) ? `${stack.stackName}-${stack.region}` : stackId();
}

/** The unique part of the stack ID. */
function stackId(): string {
  return Fn.select(2, Fn.split('/', Aws.STACK_ID));
}

function roleArn(stack: Stack, pathAndName: string): string {
  return stack.formatArn({ service: 'iam', region: '', resource: `role${pathAndName}` });
}
