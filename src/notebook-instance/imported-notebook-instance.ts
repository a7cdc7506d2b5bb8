import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { NotebookInstanceBase } from './notebook-instance-base';
import { grantWhatStartNeeds } from './notebook-start-permissions';
import { lowerCaseName } from '../job/job-name';
import { checkImportedArn, environmentFrom } from '../validation/imported-arn';

/** Attributes of an imported notebook instance. */
export interface NotebookInstanceAttributes {
  /** The ARN of the instance (`NotebookInstanceArn`), as SageMaker returns it. */
  readonly notebookInstanceArn: string;

  /**
   * The exact name of the instance (`NotebookInstanceName`).
   *
   * @default - the name in the ARN, in lowercase
   */
  readonly notebookInstanceName?: string;

  /**
   * The execution role of the instance (`RoleArn`).
   *
   * @default - unknown; the instance is not granted any permissions, and `grantStart()` does not grant permission to pass the
   * role
   */
  readonly role?: iam.IRole;

  /**
   * The security groups of the instance (`SecurityGroups`).
   *
   * @default - unknown; reading `connections` throws an error
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The KMS key that encrypts the volume (`KmsKeyId`).
   *
   * @default - none; `grantStart()` grants no permission to use a key
   */
  readonly volumeEncryptionKey?: kms.IKey;
}

/** A notebook instance that this app does not create. */
export class ImportedNotebookInstance extends NotebookInstanceBase {
  public readonly notebookInstanceArn: string;
  public readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, public readonly notebookInstanceName: string,
    private readonly attributes: Partial<NotebookInstanceAttributes>) {
    const { notebookInstanceArn: arn, notebookInstanceName: name } = attributes;
    super(scope, id, environmentFrom(arn, 'notebook-instance'));
    checkImportedArn(this, 'notebookInstance', { arn, name, resource: 'notebook-instance' });
    this.notebookInstanceArn = arn
      ?? Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'notebook-instance', resourceName: lowerCaseName(notebookInstanceName) });
    this.grantPrincipal = attributes.role?.grantPrincipal ?? new iam.UnknownPrincipal({ resource: this });
  }

  public get connections(): ec2.Connections {
    const { securityGroups } = this.attributes;
    if (securityGroups) return new ec2.Connections({ securityGroups });
    throw new Error(`${this.node.path}: connections: unknown for an imported notebook instance; `
      + 'pass `securityGroups` to NotebookInstance.fromNotebookInstanceAttributes()');
  }

  public grantStart(grantee: iam.IGrantable): iam.Grant {
    const { role, volumeEncryptionKey } = this.attributes;
    const start = super.grantStart(grantee);
    return role ? start.combine(grantWhatStartNeeds(grantee, { role, secrets: [], volumeEncryptionKey })) : start;
  }

  /**
   * Events contain the name with uppercase letters, which an ARN lacks.
   *
   * @internal
   */
  protected _eventDetail(): { [member: string]: string[] } {
    return this.attributes.notebookInstanceArn ? { NotebookInstanceArn: [this.notebookInstanceArn] } : super._eventDetail();
  }
}
