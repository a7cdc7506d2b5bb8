import type { CreateProcessingJobRequest, ProcessingClusterConfig, ProcessingInput, ProcessingOutput } from './processing-types';
import { checkRules, repeatedValue, type Rule } from '../local-request-rule';

const ROOT = '/opt/ml/processing/';
const MAX_PREFERENCES = 5;

type ClusterRule = Rule<ProcessingClusterConfig, CreateProcessingJobRequest>;
type InputRule = Rule<ProcessingInput, CreateProcessingJobRequest>;
type OutputRule = Rule<ProcessingOutput, CreateProcessingJobRequest>;

const oneSource: InputRule = ({ InputName, S3Input, DatasetDefinition }) => (S3Input === undefined) === (DatasetDefinition === undefined)
  && `Exactly one of S3Input and DatasetDefinition must be specified for input ${InputName}.`;

const oneQuery: InputRule = ({ InputName, DatasetDefinition }) => DatasetDefinition !== undefined
  && (DatasetDefinition.AthenaDatasetDefinition === undefined) === (DatasetDefinition.RedshiftDatasetDefinition === undefined)
  && `Exactly one of AthenaDatasetDefinition and RedshiftDatasetDefinition must be specified for input ${InputName}.`;

const inputPath: InputRule = ({ AppManaged, InputName, DatasetDefinition, S3Input }) => !AppManaged
  && (S3Input ?? DatasetDefinition)?.LocalPath === undefined
  && `LocalPath must be specified for input ${InputName}, which is not AppManaged.`;

const inputPathBelowRoot: InputRule = ({ S3Input }) => S3Input?.LocalPath !== undefined && !S3Input.LocalPath.startsWith(ROOT)
  && `LocalPath ${S3Input.LocalPath} must begin with ${ROOT}.`;

const absolutePath: InputRule = ({ DatasetDefinition }) => DatasetDefinition?.LocalPath !== undefined && !DatasetDefinition.LocalPath.startsWith('/')
  && `LocalPath ${DatasetDefinition.LocalPath} must be an absolute path.`;

const gzipNeedsPipe: InputRule = ({ S3Input }) => S3Input?.S3CompressionType === 'Gzip' && S3Input.S3InputMode !== 'Pipe'
  && 'S3CompressionType Gzip can only be used if S3InputMode is Pipe.';

const oneDestination: OutputRule = ({ OutputName, S3Output, FeatureStoreOutput }) => (S3Output === undefined) === (FeatureStoreOutput === undefined)
  && `Exactly one of S3Output and FeatureStoreOutput must be specified for output ${OutputName}.`;

const outputPathBelowRoot: OutputRule = ({ S3Output }) => S3Output?.LocalPath !== undefined && !S3Output.LocalPath.startsWith(ROOT)
  && `LocalPath ${S3Output.LocalPath} must begin with ${ROOT}.`;

const managedFeatureGroup: OutputRule = ({ AppManaged, FeatureStoreOutput }) => FeatureStoreOutput !== undefined && !AppManaged
  && 'FeatureStoreOutput is only supported when AppManaged is specified.';

const oneKindOfInstances: ClusterRule = ({ InstancePreferences: preferred, InstanceType: type }) => (preferred === undefined) === (type === undefined)
  && 'Exactly one of InstanceType and InstancePreferences must be specified in ClusterConfig.';

const countOfInstances: ClusterRule = ({ InstanceCount, InstancePreferences = [] }) => {
  const counts = InstancePreferences.filter((preference) => preference.InstanceCount !== undefined).length;
  const expected = InstanceCount === undefined ? InstancePreferences.length : 0;
  return (counts !== expected || (InstanceCount === undefined && counts === 0))
    && 'InstanceCount must be specified in ClusterConfig, or in every entry of InstancePreferences.';
};

const preferences: ClusterRule = ({ InstancePreferences }) => {
  if (InstancePreferences === undefined) return undefined;
  const { length } = InstancePreferences;
  if (length === 0 || length > MAX_PREFERENCES) return `InstancePreferences must have 1 to ${MAX_PREFERENCES} entries.`;
  const twice = repeatedValue(InstancePreferences.map(({ InstanceType }) => InstanceType));
  return twice !== undefined && `InstanceType ${twice} must be unique in InstancePreferences.`;
};

/** The service rejects inputs with the same path, with an empty message. */
const uniquePaths: Rule<CreateProcessingJobRequest> = ({ ProcessingInputs: inputs = [] }) => {
  const twice = repeatedValue(inputs.flatMap(({ S3Input, DatasetDefinition }) => (S3Input ?? DatasetDefinition)?.LocalPath ?? []));
  return twice !== undefined && ' ';
};

/** Rules in the documentation of CreateProcessingJob that go beyond the constraints of single members. */
export function checkProcessingJobRules(request: CreateProcessingJobRequest): void {
  const { ProcessingInputs: inputs = [], ProcessingOutputConfig: outputs, ProcessingResources: { ClusterConfig: cluster } } = request;
  for (const input of inputs) checkRules([oneSource, oneQuery, inputPath, inputPathBelowRoot, absolutePath, gzipNeedsPipe], input, request);
  for (const output of outputs?.Outputs ?? []) checkRules([oneDestination, outputPathBelowRoot, managedFeatureGroup], output, request);
  checkRules([oneKindOfInstances, countOfInstances, preferences], cluster, request);
  checkRules([uniquePaths], request, request);
}
