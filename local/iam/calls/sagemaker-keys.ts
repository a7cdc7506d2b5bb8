import type { RequestContext } from '../policy';

type Input = { readonly [member: string]: any };
type Value = string | number | boolean | undefined;

/**
 * Returns the members of a request that define how a job computes: its own members, the ones of the structures of processing and
 * transform jobs under the names that training jobs use, and the ones of the definitions of a tuning job.
 */
function computing({ TrainingJobDefinition: single, TrainingJobDefinitions: several, ...request }: Input): Input[] {
  const { NetworkConfig: network, ProcessingOutputConfig: OutputDataConfig, ProcessingResources: resources } = request;
  const { TransformOutput: output, TransformResources: instances } = request;
  const transform = instances ? [{ OutputDataConfig: output, ResourceConfig: instances }] : [];
  const processing = resources ? [{ ...network, OutputDataConfig, ResourceConfig: resources.ClusterConfig }] : [];
  return [request, ...processing, ...transform, ...single ? [single] : [], ...several ?? []];
}

function instanceTypes({ InstanceType, ResourceConfig: resources, HyperParameterTuningResourceConfig: tuning }: Input): Value[] {
  const groups = [resources?.InstanceGroups, resources?.InstancePreferences, tuning?.InstanceConfigs].flatMap((list: Input[] = []) => list);
  return [InstanceType, resources?.InstanceType, tuning?.InstanceType, ...groups.map((group) => group.InstanceType as Value)];
}

function fileSystems({ InputDataConfig: channels = [] }: Input): Input[] {
  return channels.map(({ DataSource }: Input) => DataSource?.FileSystemDataSource).filter(Boolean);
}

/** The condition keys of SageMaker, with their values in a request. */
const KEYS: { readonly [key: string]: (request: Input, modelArn: (name: string) => string) => readonly Value[] } = {
  AcceleratorTypes: ({ AcceleratorTypes: types = [] }) => types,
  DirectInternetAccess: ({ DirectInternetAccess: access }) => [access],
  EnableRemoteDebug: ({ RemoteDebugConfig: debug }) => [debug?.EnableRemoteDebug],
  FileSystemAccessMode: (request) => fileSystems(request).map(({ FileSystemAccessMode: mode }) => mode),
  FileSystemDirectoryPath: (request) => fileSystems(request).map(({ DirectoryPath: path }) => path),
  FileSystemId: (request) => fileSystems(request).map(({ FileSystemId: id }) => id),
  FileSystemType: (request) => fileSystems(request).map(({ FileSystemType: type }) => type),
  InstanceTypes: instanceTypes,
  InterContainerTrafficEncryption: ({ EnableInterContainerTrafficEncryption: enabled }) => [enabled],
  KeepAlivePeriod: ({ ResourceConfig: resources }) => [resources?.KeepAlivePeriodInSeconds],
  MaxRuntimeInSeconds: ({ StoppingCondition: condition }) => [condition?.MaxRuntimeInSeconds],
  MinimumInstanceMetadataServiceVersion: ({ InstanceMetadataServiceConfiguration: metadata }) => [metadata?.MinimumInstanceMetadataServiceVersion],
  ModelArn: ({ ModelName: name }, modelArn) => [typeof name === 'string' ? modelArn(name) : undefined],
  NetworkIsolation: ({ EnableNetworkIsolation: isolated }) => [isolated],
  OutputKmsKeyArn: ({ OutputDataConfig: output }) => [output?.KmsKeyId],
  RootAccess: ({ RootAccess: access }) => [access],
  VolumeKmsKeyArn: ({ KmsKeyId, ResourceConfig: resources, HyperParameterTuningResourceConfig: tuning }) =>
    [KmsKeyId, resources?.VolumeKmsKeyId, tuning?.VolumeKmsKeyId],
  VpcSecurityGroupIds: ({ VpcConfig: vpc, SecurityGroupIds: groups = [] }) => [...vpc?.SecurityGroupIds ?? [], ...groups],
  VpcSubnets: ({ VpcConfig: vpc, SubnetId: subnet }) => [...vpc?.Subnets ?? [], subnet],
};

/** Returns the condition keys of a request that are specific to SageMaker. */
export function requestKeys(request: Input, modelArn: (name: string) => string): RequestContext {
  const parts = computing(request);
  return Object.fromEntries(Object.entries(KEYS)
    .map(([key, read]) => [`sagemaker:${key}`, parts.flatMap((part) => read(part, modelArn)).filter((value) => value !== undefined).map(String)] as const)
    .filter(([, values]) => values.length > 0));
}
