import { ITaggableV2, TagManager, TagType, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { IProcessingJob, ProcessingJobAttributes, ProcessingJobProps, ProcessingJobTaskStateProps } from './processing-job-props';
import { OUTPUTS, ProcessingRequest } from './processing-request';
import { type JobAttribute, RESOURCE_TYPE } from '../contract';
import { S3Location } from '../data/s3-location';
import { createJobRole, createTaskStateRole } from '../execution-role/execution-role';
import { environmentOfJob, jobArn, jobNameOf, JobOutput, MeasuredJobBase } from '../job/job';
import { exactName, jobNameChecks } from '../job/job-name';
import { JobOutputLocation } from '../job/job-output-location';
import { JobTaskState } from '../job/job-task-state';
import { DEFAULT_MAX_RUNTIME, totalSeconds } from '../job/stopping-condition';
import { Validation } from '../validation/construct-validation';
import { propertyViolations, typedFactories, typedProps } from '../validation/property-types';

/** A new or imported processing job. */
abstract class ProcessingJobBase extends MeasuredJobBase implements IProcessingJob {
  public abstract readonly processingJobName: string;
  public abstract readonly processingJobArn: string;
  /** @internal */
  protected readonly _kind = 'processingJob';
  /** @internal */
  protected abstract readonly _outputs: ReadonlyMap<string, JobOutput>;

  public output(outputName: string): S3Location {
    const output = this.outputNamed(outputName, 'output');
    return new JobOutputLocation(`output('${outputName}')`, () => this.outputUri(outputName), (grantee) => this._grantRead(grantee, output));
  }

  public outputUri(outputName: string): string {
    this.outputNamed(outputName, 'outputUri');
    return this._described(`${OUTPUTS}.${outputName}`, `outputUri('${outputName}')`);
  }

  /** @internal */
  protected get _jobName(): string {
    return this.processingJobName;
  }

  /** @internal */
  protected override _described(attribute: JobAttribute<'processingJob'>, property?: string, options?: { readonly fallback?: string }): string {
    return super._described(attribute, property, options);
  }

  private outputNamed(outputName: string, property: string): JobOutput {
    const at = `${this.node.path}: ${property}`;
    if (Token.isUnresolved(outputName)) throw new Error(`${at}: the name of the output must be known at synthesis; got a token`);
    const output = this._outputs.get(outputName);
    if (output) return output;
    const available = [...this._outputs.keys()];
    if (this._isImported && available.length === 0) throw this._unknownOfImport(`${property}('${outputName}')`);
    throw new Error(`${at}: unknown output '${outputName}'; available in S3: ${available.join(', ') || 'none'}`);
  }
}

class ImportedProcessingJob extends ProcessingJobBase {
  public readonly processingJobArn: string;
  /** @internal */
  protected readonly _namePattern: string;
  /** @internal */
  protected readonly _outputs: ReadonlyMap<string, JobOutput>;

  constructor(scope: Construct, id: string, public readonly processingJobName: string, attributes: Partial<ProcessingJobAttributes>) {
    super(scope, id, environmentOfJob('processingJob', attributes.processingJobArn));
    this.processingJobArn = attributes.processingJobArn ?? jobArn(scope, this._kind, processingJobName);
    this._namePattern = processingJobName;
    const { outputEncryptionKey: encryptionKey, outputs = {}, role, securityGroups } = attributes;
    this._outputs = new Map(Object.entries(outputs).map(([name, location]) => [name, { location, encryptionKey }]));
    this._import({
      arn: attributes.processingJobArn,
      name: attributes.processingJobName,
      role,
      securityGroups,
      outputs: new Map([...this._outputs].map(([name, output]) => [`${OUTPUTS}.${name}`, output])),
      outputProperty: { name: 'outputs', member: OUTPUTS },
    });
  }
}

/**
 * A processing job that runs while the stack is deployed: a container that reads data, and writes results to Amazon S3 or to
 * Amazon SageMaker Feature Store.
 *
 * The job runs again, under a new name, only when something that its result depends on changes. A deployment that fails or is
 * rolled back leaves no job running.
 *
 * @resource Custom::SageMakerProcessingJob
 *
 * @example
 * import { CfnOutput, Stack } from 'aws-cdk-lib';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import {
 *   ContainerImage, ProcessingInput, ProcessingJob, ProcessingOutput, ProcessingScript, S3Location, TrainingFramework,
 * } from 'cdk-sagemaker-jobs';
 *
 * declare const stack: Stack;
 * declare const bucket: s3.Bucket;
 *
 * const job = new ProcessingJob(stack, 'Preprocessing', {
 *   image: ContainerImage.fromFramework(TrainingFramework.SCIKIT_LEARN, '1.4-2'),
 *   script: ProcessingScript.fromAsset('preprocess.py'),
 *   containerArguments: ['--test-fraction', '0.2'],
 *   processingInputs: [ProcessingInput.fromS3('raw', S3Location.fromBucket(bucket, 'raw/'))],
 *   processingOutputs: [
 *     ProcessingOutput.toS3('train', S3Location.fromBucket(bucket, 'train')),
 *     ProcessingOutput.toS3('test', S3Location.fromBucket(bucket, 'test')),
 *   ],
 * });
 *
 * new CfnOutput(stack, 'TrainingData', { value: job.outputUri('train') });
 */
@propertyInjectable
@typedFactories('ProcessingJob')
export class ProcessingJob extends ProcessingJobBase implements IProcessingJob, ITaggableV2 {
  /** The ID of this class for property injectors. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.ProcessingJob';

  /**
   * Imports a processing job by its ARN. The name of the construct is the one in the
   * ARN, in lowercase. For metrics of a job with uppercase letters, specify its exact name in `fromProcessingJobAttributes()`.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param processingJobArn the ARN of the job, as SageMaker returns it
   */
  public static fromProcessingJobArn(scope: Construct, id: string, processingJobArn: string): IProcessingJob {
    return ProcessingJob.fromProcessingJobAttributes(scope, id, { processingJobArn });
  }

  /**
   * Imports a processing job by its attributes. Grants, connections and the locations of outputs require the corresponding
   * attributes.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param attrs the attributes of the job
   */
  public static fromProcessingJobAttributes(scope: Construct, id: string, attrs: ProcessingJobAttributes): IProcessingJob {
    return new ImportedProcessingJob(scope, id, attrs.processingJobName ?? jobNameOf('processingJob', attrs.processingJobArn), attrs);
  }

  /**
   * Imports a processing job in the account and Region of the stack by its name.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param processingJobName the exact name of the job
   */
  public static fromProcessingJobName(scope: Construct, id: string, processingJobName: string): IProcessingJob {
    return new ImportedProcessingJob(scope, id, processingJobName, {});
  }

  /**
   * Returns a task state that runs a processing job in each execution of a state machine, with the same options as a processing job that
   * runs while a stack is deployed. Strings can contain values of the state's input (`sfn.JsonPath.stringAt()`).
   *
   * @param scope the scope of the new state
   * @param id the ID of the new state, which is also its name
   * @param props the properties of the state
   */
  public static taskState(scope: Construct, id: string, props: ProcessingJobTaskStateProps): JobTaskState {
    const kind = 'processingJob';
    const structure = 'ProcessingJobTaskStateProps';
    return JobTaskState._create(scope, id, {
      kind,
      structure,
      props: typedProps(scope, id, structure, props),
      name: props.processingJobName,
      namePrefix: props.processingJobNamePrefix,
      bind: (state, validation) => new ProcessingRequest(state, props, props.role ?? createTaskStateRole(state, kind), validation),
    });
  }

  /** The execution role of the job. */
  public readonly role: iam.IRole;
  /** The tags of the job. Use `Tags.of()` to change them. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.processingJob);
  /** @internal */
  protected readonly _namePattern: string;
  /** @internal */
  protected readonly _outputs: ReadonlyMap<string, JobOutput>;

  constructor(scope: Construct, id: string, props: ProcessingJobProps) {
    super(scope, id, { physicalName: typedProps(scope, id, 'ProcessingJobProps', props).processingJobName });
    const validation = new Validation(this);
    this.role = props.role ?? createJobRole(this, this._kind);
    const request = new ProcessingRequest(this, props, this.role, validation);
    validation.add(
      () => propertyViolations('ProcessingJobProps', props),
      ...jobNameChecks(this._kind, props.processingJobName, props.processingJobNamePrefix),
    );

    this._outputs = request.outputs;
    const { namePattern } = this._create({
      validation,
      request: () => request.render(),
      outputMember: request.outputMember,
      sharedOutput: request.sharedOutput,
      tags: this.cdkTagManager,
      name: exactName(props.processingJobName),
      namePrefix: props.processingJobNamePrefix,
      options: props,
      connections: request.connections,
      outputs: [...this._outputs.values()],
      jobLimitSeconds: totalSeconds(props.maxRuntime ?? DEFAULT_MAX_RUNTIME),
      role: this.role,
      givenRole: props.role,
      dependencies: request.dependencies,
    });
    this._namePattern = namePattern;
  }

  /**
   * The identity of this job: a hash of everything that its result depends on, as far as it is known at synthesis. While it stays
   * the same, a change of the app does not run the job again, unless a value that is known only during the deployment changes.
   */
  public get jobIdentity(): string {
    return this._identity;
  }

  public get processingJobName(): string {
    return this._name;
  }

  public get processingJobArn(): string {
    return this._arn;
  }

  /**
   * The final status of the job (`ProcessingJobStatus`): `Completed`, or `Stopped` with `acceptStopped`.
   *
   * @attribute
   */
  public get processingJobStatus(): string {
    return this._described('ProcessingJobStatus', 'processingJobStatus');
  }

  /**
   * The message of the container (`ExitMessage`): the first 1024 bytes of the file `/opt/ml/output/message`, as text in UTF-8. The
   * deployment fails if the container has not written it.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeProcessingJob.html
   */
  public get exitMessage(): string {
    return this._described('ExitMessage', 'exitMessage');
  }

  /**
   * Returns the message of the container (`ExitMessage`), or a fallback if the container has not written it.
   *
   * @param fallback the value without a message
   */
  public exitMessageWithFallback(fallback: string): string {
    return this._described('ExitMessage', 'exitMessageWithFallback()', { fallback });
  }

  /** The time when the job was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /** The time when the processing started (`ProcessingStartTime`), an ISO 8601 date. */
  public get processingStartTime(): string {
    return this._described('ProcessingStartTime', 'processingStartTime');
  }

  /** The time when the processing ended (`ProcessingEndTime`), an ISO 8601 date. */
  public get processingEndTime(): string {
    return this._described('ProcessingEndTime', 'processingEndTime');
  }

  /** The time of the last status change (`LastModifiedTime`), an ISO 8601 date. */
  public get lastModifiedTime(): string {
    return this._described('LastModifiedTime', 'lastModifiedTime');
  }

  /** The instance type that SageMaker selected (`ProcessingResources.ClusterConfig.SelectedInstanceType`). Only with `instancePreferences`. */
  public get selectedInstanceType(): string {
    return this._described('ProcessingResources.ClusterConfig.SelectedInstanceType', 'selectedInstanceType');
  }

  /**
   * The number of selected instances (`ProcessingResources.ClusterConfig.SelectedInstanceCount`). Only with `instancePreferences`.
   *
   * Use `Token.asNumber()` to pass it to a property that is a number.
   */
  public get selectedInstanceCount(): string {
    return this._described('ProcessingResources.ClusterConfig.SelectedInstanceCount', 'selectedInstanceCount');
  }

  /**
   * Grants permission to run similar jobs.
   *
   * The grantee can create jobs whose names have the same prefix (or the same exact name), describe and stop them, and pass them
   * the same role.
   *
   * @param grantee the principal, such as the role of a notebook instance
   */
  public grantRun(grantee: iam.IGrantable): iam.Grant {
    return this._grantRun(grantee);
  }
}
