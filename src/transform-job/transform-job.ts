import { ITaggableV2, TagManager, TagType } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { ITransformJob, TransformJobAttributes, TransformJobProps } from './transform-job-props';
import { type JobAttribute, RESOURCE_TYPE } from '../contract';
import { S3Location } from '../data/s3-location';
import { granteeOf } from '../execution-role/grantee';
import { grantJob } from '../execution-role/job-permissions';
import { grantOutputKey, grantVolumeKey } from '../execution-role/key-access';
import { renderExperimentConfig } from '../job/experiment';
import { environmentOfJob, jobArn, jobNameOf, ObservableJobBase } from '../job/job';
import { exactName, jobNameChecks } from '../job/job-name';
import { JobOutputLocation } from '../job/job-output-location';
import { MlInstanceType } from '../job/ml-instance-type.generated';
import { mebibytesOf, type RequestStructure, secondsOf, stringMap, structure } from '../job/request-members';
import { Validation, within } from '../validation/construct-validation';
import { lostProperties, typedFactories, typedProps } from '../validation/property-types';

/** The member of the description that contains the location of the output. */
const OUTPUT = 'TransformOutput.S3OutputPath';

/** A new or imported transform job. */
abstract class TransformJobBase extends ObservableJobBase implements ITransformJob {
  public abstract readonly transformJobName: string;
  public abstract readonly transformJobArn: string;
  /** @internal */
  protected readonly _kind = 'transformJob';

  public get output(): S3Location {
    return new JobOutputLocation('output', () => this.outputUri, (grantee) => this.grantReadOutput(grantee));
  }

  public get outputUri(): string {
    return this._described(OUTPUT, 'outputUri');
  }

  /** @internal */
  protected override _described(attribute: JobAttribute<'transformJob'>, property?: string): string {
    return super._described(attribute, property);
  }
}

class ImportedTransformJob extends TransformJobBase {
  public readonly transformJobArn: string;
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, public readonly transformJobName: string, attributes: Partial<TransformJobAttributes>) {
    super(scope, id, environmentOfJob('transformJob', attributes.transformJobArn));
    this.transformJobArn = attributes.transformJobArn ?? jobArn(scope, this._kind, transformJobName);
    this._namePattern = transformJobName;
    const { output: location, outputEncryptionKey: encryptionKey, role, securityGroups } = attributes;
    this._import({
      arn: attributes.transformJobArn,
      name: attributes.transformJobName,
      role,
      securityGroups,
      outputs: new Map(location ? [[OUTPUT, { location, encryptionKey }]] : []),
      outputProperty: { name: 'output', member: OUTPUT },
    });
  }
}

/**
 * A transform job that runs while the stack is deployed: a model makes predictions for data in Amazon S3, without an endpoint.
 *
 * The job runs again, under a new name, only when something that its result depends on changes. A deployment that fails or is
 * rolled back leaves no job running. SageMaker cannot delete transform jobs, so their records stay when the stack is deleted.
 *
 * @resource Custom::SageMakerTransformJob
 *
 * @example
 * import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 * import { AssemblyType, ContainerImage, S3Location, SplitType, TrainingJob, TransformInput, TransformJob, TransformModel } from 'cdk-sagemaker-jobs';
 *
 * declare const stack: Stack;
 * declare const bucket: s3.Bucket;
 * declare const training: TrainingJob;
 * declare const image: ContainerImage;
 *
 * const job = new TransformJob(stack, 'Predictions', {
 *   model: TransformModel.fromTrainingJob(training, { image }),
 *   transformInput: TransformInput.fromS3(S3Location.fromBucket(bucket, 'customers/'), { contentType: 'text/csv', splitType: SplitType.LINE }),
 *   outputLocation: S3Location.fromBucket(bucket, 'predictions'),
 *   assembleWith: AssemblyType.LINE,
 *   waitTimeout: Duration.hours(2),
 * });
 *
 * new CfnOutput(stack, 'PredictionsUri', { value: job.outputUri });
 */
@propertyInjectable
@typedFactories('TransformJob')
export class TransformJob extends TransformJobBase implements ITransformJob, ITaggableV2 {
  /** The ID of this class for property injectors. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-sagemaker-jobs.TransformJob';

  /**
   * Imports a transform job by its ARN. The name of the construct is the one in the ARN, in lowercase. For a job with uppercase
   * letters, specify its exact name in `fromTransformJobAttributes()`.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param transformJobArn the ARN of the job, as SageMaker returns it
   */
  public static fromTransformJobArn(scope: Construct, id: string, transformJobArn: string): ITransformJob {
    return TransformJob.fromTransformJobAttributes(scope, id, { transformJobArn });
  }

  /**
   * Imports a transform job by its attributes. Grants, connections and the location of the output require the corresponding
   * attributes.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param attrs the attributes of the job
   */
  public static fromTransformJobAttributes(scope: Construct, id: string, attrs: TransformJobAttributes): ITransformJob {
    return new ImportedTransformJob(scope, id, attrs.transformJobName ?? jobNameOf('transformJob', attrs.transformJobArn), attrs);
  }

  /**
   * Imports a transform job in the account and Region of the stack by its name.
   *
   * @param scope the scope of the new construct
   * @param id the ID of the new construct
   * @param transformJobName the exact name of the job
   */
  public static fromTransformJobName(scope: Construct, id: string, transformJobName: string): ITransformJob {
    return new ImportedTransformJob(scope, id, transformJobName, {});
  }

