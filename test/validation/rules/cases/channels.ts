import { Lazy, Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const S3 = { S3DataType: 'S3Prefix', S3Uri: 's3://data/train' };
const AUGMENTED = { S3DataSource: { S3DataType: 'AugmentedManifestFile', S3Uri: 's3://data/lines.jsonl', AttributeNames: ['label'] } };
const FILES = { FileSystemDataSource: { FileSystemId: 'fs-12345678' } };
const TOKEN = Token.asString({ Ref: 'Text' });

/** Training with one channel, in the input mode of the algorithm. */
const training = (mode: string | undefined, channel: object) => ({
  AlgorithmSpecification: { TrainingInputMode: mode }, InputDataConfig: [{ ChannelName: 'train', DataSource: { S3DataSource: S3 }, ...channel }],
});

export const CHANNEL_CASES: RuleCases = {
  'channel-names-unique': {
    broken: { InputDataConfig: [{ ChannelName: 'a' }, { ChannelName: 'b' }, { ChannelName: 'a' }] },
    at: ['InputDataConfig.2.ChannelName'],
    kept: [
      { InputDataConfig: [{ ChannelName: 'a' }, { ChannelName: 'b' }] }, { InputDataConfig: [{ ChannelName: TOKEN }, { ChannelName: TOKEN }] },
      { InputDataConfig: Lazy.any({ produce: () => [] }) }, {},
    ],
  },
  'one-data-source': {
    broken: { S3DataSource: S3, ...FILES },
    at: [''],
    kept: [{ S3DataSource: S3 }, { DatasetSource: { DatasetArn: TOKEN } }],
  },
  'augmented-manifest-is-piped': {
    broken: training('File', { DataSource: AUGMENTED }),
    at: ['InputDataConfig.0.DataSource.S3DataSource.S3DataType'],
    kept: [
      training('Pipe', { DataSource: AUGMENTED }), training('File', { DataSource: AUGMENTED, InputMode: 'Pipe' }), training('FastFile', {}),
      training('File', { DataSource: AUGMENTED, InputMode: TOKEN }), training(TOKEN, { DataSource: AUGMENTED }),
    ],
  },
  'augmented-manifest-has-attributes': {
    broken: { S3DataType: 'AugmentedManifestFile' },
    at: ['AttributeNames'],
    kept: [AUGMENTED.S3DataSource, { S3DataType: 'S3Prefix' }, { S3DataType: 'AugmentedManifestFile', AttributeNames: Token.asList({ Ref: 'Names' }) }],
  },
  'attributes-of-augmented-manifest': {
    broken: { S3DataType: 'S3Prefix', AttributeNames: ['label'] },
    at: ['AttributeNames'],
    kept: [AUGMENTED.S3DataSource, { S3DataType: TOKEN, AttributeNames: ['label'] }],
  },
  'compression-is-piped': {
    broken: training('FastFile', { CompressionType: 'Gzip' }),
    at: ['InputDataConfig.0.CompressionType'],
    kept: [
      training('Pipe', { CompressionType: 'Gzip' }), training('File', { CompressionType: 'None' }), training('File', { CompressionType: TOKEN }),
      training('File', { CompressionType: 'Gzip', InputMode: 'Pipe' }), training('File', {}), training(undefined, { CompressionType: 'Gzip' }),
    ],
  },
  'record-wrapper-excludes-file-mode': {
    broken: training('Pipe', { RecordWrapperType: 'RecordIO', InputMode: 'File' }),
    at: ['InputDataConfig.0.RecordWrapperType'],
    kept: [training('Pipe', { RecordWrapperType: 'RecordIO' }), training('File', { RecordWrapperType: 'None' })],
  },
  'file-system-needs-vpc': {
    broken: training('File', { DataSource: FILES }),
    at: ['VpcConfig'],
    kept: [
      { ...training('File', { DataSource: FILES }), VpcConfig: Lazy.any({ produce: () => ({}) }) }, training('File', {}),
      training('File', { DataSource: Lazy.any({ produce: () => FILES }) }),
    ],
  },
  'file-system-in-file-mode': {
    broken: training('FastFile', { DataSource: FILES }),
    at: ['InputDataConfig.0.InputMode'],
    kept: [training('File', { DataSource: FILES }), training('Pipe', { DataSource: FILES, InputMode: 'File' }), training(undefined, { DataSource: FILES })],
  },
  'instance-groups-of-channel': {
    broken: {
      ResourceConfig: { InstanceGroups: [{ InstanceGroupName: 'cpu' }] },
      ...training('File', { DataSource: { S3DataSource: { ...S3, InstanceGroupNames: ['cpu', 'gpu'] } } }),
    },
    at: ['InputDataConfig.0.DataSource.S3DataSource.InstanceGroupNames.1'],
    kept: [
      {
        ResourceConfig: { InstanceGroups: [{ InstanceGroupName: 'cpu' }] },
        ...training('File', { DataSource: { S3DataSource: { ...S3, InstanceGroupNames: ['cpu', TOKEN] } } }),
      },
      {
        ResourceConfig: Lazy.any({ produce: () => ({}) }),
        ...training('File', { DataSource: { S3DataSource: { ...S3, InstanceGroupNames: ['gpu'] } } }),
      },
      {
        ResourceConfig: { InstanceGroups: [{ InstanceGroupName: TOKEN }] },
        ...training('File', { DataSource: { S3DataSource: { ...S3, InstanceGroupNames: ['gpu'] } } }),
      },
    ],
  },
  'eula-accepted': {
    broken: { AcceptEula: false },
    at: ['AcceptEula'],
    kept: [{ AcceptEula: true }, {}],
  },
};
