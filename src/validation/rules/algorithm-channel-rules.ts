import { algorithmOf } from './algorithm-images';
import { didYouMean } from './nearest-name';
import { channelsOf, TRAINING } from './training-rules';
import type { Finding, Rule, Structure } from '../request-rule';
import { isGiven, isKnown, structure, structures, literalString } from '../request-values';

const COMMON = 'Common Information About Built-in Algorithms';
const FORMATS = 'Common Data Formats for Training: Content Types Supported by Built-In Algorithms';

/** Rules of the channels of built-in algorithms. */
export const ALGORITHM_CHANNEL_RULES: readonly Rule[] = [
  {
    id: 'algorithm-channels-required',
    on: TRAINING,
    level: 'error',
    source: COMMON,
    rule: 'must include the channels that the built-in algorithm requires',
    check: (training) => {
      const { InputDataConfig: list = [] } = training;
      const algorithm = algorithmOf(training);
      const names = structures(list).map(([{ ChannelName }]) => literalString(ChannelName));
      if (!algorithm || !isKnown(list) || names.length < list.length || names.includes(undefined)) return [];
      return algorithm.inputs.requiredChannels
        .filter((channel) => !names.includes(channel))
        .map((channel) => ({ path: ['InputDataConfig'], rule: `must include the channel \`${channel}\`, which ${algorithm.name} requires` }));
    },
  },
  {
    id: 'algorithm-channel-name',
    on: TRAINING,
    level: 'warning',
    source: COMMON,
    rule: 'must be a channel of the built-in algorithm',
    needs: ['InputDataConfig'],
    check: (training) => {
      const algorithm = algorithmOf(training);
      if (!algorithm) return [];
      const channels = [...algorithm.inputs.requiredChannels, ...algorithm.inputs.optionalChannels];
      return channelsOf(training).flatMap(([{ ChannelName }, index]): Finding[] => {
        const name = literalString(ChannelName);
        if (name === undefined || channels.includes(name)) return [];
        return [{
          path: ['InputDataConfig', index, 'ChannelName'],
          rule: `unknown channel '${name}' of ${algorithm.name}; available: ${channels.join(', ')}${didYouMean(name, channels)}`,
          namesValue: true,
        }];
      });
    },
  },
  {
    id: 'algorithm-content-type',
    on: TRAINING,
    level: 'warning',
    source: FORMATS,
    rule: 'must be a format that the built-in algorithm reads',
    needs: ['InputDataConfig'],
    check: (training) => {
      const algorithm = algorithmOf(training);
      if (!algorithm || algorithm.inputs.contentTypes.length === 0) return [];
      const { contentTypes, defaultContentType } = algorithm.inputs;
      return channelsOf(training).flatMap(([channel, index]): Finding[] => {
        const path = ['InputDataConfig', index, 'ContentType'];
        if (!isGiven(channel.ContentType)) {
          if (!defaultContentType) return [{ path, rule: `should be specified, because ${algorithm.name} has no default format; available: ${contentTypes.join(', ')}` }];
          return isCsv(channel) && defaultContentType !== 'text/csv'
            ? [{ path, rule: `should be text/csv for a CSV file: without it, ${algorithm.name} reads ${defaultContentType}` }]
            : [];
        }
        const type = literalString(channel.ContentType)?.split(';')[0].trim().toLowerCase();
        if (type === undefined || contentTypes.includes(type)) return [];
        return [{ path, rule: `unknown format '${type}' of ${algorithm.name}; available: ${contentTypes.join(', ')}${didYouMean(type, contentTypes)}`, namesValue: true }];
      });
    },
  },
];

function isCsv(channel: Structure): boolean {
  const { S3Uri } = structure(structure(channel.DataSource)?.S3DataSource) ?? {};
  return typeof S3Uri === 'string' && /\.csv(\.gz)?$/.test(S3Uri);
}
