import * as iam from 'aws-cdk-lib/aws-iam';
import { isPrecreated } from '../execution-role/execution-role';

/**
 * The maximum number of resources in a statement. The CDK splits a large policy between its statements, and can determine their
 * sizes only if they contain no lazy values.
 */
const RESOURCES_IN_STATEMENT = 10;

/** A permission on a growing list of resources, split over statements so that they fit into policies of limited size. */
export class SplitPermission {
  private readonly resources = new Set<string>();
  private statement?: iam.PolicyStatement;

  constructor(
    private readonly role: iam.Role, private readonly actions: string[], private readonly conditions?: { [operator: string]: unknown },
  ) {}

  /** The number of resources. */
  public get size(): number {
    return this.resources.size;
  }

  /** Adds a resource, unless it is already in the list. */
  public addResource(arn: string): void {
    if (this.resources.has(arn)) return;
    // A precreated role reports a statement as it is when it is added.
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