  /** The tags of the job. Use `Tags.of()` to change them. */
  public readonly cdkTagManager = new TagManager(TagType.STANDARD, RESOURCE_TYPE.transformJob);
  /** @internal */
  protected readonly _namePattern: string;

  constructor(scope: Construct, id: string, private readonly props: TransformJobProps) {
    super(scope, id, { physicalName: typedProps(scope, id, 'TransformJobProps', props).transformJobName });
    const { dataCaptureConfig, outputEncryptionKey, outputLocation, separateOutput = true, volumeEncryptionKey } = props;
    const validation = new Validation(this);
    const model = props.model._bindModel(this, this.instanceType.value);
    const { role } = model;

    const grantee = granteeOf(role);
    const [forReading, forWriting] = [role !== undefined, role !== undefined];
    const { checks, input } = props.transformInput._bind(this, { grantee, forReading });
    const outputUri = outputLocation.bind(this, { grantee, forWriting }).uri;
    const captureUri = dataCaptureConfig?.outputLocation.bind(this, { grantee, forWriting }).uri;
    if (role) {
      const captureKey = dataCaptureConfig?.outputEncryptionKey;
      [outputEncryptionKey, captureKey].forEach((key) => key && grantOutputKey(key, grantee));
      // The API reference describes the key of captured data as the key of the volume, the Python SDK as the key of the objects.
      [volumeEncryptionKey, captureKey].forEach((key) => key && grantVolumeKey(key, grantee));
    }
    grantJob(this, grantee, { logGroups: ['TransformJobs'] });

    validation.add(
      () => lostProperties('TransformJobProps', props),
      ...jobNameChecks(this._kind, props.transformJobName, props.transformJobNamePrefix),
      ...within('model', model.checks),
      ...within('transformInput', checks),
    );

    const { namePattern } = this._create({
      validation,
      request: () => this.renderRequest(model.modelName, input, outputUri, captureUri),
      outputMember: separateOutput ? OUTPUT : undefined,
      sharedOutput: !separateOutput,
      tags: this.cdkTagManager,
      name: exactName(props.transformJobName),
      namePrefix: props.transformJobNamePrefix,
      options: props,
      connections: model.connections,
      outputs: [{ location: outputLocation, encryptionKey: outputEncryptionKey }],
      roleElsewhere: role,
      dependencies: model.dependencies,
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

  public get transformJobName(): string {
    return this._name;
  }

  public get transformJobArn(): string {
    return this._arn;
  }

  /**
   * The final status of the job (`TransformJobStatus`): `Completed`, or `Stopped` with `acceptStopped`.
   *
   * @attribute
   */
  public get transformJobStatus(): string {
    return this._described('TransformJobStatus', 'transformJobStatus');
  }

  /** The name of the model (`ModelName`). */
  public get modelName(): string {
    return this._described('ModelName');
  }

  /** The time when the job was created (`CreationTime`), an ISO 8601 date. */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /** The time when the job started on its instances (`TransformStartTime`), an ISO 8601 date. */
  public get transformStartTime(): string {
    return this._described('TransformStartTime', 'transformStartTime');
  }

  /** The time when the job ended (`TransformEndTime`), an ISO 8601 date. */
  public get transformEndTime(): string {
    return this._described('TransformEndTime', 'transformEndTime');
  }

  /**
   * Grants permission to run similar jobs.
   *
   * The grantee can create jobs whose names have the same prefix (or the same exact name), with any model of the account, and
   * describe and stop them.
   *
   * @param grantee the principal, such as the role of a notebook instance
   */
  public grantRun(grantee: iam.IGrantable): iam.Grant {
    return this._grantRun(grantee);
  }

  private get instanceType(): MlInstanceType {
    return this.props.instanceType ?? MlInstanceType.ML_M5_XLARGE;
  }

  private renderRequest(modelName: string, input: RequestStructure, outputUri: string, captureUri: string | undefined): RequestStructure {
    const { props } = this;
    const { dataCaptureConfig: capture, dataProcessing, modelClientConfig: client } = props;
    return {
      ModelName: modelName,
      MaxConcurrentTransforms: props.maxConcurrentTransforms,
      ModelClientConfig: structure({
        InvocationsTimeoutInSeconds: secondsOf(client?.invocationsTimeout),
        InvocationsMaxRetries: client?.invocationsMaxRetries,
      }),
      MaxPayloadInMB: mebibytesOf(props.maxPayload),
      BatchStrategy: props.batchStrategy?.value,
      Environment: stringMap(props.environment),
      TransformInput: input,
      TransformOutput: {
        S3OutputPath: outputUri,
        Accept: props.accept,
        AssembleWith: props.assembleWith?.value,
        KmsKeyId: props.outputEncryptionKey?.keyArn,
      },
      DataCaptureConfig: capture && {
        DestinationS3Uri: captureUri,
        KmsKeyId: capture.outputEncryptionKey?.keyArn,
        GenerateInferenceId: capture.generateInferenceId,
      },
      TransformResources: {
        InstanceType: this.instanceType.value,
        InstanceCount: props.instanceCount ?? 1,
        VolumeKmsKeyId: props.volumeEncryptionKey?.keyArn,
        TransformAmiVersion: props.transformAmiVersion,
      },
      DataProcessing: structure({
        InputFilter: dataProcessing?.inputFilter,
        OutputFilter: dataProcessing?.outputFilter,
        JoinSource: dataProcessing?.joinSource?.value,
      }),
      ExperimentConfig: renderExperimentConfig(props.experimentConfig),
    };
  }
}
