import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IDependable } from 'constructs';
import type { TransformJobOptions } from './transform-job-props';
import type { BoundTransformModel } from './transform-model';
import { granteeOf } from '../execution-role/grantee';
import { grantJob } from '../execution-role/job-permissions';
import { grantOutputKey, grantVolumeKey } from '../execution-role/key-access';
import { renderExperimentConfig } from '../job/experiment';
import type { JobRequest } from '../job/job-request';
import { MlInstanceType } from '../job/ml-instance-type.generated';
import { mebibytesOf, type RequestStructure, secondsOf, stringMap, structure } from '../job/request-members';
import { type Validation, within } from '../validation/construct-validation';

/** The member of the request, and of the description, that contains the location of the output. */
export const OUTPUT = 'TransformOutput.S3OutputPath';

/** The request of a transform job, whose model and permissions are created in a scope. */
export class TransformRequest implements JobRequest {
  readonly roles: readonly iam.IRole[] = [];
  readonly roleElsewhere?: iam.IRole;
  readonly connections?: ec2.Connections;
  readonly dependencies: readonly IDependable[];
  readonly outputMember?: readonly string[];

  private readonly model: BoundTransformModel;
  private readonly input: RequestStructure;
  private readonly outputUri: string;
  private readonly captureUri?: string;

  constructor(scope: Construct, private readonly options: TransformJobOptions, validation: Validation) {
    const { dataCaptureConfig, outputEncryptionKey, outputLocation, separateOutput = true, volumeEncryptionKey } = options;
    this.model = options.model._bindModel(scope, this.instanceType.value);
    const { checks: modelChecks, connections, dependencies, role } = this.model;
    this.roleElsewhere = role;
    this.connections = connections;
    this.dependencies = dependencies;
    this.outputMember = separateOutput ? [OUTPUT] : undefined;

    const grantee = granteeOf(role);
    const isRoleKnown = role !== undefined;
    const { checks, input } = options.transformInput._bind(scope, { grantee, forReading: isRoleKnown });
    this.input = input;
    this.outputUri = outputLocation.bind(scope, { grantee, forWriting: isRoleKnown }).uri;
    this.captureUri = dataCaptureConfig?.outputLocation.bind(scope, { grantee, forWriting: isRoleKnown }).uri;
    if (isRoleKnown) {
      const captureKey = dataCaptureConfig?.outputEncryptionKey;
      [outputEncryptionKey, captureKey].forEach((key) => key && grantOutputKey(key, grantee));
      // The API reference describes the key of captured data as the key of the volume, the Python SDK as the key of the objects.
      [volumeEncryptionKey, captureKey].forEach((key) => key && grantVolumeKey(key, grantee));
    }
    grantJob(scope, grantee, { logGroups: ['TransformJobs'] });

    validation.add(...within('model', modelChecks), ...within('transformInput', checks));
  }

  render(): RequestStructure {
    const { options } = this;
    const { dataCaptureConfig: capture, dataProcessing, modelClientConfig: client } = options;
    return {
      ModelName: this.model.modelName,
      MaxConcurrentTransforms: options.maxConcurrentTransforms,
      ModelClientConfig: structure({
        InvocationsTimeoutInSeconds: secondsOf(client?.invocationsTimeout),
        InvocationsMaxRetries: client?.invocationsMaxRetries,
      }),
      MaxPayloadInMB: mebibytesOf(options.maxPayload),
      BatchStrategy: options.batchStrategy?.value,
      Environment: stringMap(options.environment),
      TransformInput: this.input,
      TransformOutput: {
        S3OutputPath: this.outputUri,
        Accept: options.accept,
        AssembleWith: options.assembleWith?.value,
        KmsKeyId: options.outputEncryptionKey?.keyArn,
      },
      DataCaptureConfig: capture && {
        DestinationS3Uri: this.captureUri,
        KmsKeyId: capture.outputEncryptionKey?.keyArn,
        GenerateInferenceId: capture.generateInferenceId,
      },
      TransformResources: {
        InstanceType: this.instanceType.value,
        InstanceCount: options.instanceCount ?? 1,
        VolumeKmsKeyId: options.volumeEncryptionKey?.keyArn,
        TransformAmiVersion: options.transformAmiVersion,
      },
      DataProcessing: structure({
        InputFilter: dataProcessing?.inputFilter,
        OutputFilter: dataProcessing?.outputFilter,
        JoinSource: dataProcessing?.joinSource?.value,
      }),
      ExperimentConfig: renderExperimentConfig(options.experimentConfig),
    };
  }

  private get instanceType(): MlInstanceType {
    return this.options.instanceType ?? MlInstanceType.ML_M5_XLARGE;
  }
}
