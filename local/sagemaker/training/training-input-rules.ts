import { channelsOf, type EffectiveChannel } from './channels';
import type { CreateTrainingJobRequest } from './training-types';
import { repeatedValue, type Rule } from '../local-request-rule';

/** Rejects a request if one of its channels is invalid. */
function eachChannel(isRefused: (channel: EffectiveChannel) => boolean, reason: string): Rule<CreateTrainingJobRequest> {
  return (request) => channelsOf(request).some(isRefused) && reason;
}

const isSet = (value: string | undefined) => value !== undefined && value !== 'None';

const differentChannels: Rule<CreateTrainingJobRequest> = ({ InputDataConfig: channels = [] }) =>
  repeatedValue(channels.map(({ ChannelName }) => ChannelName)) !== undefined
  && 'The names of the channels in InputDataConfig must be different.';

const fileSystemInVpc: Rule<CreateTrainingJobRequest> = ({ InputDataConfig: channels = [], VpcConfig: vpc }) => vpc === undefined
  && channels.some(({ DataSource }) => DataSource.FileSystemDataSource !== undefined)
  && 'VpcConfig must be specified where a channel reads a file system.';

/** Rules of InputDataConfig. */
export const INPUT_RULES: readonly Rule<CreateTrainingJobRequest>[] = [
  differentChannels,
  eachChannel(({ DataSource }) => Object.keys(DataSource).length !== 1, 'Exactly one source must be specified in the DataSource of a channel.'),
  fileSystemInVpc,
  eachChannel(({ DataSource, mode }) => DataSource.FileSystemDataSource !== undefined && mode !== 'File', 'A file system can only be read in the File input mode.'),
  eachChannel(
    ({ DataSource, mode }) => DataSource.S3DataSource?.S3DataType === 'AugmentedManifestFile' && mode !== 'Pipe',
    'AugmentedManifestFile can only be used with the Pipe input mode.'),
  eachChannel(({ CompressionType, mode }) => isSet(CompressionType) && mode !== 'Pipe', 'CompressionType can only be used with the Pipe input mode.'),
  eachChannel(({ RecordWrapperType, mode }) => isSet(RecordWrapperType) && mode === 'File', 'RecordWrapperType must be None in the File input mode.'),
];
