import * as crypto from 'crypto';
import { Arn, ArnFormat, Fn, IResource, Lazy, Resource, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { composeHook, type HookName, nameViolations, sizeViolations, verbatimViolations } from './lifecycle-hook';
import { LifecycleScript, type LifecycleScriptConfig } from './lifecycle-script';
import { INotebookInstance } from './notebook-instance-base';
import { lifecycleConfigRequest } from './notebook-request';
import { grantReadObject } from '../execution-role/bucket-access';
import { lowerCaseName } from '../job/job-name';
import { Validation } from '../validation/construct-validation';
import { typedProps } from '../validation/property-types';
import { requestViolations } from '../validation/request-violations';
import { environmentOf } from '../validation/stack-environment';

/** A lifecycle configuration of notebook instances, of this app or not. */
export interface INotebookInstanceLifecycleConfig extends IResource {
  /**
   * The name of the configuration (`NotebookInstanceLifecycleConfigName`).
   *
   * @attribute
   */
  readonly notebookInstanceLifecycleConfigName: string;

  /**
   * The ARN of the configuration (`NotebookInstanceLifecycleConfigArn`).
   *
   * @attribute
   */
  readonly notebookInstanceLifecycleConfigArn: string;

  /**
   * A hash of the scripts that run at each start. An import has none.
   *
   * @internal
   */
  readonly _onStartHash?: string;

  /**
   * Grants an instance that uses the configuration the permissions that its scripts require. The scripts of an import are
   * unknown and grant nothing.
   *
   * @internal
   */
  _attachTo?(notebook: INotebookInstance, grantee: iam.IGrantable): void;
}

/** What a lifecycle configuration is made of. */
export interface NotebookInstanceLifecycleConfigProps {
  /**
   * The name of the configuration (`NotebookInstanceLifecycleConfigName`), 1 to 63 letters, digits and hyphens. With a name
   * the configuration cannot be replaced without giving another one.
   *
   * @default - CloudFormation makes a name
   */
  readonly notebookInstanceLifecycleConfigName?: string;

  /**
   * The scripts that run once, when an instance is created (`OnCreate`), in order. What they leave below
   * `/home/ec2-user/SageMaker` stays; the rest is gone when the instance stops.
   *
   * @default - none
   */
  readonly onCreate?: LifecycleScript[];

  /**
   * The scripts that run whenever an instance starts, also when it is created (`OnStart`), in order.
   *
   * @default - none
   */
  readonly onStart?: LifecycleScript[];
}

/**
 * Scripts that run when notebook instances are created and started.
 *
 * The service takes one script of 16384 characters in base64 for each of the two hooks: all scripts of a hook become one.
 * A change of a script reaches an instance that uses the configuration at its next start, not before;
 * `restartOnLifecycleConfigChange` of the instance starts it anew in the same deployment. A change of `onCreate` reaches
 * no instance that exists.
 *
 * @resource AWS::SageMaker::NotebookInstanceLifecycleConfig
 */
@propertyInjectable
export class NotebookInstanceLifecycleConfig extends Resource implements INotebookInstanceLifecycleConfig {
  /** The class as property injectors name it (`constructUniqueId`). */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.NotebookInstanceLifecycleConfig';

  /**
   * A lifecycle configuration that exists in the account and region of the stack, by its name.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param notebookInstanceLifecycleConfigName the name of the configuration
   */
  public static fromNotebookInstanceLifecycleConfigName(scope: Construct, id: string,
    notebookInstanceLifecycleConfigName: string): INotebookInstanceLifecycleConfig {
    class Import extends Resource implements INotebookInstanceLifecycleConfig {
      public readonly notebookInstanceLifecycleConfigName = notebookInstanceLifecycleConfigName;
      public readonly notebookInstanceLifecycleConfigArn = arnOf(scope, notebookInstanceLifecycleConfigName);
    }
    return new Import(scope, id);
  }

  /**
   * A lifecycle configuration that exists, by its ARN.
   *
   * @param scope the scope of the new construct
   * @param id its id
   * @param notebookInstanceLifecycleConfigArn the ARN of the configuration, whose name is in lower case there
   */
  public static fromNotebookInstanceLifecycleConfigArn(scope: Construct, id: string,
    notebookInstanceLifecycleConfigArn: string): INotebookInstanceLifecycleConfig {
    class Import extends Resource implements INotebookInstanceLifecycleConfig {
      public readonly notebookInstanceLifecycleConfigName = Arn.split(notebookInstanceLifecycleConfigArn, ArnFormat.SLASH_RESOURCE_NAME)
        .resourceName!;
      public readonly notebookInstanceLifecycleConfigArn = notebookInstanceLifecycleConfigArn;
    }
    return new Import(scope, id, { environmentFromArn: notebookInstanceLifecycleConfigArn });
  }

  /** The name of the configuration (`NotebookInstanceLifecycleConfigName`). */
  public readonly notebookInstanceLifecycleConfigName: string;
  /** The ARN of the configuration (`NotebookInstanceLifecycleConfigArn`). */
  public readonly notebookInstanceLifecycleConfigArn: string;
  /**
   * A hash of all scripts. It does not cover the content of objects that they read from S3.
   *
   * @internal
   */
  public readonly _contentHash: string;
  /**
   * A hash of the scripts that run at each start. It does not cover the content of objects that they read from S3.
   *
   * @internal
   */
  public readonly _onStartHash: string;

  private readonly scripts: { readonly [hook in HookName]: LifecycleScriptConfig[] } = { 'on-create': [], 'on-start': [] };
  private readonly users: { readonly notebook: INotebookInstance; readonly grantee: iam.IGrantable }[] = [];

  constructor(scope: Construct, id: string, props: NotebookInstanceLifecycleConfigProps = {}) {
    super(scope, id, { physicalName: typedProps(scope, id, 'NotebookInstanceLifecycleConfigProps', props).notebookInstanceLifecycleConfigName });
    new Validation(this).add(
      () => requestViolations('notebookInstanceLifecycleConfig', lifecycleConfigRequest(resource), environmentOf(this)),
      () => nameViolations('onCreate', this.scripts['on-create']),
      () => nameViolations('onStart', this.scripts['on-start']),
      () => verbatimViolations('onCreate', this.scripts['on-create']),
      () => verbatimViolations('onStart', this.scripts['on-start']),
      () => this.sizeViolations('onCreate', 'on-create'),
      () => this.sizeViolations('onStart', 'on-start'),
    );
    const resource = new sagemaker.CfnNotebookInstanceLifecycleConfig(this, 'Resource', {
      notebookInstanceLifecycleConfigName: this.physicalName,
      onCreate: Lazy.any({ produce: () => this.renderHook('on-create') }),
      onStart: Lazy.any({ produce: () => this.renderHook('on-start') }),
    });
    this.notebookInstanceLifecycleConfigName = this.getResourceNameAttribute(resource.attrNotebookInstanceLifecycleConfigName);
    this.notebookInstanceLifecycleConfigArn = this.getResourceArnAttribute(resource.ref, {
      service: 'sagemaker',
      resource: 'notebook-instance-lifecycle-config',
      resourceName: lowerCaseName(this.physicalName),
    });
    this._contentHash = Lazy.string({ produce: () => this.hash('on-create', 'on-start') });
    this._onStartHash = Lazy.string({ produce: () => this.hash('on-start') });
    for (const script of props.onCreate ?? []) this.addOnCreate(script);
    for (const script of props.onStart ?? []) this.addOnStart(script);
  }

  /**
   * Adds a script to those that run once, when an instance is created. It runs after them.
   *
   * @param script the script
   */
  public addOnCreate(script: LifecycleScript): void {
    this.addScript('on-create', script);
  }

  /**
   * Adds a script to those that run whenever an instance starts. It runs after them.
   *
   * @param script the script
   */
  public addOnStart(script: LifecycleScript): void {
    this.addScript('on-start', script);
  }

  /**
   * Grants an instance that uses the configuration the permissions that its scripts require.
   *
   * @internal
   */
  public _attachTo(notebook: INotebookInstance, grantee: iam.IGrantable): void {
    const user = { notebook, grantee };
    this.users.push(user);
    for (const script of [...this.scripts['on-create'], ...this.scripts['on-start']]) allow(user, script);
  }

  /**
   * A rule that matches whenever the configuration changes. The service may send an event more than once.
   *
   * @param id the id of the rule
   * @param options target and further settings of the rule
   */
  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    const rule = new events.Rule(options.crossStackScope ?? this, id, options);
    rule.addEventPattern({
      source: ['aws.sagemaker'],
      detailType: ['SageMaker Notebook Lifecycle Config State Change'],
      resources: [this.notebookInstanceLifecycleConfigArn],
    });
    rule.addTarget(options.target);
    return rule;
  }

  private addScript(hook: HookName, script: LifecycleScript): void {
    const config = script._bind(this);
    this.scripts[hook].push(config);
    for (const user of this.users) allow(user, config);
  }

  private renderHook(hook: HookName): sagemaker.CfnNotebookInstanceLifecycleConfig.NotebookInstanceLifecycleHookProperty[] | undefined {
    if (this.scripts[hook].length === 0) return undefined;
    return [{ content: Fn.base64(composeHook(hook, this.scripts[hook])) }];
  }

  private sizeViolations(property: string, hook: HookName) {
    const scripts = this.scripts[hook];
    return scripts.length === 0 ? [] : sizeViolations(property, Stack.of(this).resolve(composeHook(hook, scripts)), scripts);
  }

  private hash(...hooks: HookName[]): string {
    const texts = hooks.map((hook) => composeHook(hook, this.scripts[hook]));
    return crypto.createHash('sha256').update(JSON.stringify(Stack.of(this).resolve(texts))).digest('hex').slice(0, 16);
  }
}

function allow({ notebook, grantee }: { notebook: INotebookInstance; grantee: iam.IGrantable }, script: LifecycleScriptConfig): void {
  for (const { bucket, objectKey } of script.sources ?? []) grantReadObject(grantee, bucket, objectKey);
  if (script.stopsInstance) notebook.grantStop(grantee);
}

function arnOf(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'notebook-instance-lifecycle-config', resourceName: lowerCaseName(name) });
}
