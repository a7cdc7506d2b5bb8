import * as iam from 'aws-cdk-lib/aws-iam';
import { isPrecreated } from '../execution-role/execution-role';

/** CDK splits a policy that is too large between its statements, and knows their sizes only as long as nothing in them is lazy. */
const RESOURCES_IN_STATEMENT = 10;

/** A permission of a role on more and more resources: in several statements, so that they fit into policies of a limited size. */
export class SplitPermission {
  private readonly resources = new Set<string>();
  private statement?: iam.PolicyStatement;

  constructor(
    private readonly role: iam.Role, private readonly actions: string[], private readonly conditions: { [operator: string]: unknown },
  ) {}

  /** On how many resources it is. */
  public get size(): number {
    return this.resources.size;
  }

  /** Extends it to a resource, unless it is there already. */
  public addResource(arn: string): void {
    if (this.resources.has(arn)) return;
    // A role that somebody else creates reports a statement as it is when the role gets it.
    if (this.size % RESOURCES_IN_STATEMENT === 0 || isPrecreated(this.role)) this.statement = undefined;
    this.resources.add(arn);
    if (this.statement) {
      this.statement.addResources(arn);
    } else {
      this.statement = new iam.PolicyStatement({ actions: this.actions, conditions: this.conditions, resources: [arn] });
      this.role.addToPrincipalPolicy(this.statement);
    }
  }
}
