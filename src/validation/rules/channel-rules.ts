import { channelsOf, inputMode, TRAINING } from './training-rules';
import type { Finding, Path, Rule, Structure } from '../request-rule';
import { at, brokenAt, elements, given, isEmpty, isGiven, isKnown, isNotEmpty, repeatedIn, structure, structures, literalString } from '../request-values';

const DATA_SOURCES = ['S3DataSource', 'FileSystemDataSource', 'DatasetSource'];
const FILE_SYSTEMS = 'Access Training Data';

/** Rules of input channels. */
export const CHANNEL_RULES: readonly Rule[] = [
  {
    id: 'channel-names-unique',
    on: TRAINING,
    level: 'error',
    source: 'Channel.ChannelName',
    rule: 'must be unique',
    needs: ['InputDataConfig'],
    check: (training) => repeatedIn(training, 'InputDataConfig', 'ChannelName'),
  },
  {
    id: 'one-data-source',
    on: ['DataSource'],
    level: 'warning',
    source: 'DataSource',
    rule: 'must have exactly one source',
    check: (source) => brokenAt([], given(source, DATA_SOURCES).length !== 1),
  },
  {
    id: 'augmented-manifest-is-piped',
    on: TRAINING,
    level: 'error',
    source: 'S3DataSource.S3DataType',
    rule: 'must have Pipe as `InputDataConfig.InputMode` for an AugmentedManifestFile',
    needs: ['InputDataConfig'],
    check: (training) => ofChannels(training, ['DataSource', 'S3DataSource', 'S3DataType'], (channel) => {
      if (s3DataType(channel) !== 'AugmentedManifestFile') return false;
      const mode = inputMode(training, channel);
      return mode !== undefined && mode !== 'Pipe';
    }),
  },
  {
    id: 'augmented-manifest-has-attributes',
    on: ['S3DataSource'],
    level: 'warning',
    source: 'Augmented Manifest Files for Training Jobs',
    rule: 'should be specified for an AugmentedManifestFile, to select the attributes for the algorithm',
    needs: ['S3DataType'],
    check: ({ AttributeNames, S3DataType }) => brokenAt(['AttributeNames'], S3DataType === 'AugmentedManifestFile' && isEmpty(AttributeNames)),
  },
  {
    id: 'attributes-of-augmented-manifest',
    on: ['S3DataSource'],
    level: 'warning',
    source: 'S3DataSource.AttributeNames',
    rule: 'has no effect without an AugmentedManifestFile',
    needs: ['AttributeNames', 'S3DataType'],
    check: ({ AttributeNames, S3DataType }) => brokenAt(
      ['AttributeNames'],
      isNotEmpty(AttributeNames) && literalString(S3DataType) !== undefined && S3DataType !== 'AugmentedManifestFile',
    ),
  },
  {
    id: 'compression-is-piped',
    on: TRAINING,
    level: 'error',
    source: 'Channel.CompressionType',
    rule: 'must be omitted or None, unless `InputDataConfig.InputMode` is Pipe',
    needs: ['InputDataConfig'],
    check: (training) => ofChannels(training, ['CompressionType'], (channel) => {
      if ((literalString(channel.CompressionType) ?? 'None') === 'None') return false;
      const mode = inputMode(training, channel);
      return mode !== undefined && mode !== 'Pipe';
    }),
  },
  {
    id: 'record-wrapper-excludes-file-mode',
    on: TRAINING,
    level: 'warning',
    source: 'Channel.RecordWrapperType',
    rule: 'should be omitted or None if `InputDataConfig.InputMode` is File',
    needs: ['InputDataConfig'],
    check: (training) => ofChannels(training, ['RecordWrapperType'], (channel) =>
      (literalString(channel.RecordWrapperType) ?? 'None') !== 'None' && inputMode(training, channel) === 'File'),
  },
  {
    id: 'file-system-needs-vpc',
    on: TRAINING,
    level: 'error',
    source: FILE_SYSTEMS,
    rule: 'is required to access a file system',
    needs: ['InputDataConfig'],
    check: (training) => brokenAt(['VpcConfig'], !isGiven(training.VpcConfig) && channelsOf(training).some(([channel]) => isFileSystem(channel))),
  },
  {
    id: 'file-system-in-file-mode',
    on: TRAINING,
    level: 'error',
    source: 'How Amazon SageMaker AI Provides Training Information',
    rule: 'must be File for a channel with a file system',
    needs: ['InputDataConfig'],
    check: (training) => ofChannels(training, ['InputMode'], (channel) => isFileSystem(channel) && (inputMode(training, channel) ?? 'File') !== 'File'),
  },
  {
    id: 'instance-groups-of-channel',
    on: TRAINING,
    level: 'warning',
    source: 'S3DataSource.InstanceGroupNames',
    rule: 'must be the name of an instance group in `ResourceConfig.InstanceGroups`',
    needs: ['InputDataConfig'],
    check: (training) => {
      const resources = at(training, 'ResourceConfig');
      const groups = resources?.InstanceGroups ?? [];
      const names = structures(groups).map(([{ InstanceGroupName }]) => literalString(InstanceGroupName));
      if (!resources || !isKnown(groups) || names.includes(undefined)) return [];
      return channelsOf(training).flatMap(([channel, channelIndex]) => elements(s3DataSource(channel)?.InstanceGroupNames)
        .filter(([name]) => !names.includes(literalString(name)))
        .map(([, index]) => ({ path: ['InputDataConfig', channelIndex, 'DataSource', 'S3DataSource', 'InstanceGroupNames', index] })));
    },
  },
  {
    id: 'eula-accepted',
    on: ['ModelAccessConfig', 'ServerlessJobConfig'],
    level: 'warning',
    source: 'ModelAccessConfig.AcceptEula',
    rule: 'should be true if the model requires that you accept its end-user license agreement',
    needs: ['AcceptEula'],
    check: ({ AcceptEula }) => brokenAt(['AcceptEula'], AcceptEula === false),
  },
];

/** Returns a finding for each channel that violates a rule. */
function ofChannels(training: Structure, path: Path, breaks: (channel: Structure) => boolean): Finding[] {
  return channelsOf(training).filter(([channel]) => breaks(channel)).map(([, index]) => ({ path: ['InputDataConfig', index, ...path] }));
}

function s3DataSource(channel: Structure): Structure | undefined {
  return structure(structure(channel.DataSource)?.S3DataSource);
}

function s3DataType(channel: Structure): string | undefined {
  return literalString(s3DataSource(channel)?.S3DataType);
}

function isFileSystem(channel: Structure): boolean {
  return isGiven(structure(channel.DataSource)?.FileSystemDataSource);
}
