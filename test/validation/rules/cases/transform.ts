import { Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const TOKEN = Token.asString({ Ref: 'Value' });
const NUMBER = Token.asNumber({ Ref: 'Value' });
const CSV = { TransformInput: { ContentType: 'text/csv', SplitType: 'Line' }, TransformOutput: { Accept: 'text/csv', AssembleWith: 'Line' } };
const JOIN = { DataProcessing: { JoinSource: 'Input' } };

export const TRANSFORM_CASES: RuleCases = {
  'transform-payload-size': {
    broken: { MaxPayloadInMB: 101 },
    at: ['MaxPayloadInMB'],
    kept: [{ MaxPayloadInMB: 100 }, { MaxPayloadInMB: 0 }, { MaxPayloadInMB: NUMBER }],
  },
  'transform-payloads-together': {
    broken: { MaxPayloadInMB: 26, MaxConcurrentTransforms: 4 },
    at: ['MaxConcurrentTransforms'],
    kept: [
      { MaxPayloadInMB: 25, MaxConcurrentTransforms: 4 },
      { MaxPayloadInMB: 0, MaxConcurrentTransforms: 200 },
      { MaxPayloadInMB: NUMBER, MaxConcurrentTransforms: 4 },
    ],
  },
  'transform-instances': {
    broken: { InstanceCount: 101 },
    at: ['InstanceCount'],
    kept: [{ InstanceCount: 100 }, { InstanceCount: NUMBER }],
  },
  'several-records-need-split': {
    broken: { BatchStrategy: 'MultiRecord', TransformInput: { SplitType: 'None' } },
    at: ['TransformInput.SplitType'],
    kept: [
      { BatchStrategy: 'MultiRecord', TransformInput: { SplitType: 'TFRecord' } }, { BatchStrategy: 'SingleRecord', TransformInput: {} },
      { BatchStrategy: 'MultiRecord', TransformInput: { SplitType: TOKEN } },
    ],
  },
  'transform-filter-root': {
    broken: { InputFilter: '[1:]', OutputFilter: 'features' },
    at: ['InputFilter', 'OutputFilter'],
    kept: [{ InputFilter: '$[1:]', OutputFilter: '$' }, { InputFilter: TOKEN }],
  },
  'csv-filter-by-index': {
    broken: { ...CSV, DataProcessing: { InputFilter: '$.features', OutputFilter: "$['id']" } },
    at: ['DataProcessing.InputFilter', 'DataProcessing.OutputFilter'],
    kept: [
      { ...CSV, DataProcessing: { InputFilter: '$[1:]', OutputFilter: '$[0,-1]' } },
      { TransformInput: { ContentType: 'application/json' }, DataProcessing: { InputFilter: '$.features' } },
    ],
  },
  'data-processing-formats': {
    broken: { TransformInput: { ContentType: 'image/png' }, TransformOutput: { Accept: 'image/png' }, DataProcessing: { InputFilter: '$' } },
    at: ['TransformInput.ContentType', 'TransformOutput.Accept'],
    kept: [{ ...CSV, ...JOIN }, { TransformInput: { ContentType: TOKEN }, TransformOutput: {}, ...JOIN }],
  },
  'join-same-format': {
    broken: { TransformInput: { ContentType: 'text/csv' }, TransformOutput: { Accept: 'application/json' }, ...JOIN },
    at: ['TransformOutput.Accept'],
    kept: [
      { ...CSV, ...JOIN }, { TransformInput: { ContentType: 'text/csv' }, TransformOutput: {}, ...JOIN },
      { TransformInput: { ContentType: 'text/csv' }, TransformOutput: { Accept: 'application/json' }, DataProcessing: { InputFilter: '$' } },
    ],
  },
  'join-same-separator': {
    broken: { TransformInput: { SplitType: 'Line' }, TransformOutput: {}, ...JOIN },
    at: ['TransformOutput.AssembleWith'],
    kept: [{ ...CSV, ...JOIN }, { TransformInput: {}, TransformOutput: { AssembleWith: 'None' }, ...JOIN }, { TransformInput: { SplitType: TOKEN }, TransformOutput: {}, ...JOIN }],
  },
};
