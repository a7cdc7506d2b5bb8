import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IDependable } from 'constructs';
import type { ProcessingJobOptions } from './processing-job-props';
import type { BoundOutput } from './processing-output';
import { type BoundScript, SCRIPT_INPUT } from './processing-script';
import { granteeOf } from '../execution-role/grantee';
import { grantJob, grantNetworkOfProcessing } from '../execution-role/job-permissions';
import { grantOutputKey, grantVolumeKey } from '../execution-role/key-access';
import { type ContainerImageConfig, problemOf } from '../images/container-image';
import { renderExperimentConfig } from '../job/experiment';
import { platformOf } from '../job/instance-platform';
import type { JobOutput } from '../job/job';
import { JobNetwork, networkChecks } from '../job/job-network';
import type { JobRequest } from '../job/job-request';
import { MlInstanceType } from '../job/ml-instance-type.generated';
import { gibibytesOf, nonEmpty, type RequestStructure, stringMap, structure } from '../job/request-members';
import { DEFAULT_MAX_RUNTIME, renderStoppingCondition } from '../job/stopping-condition';
import { atMostOneOf, type Validation, within } from '../validation/construct-validation';

const DEFAULT_VOLUME_GIB = 30;

/** The member of the request, and of the description, that contains the outputs. */
export const OUTPUTS = 'ProcessingOutputConfig.Outputs';

/** The request of a processing job, whose resources and permissions are created in a scope. */
export class ProcessingRequest implements JobRequest {
  readonly roles: readonly iam.IRole[];
  readonly connections?: ec2.Connections;
  readonly dependencies: readonly IDependable[];
  readonly outputMember?: readonly string[];
  /** Whether all jobs write to the same location. */
  readonly sharedOutput: boolean;
  /** The outputs in S3 by their names. */
  readonly outputs: ReadonlyMap<string, JobOutput>;

  private readonly network: JobNetwork;
  private readonly image: ContainerImageConfig;
  private readonly inputs: readonly RequestStructure[];
  private readonly bound: readonly BoundOutput[];
  private readonly script?: BoundScript;

  constructor(scope: Construct, private readonly options: ProcessingJobOptions, private readonly role: iam.IRole, validation: Validation) {
    this.roles = [role];
    this.network = new JobNetwork(scope, { ...options, severalInstances: true });
    this.connections = this.network.connections;

    const grantee = granteeOf(role);
    this.image = options.image.bind(scope, { grantee, platform: platformOf(this.instanceTypes) });
    this.script = options.script?._bind(scope, grantee);
    const inputs = (options.processingInputs ?? []).map((input) => input._bind(scope, grantee));
    const code = this.script ? inputs.findIndex(({ input }) => input.InputName === SCRIPT_INPUT) : -1;
    this.inputs = [...inputs.map(({ input }) => input), ...this.script && code === -1 ? [this.script.input] : []];
    this.bound = (options.processingOutputs ?? []).map((output) => output._bind(scope, grantee));
    if (options.outputEncryptionKey) grantOutputKey(options.outputEncryptionKey, grantee);
    if (options.volumeEncryptionKey) grantVolumeKey(options.volumeEncryptionKey, grantee);
    grantJob(scope, grantee, { logGroups: ['ProcessingJobs'], subnetIds: this.network.subnetIds, grantNetwork: grantNetworkOfProcessing });

    this.dependencies = [...this.network.dependencies, ...inputs.flatMap(({ dependencies }) => dependencies ?? [])];
    this.outputMember = nonEmpty(this.bound.flatMap(({ isSeparate }, index) => (isSeparate ? [`${OUTPUTS}.${index}.S3Output.S3Uri`] : [])));
    this.sharedOutput = this.bound.some(({ isSeparate }) => !isSeparate);
    this.outputs = new Map(this.bound.flatMap(({ location, output }): [string, JobOutput][] => (
      location ? [[output.OutputName, { location, encryptionKey: options.outputEncryptionKey }]] : [])));

    validation.add(
      ...networkChecks(options),
      ...within('script', this.script?.checks ?? []),
      () => atMostOneOf({ script: options.script, containerEntrypoint: options.containerEntrypoint }),
      () => (code === -1 ? [] : [{
        property: `processingInputs[${code}].inputName`, rule: `cannot be \`${SCRIPT_INPUT}\` together with \`script\`, which is an input with this name`,
      }]),
      () => (options.outputEncryptionKey && this.bound.length === 0 ? [{
        property: 'outputEncryptionKey', rule: 'has no effect without `processingOutputs`', warning: 'key-without-outputs',
      }] : []),
      ...inputs.flatMap(({ checks }, index) => within(`processingInputs[${index}]`, checks)),
      ...this.bound.flatMap(({ checks }, index) => within(`processingOutputs[${index}]`, checks)),
      () => problemOf('image', this.image),
      () => (this.image.trainingRepositoryAccessMode ? [{ property: 'image', rule: 'cannot be an image of a private registry in a VPC for a processing job' }] : []),
    );
  }

  render(): RequestStructure {
    const { options } = this;
    return {
      ProcessingInputs: nonEmpty(this.inputs),
      ProcessingOutputConfig: this.renderOutputConfig(),
      ProcessingResources: { ClusterConfig: this.renderClusterConfig() },
      StoppingCondition: renderStoppingCondition({ maxRuntime: options.maxRuntime ?? DEFAULT_MAX_RUNTIME }),
      AppSpecification: {
        ImageUri: this.image.imageUri,
        ContainerEntrypoint: this.script?.entrypoint ?? nonEmpty(options.containerEntrypoint),
        ContainerArguments: nonEmpty(options.containerArguments),
      },
      Environment: stringMap(options.environment),
      NetworkConfig: structure({
        EnableInterContainerTrafficEncryption: options.enableInterContainerTrafficEncryption,
        EnableNetworkIsolation: options.enableNetworkIsolation,
        VpcConfig: this.network.render(),
      }),
      RoleArn: this.role.roleArn,
      ExperimentConfig: renderExperimentConfig(options.experimentConfig),
    };
  }

  private renderOutputConfig(): RequestStructure | undefined {
    if (this.bound.length === 0) return undefined;
    return { Outputs: this.bound.map(({ output }) => output), KmsKeyId: this.options.outputEncryptionKey?.keyArn };
  }

  private renderClusterConfig(): RequestStructure {
    const { instanceCount, instancePreferences, volumeEncryptionKey, volumeSize } = this.options;
    const preferencesHaveCounts = instancePreferences?.some((preference) => preference.instanceCount !== undefined);
    return {
      InstanceCount: instanceCount ?? (preferencesHaveCounts ? undefined : 1),
      InstanceType: this.instanceType?.value,
      VolumeSizeInGB: gibibytesOf(volumeSize) ?? DEFAULT_VOLUME_GIB,
      VolumeKmsKeyId: volumeEncryptionKey?.keyArn,
      InstancePreferences: nonEmpty(instancePreferences?.map((preference) => ({
        InstanceType: preference.instanceType.value,
        InstanceCount: preference.instanceCount,
      }))),
    };
  }

  private get instanceType(): MlInstanceType | undefined {
    const { instancePreferences, instanceType } = this.options;
    return instanceType || nonEmpty(instancePreferences) ? instanceType : MlInstanceType.ML_M5_XLARGE;
  }

  private get instanceTypes(): string[] {
    const preferred = this.options.instancePreferences?.map(({ instanceType }) => instanceType) ?? [];
    return [this.instanceType, ...preferred].flatMap((type) => type?.value ?? []);
  }
}
