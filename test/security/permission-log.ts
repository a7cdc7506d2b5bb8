import { isDeepStrictEqual } from 'node:util';
import type { LocalCloud } from '../../local/cloud';
import { Iam, Roles, type PolicyDocument, ServiceReference } from '../../local/iam';
import type { AccessRequest, Statement } from '../../local/iam/policy';

/** A statement of a role, as the deployment has made it, and what it is for. */
export interface UsedStatement {
  /** The logical id of the role, without its hash. */
  readonly role: string;
  readonly actions: readonly string[];
  /** The first thing that it is about, without what deployments make up: the keys that may be listed, or the end of an ARN. */
  readonly about: string;
  /** By action: the first phase in which something would be refused if nobody said this; nothing: it never is. */
  readonly needed: { readonly [action: string]: string | undefined };
}

interface Asked {
  readonly roleArn: string;
  readonly request: AccessRequest;
  readonly phase: string;
}

type Policies = ReturnType<LocalCloud['cloudFormation']['identities']>[string]['inlinePolicies'];

/** Writes down what IAM is asked in a local cloud, and finds out of each statement what would be refused without it. */
export class PermissionLog {
  /** What the stack goes through now. */
  phase = '';

  private readonly asked: Asked[] = [];

  constructor(private readonly cloud: LocalCloud, private readonly reference: ServiceReference) {
    const { iam } = cloud;
    const refusal = iam.refusal.bind(iam);
    const willAllow = iam.willAllow.bind(iam);
    const note = (roleArn: string, request: AccessRequest) => this.asked.push({ roleArn, request, phase: this.phase });
    iam.refusal = (session, request) => {
      note(session.roleArn, request);
      return refusal(session, request);
    };
    iam.willAllow = (roleArn, request) => {
      note(roleArn, request);
      return willAllow(roleArn, request);
    };
  }

  /** The statements that the roles of a stack have now; they are to be judged when everything has happened. */
  statementsOf(stackName: string): () => UsedStatement[] {
    const identities = this.cloud.cloudFormation.identities();
    const roles = Object.entries(this.cloud.cloudFormation.describe(stackName).resources)
      .filter(([, { type }]) => type === 'AWS::IAM::Role')
      .map(([logicalId, { attributes }]) => ({ role: logicalId.replace(/[0-9A-F]{8}$/, ''), roleArn: String(attributes.Arn) }))
      .map(({ role, roleArn }) => {
        const { inlinePolicies, managedPolicies } = identities[roleArn];
        return { role, roleArn, policies: structuredClone({ ...inlinePolicies, ...managedPolicies }) };
      });
    return () => roles.flatMap(({ role, roleArn, policies }) => this.judge(role, roleArn, policies));
  }

  private judge(role: string, roleArn: string, policies: Policies): UsedStatement[] {
    const isAllowed = this.decider(roleArn, policies);
    const allowed = this.asked.filter((asked) => asked.roleArn === roleArn && isAllowed(asked.request));
    return Object.values(policies).flatMap((document) => listOf((document as unknown as PolicyDocument).Statement)).map((statement) => {
      const actions = listOf(statement.Action).toSorted();
      const needed = (action: string) => {
        const isAllowedWithout = this.decider(roleArn, without(policies, statement, action));
        return allowed.find(({ request }) => request.action === action && !isAllowedWithout(request))?.phase;
      };
      return { role, actions, about: subjectOf(statement), needed: Object.fromEntries(actions.map((action) => [action, needed(action)])) };
    });
  }

  /** Decides as IAM would if a role had these policies. */
  private decider(roleArn: string, policies: Policies): (request: AccessRequest) => boolean {
    const { clock, region, account } = this.cloud;
    const identity = { roleArn, roleName: '', assumeRolePolicyDocument: {}, inlinePolicies: policies, managedPolicies: {}, foreignPolicies: [] };
    const roles = new Roles({ clock, existing: [], identities: () => ({ [roleArn]: identity }) });
    const iam = new Iam({ clock, region, account, reference: this.reference, roles });
    return (request) => iam.willAllow(roleArn, request);
  }
}

/** The policies if nothing said that an action is allowed as a statement says it. */
function without(policies: Policies, statement: Statement, action: string): Policies {
  const isSame = ({ Resource, Condition }: Statement) => isDeepStrictEqual([Resource, Condition], [statement.Resource, statement.Condition]);
  return Object.fromEntries(Object.entries(policies).map(([name, document]) => {
    const policy = document as unknown as PolicyDocument;
    const statements = listOf(policy.Statement)
      .map((other) => isSame(other) ? { ...other, Action: listOf(other.Action).filter((candidate) => candidate !== action) } : other);
    return [name, { ...policy, Statement: statements } as never];
  }));
}

function subjectOf({ Condition, Resource }: Statement): string {
  const [listed] = listOf(Condition?.StringLike?.['s3:prefix']);
  const [resource] = listOf(Resource);
  return String(listed ?? resource.split(':').slice(5).join(':'))
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}/, '…')
    .replace(/([0-9a-f]{8})?-[0-9a-z]{12}(?![0-9a-z])/gi, '');
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : [value].flat() as T[];
}
