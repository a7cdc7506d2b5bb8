import * as crypto from 'crypto';
import { Fn, IResource, Lazy, Resource, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { composeHook, type HookName, nameViolations, sizeViolations, verbatimViolations } from './lifecycle-hook';
import { NotebookInstanceLifecycleScript, type NotebookInstanceLifecycleScriptConfig } from './lifecycle-script';
import { INotebookInstance } from './notebook-instance-base';
import { lifecycleConfigRequest } from './notebook-request';
import { grantReadObject } from '../execution-role/bucket-access';
import { lowerCaseName } from '../job/job-name';
import { Validation } from '../validation/construct-validation';
import { checkImportedArn, environmentFrom, nameInArn } from '../validation/imported-arn';
import { typedFactories, typedProps } from '../validation/property-types';
import { requestViolations } from '../validation/request-violations';
import { environmentOf } from '../validation/stack-environment';

/** A lifecycle configuration of notebook instances, defined in this app or imported. */
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
   * A hash of the on-start scripts. Undefined for an imported configuration.
   *
   * @internal
   */
  readonly _onStartHash?: string;

  /**
   * Creates an EventBridge rule that matches every change of the configuration. SageMaker may send an event more than once.
   *
   * @param id the ID of the rule
   * @param options the target and other options of the rule
   */
  onStateChange(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * Grants an instance that uses the configuration the permissions that its scripts require. The scripts of an imported
   * configuration are unknown, so it grants nothing.
   *
   * @internal
   */
  _attachTo?(notebook: INotebookInstance, grantee: iam.IGrantable): void;
}

/**
 * Properties of a lifecycle configuration.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstanceLifecycleConfig.html
 */
export interface NotebookInstanceLifecycleConfigProps {
  /**
   * The name of the configuration (`NotebookInstanceLifecycleConfigName`), 1 to 63 letters, digits and hyphens. The replacement
   * of a named configuration requires another name.
   *
   * @default - CloudFormation generates a name
   */
  readonly notebookInstanceLifecycleConfigName?: string;

  /**
   * The scripts that SageMaker runs on an instance once, when it is created (`OnCreate`), in order. They are programs on the
   * instance. For EventBridge rules, use `onStateChange()`. Files below `/home/ec2-user/SageMaker` persist. All other files are lost
   * when the instance stops.
   *
   * @default - none
   */
  readonly onCreate?: NotebookInstanceLifecycleScript[];

  /**
   * The scripts that SageMaker runs on an instance whenever it starts, including its creation (`OnStart`), in order.
   *
   * @default - none
   */
  readonly onStart?: NotebookInstanceLifecycleScript[];
}

const RESOURCE = 'notebook-instance-lifecycle-config';

/** A new or imported lifecycle configuration. */
abstract class LifecycleConfigBase extends Resource implements INotebookInstanceLifecycleConfig {
  public abstract readonly notebookInstanceLifecycleConfigName: string;
  public abstract readonly notebookInstanceLifecycleConfigArn: string;

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
}

/**
 * A lifecycle configuration: scripts that run when notebook instances are created and started.
 *
 * SageMaker accepts one script of 16384 Base64 characters for each of the two hooks, so all scripts of a hook are combined into
 * one. An instance runs changed on-start scripts at its next start. With `restartOnLifecycleConfigChange`, the deployment
 * restarts the instance. A change of `onCreate` has no effect on existing instances.
 *
 * @resource AWS::SageMaker::NotebookInstanceLifecycleConfig
 */
@propertyInjectable
@typedFactories('NotebookInstanceLifecycleConfig')
export class NotebookInstanceLifecycleConfig extends LifecycleConfigBase implements INotebookInstanceLifecycleConfig {
  /** The ID of this class for property injectors. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.NotebookInstanceLifecycleConfig';

  /**
   * Imports a lifecycle configuration in the account and Region of the stack by its name.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param notebookInstanceLifecycleConfigName the exact name of the configuration
   */
  public static fromNotebookInstanceLifecycleConfigName(scope: Construct, id: string,
    notebookInstanceLifecycleConfigName: string): INotebookInstanceLifecycleConfig {
    class Import extends LifecycleConfigBase {
      public readonly notebookInstanceLifecycleConfigName = notebookInstanceLifecycleConfigName;
      public readonly notebookInstanceLifecycleConfigArn = arnOf(scope, notebookInstanceLifecycleConfigName);
    }
    return new Import(scope, id);
  }

  /**
   * Imports a lifecycle configuration by its ARN, which contains the name in lowercase. For the exact name of a
   * configuration with uppercase letters, use `fromNotebookInstanceLifecycleConfigName()`.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param notebookInstanceLifecycleConfigArn the ARN of the configuration, as SageMaker returns it
   */
  public static fromNotebookInstanceLifecycleConfigArn(scope: Construct, id: string,
    notebookInstanceLifecycleConfigArn: string): INotebookInstanceLifecycleConfig {
    class Import extends LifecycleConfigBase {
      public readonly notebookInstanceLifecycleConfigName = nameInArn(notebookInstanceLifecycleConfigArn, RESOURCE);
      public readonly notebookInstanceLifecycleConfigArn = notebookInstanceLifecycleConfigArn;
    }
    const config = new Import(scope, id, environmentFrom(notebookInstanceLifecycleConfigArn, RESOURCE));
    checkImportedArn(config, 'notebookInstanceLifecycleConfig', { arn: notebookInstanceLifecycleConfigArn, resource: RESOURCE });
    return config;
  }

  public readonly notebookInstanceLifecycleConfigName: string;
  public readonly notebookInstanceLifecycleConfigArn: string;
  /**
   * A hash of all scripts, without the content of objects that they read from S3.
   *
   * @internal
   */
  public readonly _contentHash: string;
  /**
   * A hash of the on-start scripts, without the content of objects that they read from S3.
   *
   * @internal
   */
  public readonly _onStartHash: string;

  private readonly scripts: { readonly [hook in HookName]: NotebookInstanceLifecycleScriptConfig[] } = { 'on-create': [], 'on-start': [] };
  private readonly users: { readonly notebook: INotebookInstance; readonly grantee: iam.IGrantable }[] = [];

  constructor(scope: Construct, id: string, props: NotebookInstanceLifecycleConfigProps = {}) {
    super(scope, id, { physicalName: typedProps(scope, id, 'NotebookInstanceLifecycleConfigProps', props).notebookInstanceLifecycleConfigName });
    new Validation(this).add(
      () => requestViolations('notebookInstanceLifecycleConfig', lifecycleConfigRequest(resource), props, environmentOf(this)),
      () => Object.values(this.scripts).flat().flatMap(({ violations = [] }) => violations),
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
      resource: RESOURCE,
      resourceName: lowerCaseName(this.physicalName),
    });
    this._contentHash = Lazy.string({ produce: () => this.hash('on-create', 'on-start') });
    this._onStartHash = Lazy.string({ produce: () => this.hash('on-start') });
    for (const script of props.onCreate ?? []) this.addOnCreate(script);
    for (const script of props.onStart ?? []) this.addOnStart(script);
  }

  /**
   * Adds a script that runs once, when an instance is created, after the existing ones.
   *
   * @param script the script
   */
  public addOnCreate(script: NotebookInstanceLifecycleScript): void {
    this.addScript('on-create', script);
  }

  /**
   * Adds a script that runs whenever an instance starts, after the existing ones.
   *
   * @param script the script
   */
  public addOnStart(script: NotebookInstanceLifecycleScript): void {
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

  private addScript(hook: HookName, script: NotebookInstanceLifecycleScript): void {
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

function allow({ notebook, grantee }: { notebook: INotebookInstance; grantee: iam.IGrantable }, script: NotebookInstanceLifecycleScriptConfig): void {
  for (const { bucket, objectKey } of script.sources ?? []) grantReadObject(grantee, bucket, objectKey);
  if (script.stopsInstance) notebook.grantStop(grantee);
}

function arnOf(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: RESOURCE, resourceName: lowerCaseName(name) });
}
