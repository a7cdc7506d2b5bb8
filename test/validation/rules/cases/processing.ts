import { Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const M5 = 'ml.m5.large';
const TOKEN = Token.asString({ Ref: 'Value' });
const preferencesOf = (count: number) => ({ InstancePreferences: Array.from({ length: count }, (_, index) => ({ InstanceType: `ml.m5.${index}` })) });

export const PROCESSING_CASES: RuleCases = {
  'one-kind-of-processing-instances': {
    broken: { InstanceType: M5, InstancePreferences: [{ InstanceType: M5 }] },
    at: ['InstanceType'],
    kept: [{ InstanceType: M5 }, { InstancePreferences: [{ InstanceType: M5 }] }],
  },
  'processing-preferences-size': {
    broken: preferencesOf(6),
    at: ['InstancePreferences'],
    kept: [preferencesOf(5), preferencesOf(1)],
  },
  'processing-input-path': {
    broken: { LocalPath: '/opt/ml/input/data' },
    at: ['LocalPath'],
    kept: [{ LocalPath: '/opt/ml/processing/data' }, { LocalPath: TOKEN }],
  },
  'processing-output-path': {
    broken: { LocalPath: '/tmp/output' },
    at: ['LocalPath'],
    kept: [{ LocalPath: '/opt/ml/processing/output' }, { LocalPath: TOKEN }],
  },
  'dataset-path': {
    broken: { LocalPath: 'data' },
    at: ['LocalPath'],
    kept: [{ LocalPath: '/data' }, { LocalPath: TOKEN }],
  },
  'processing-compression-in-pipe-mode': {
    broken: { S3CompressionType: 'Gzip', S3InputMode: 'File' },
    at: ['S3CompressionType'],
    kept: [
      { S3CompressionType: 'Gzip', S3InputMode: 'Pipe' }, { S3CompressionType: 'None', S3InputMode: 'File' }, { S3CompressionType: 'Gzip', S3InputMode: TOKEN },
    ],
  },
  'processing-input-names-unique': {
    broken: { ProcessingInputs: [{ InputName: 'a' }, { InputName: 'b' }, { InputName: 'a' }] },
    at: ['ProcessingInputs.2.InputName'],
    kept: [{ ProcessingInputs: [{ InputName: 'a' }, { InputName: 'b' }] }],
  },
  'processing-output-names-unique': {
    broken: { Outputs: [{ OutputName: 'a' }, { OutputName: 'a' }] },
    at: ['Outputs.1.OutputName'],
    kept: [{ Outputs: [{ OutputName: 'a' }, { OutputName: 'b' }] }],
  },
  'processing-input-paths-unique': {
    broken: { ProcessingInputs: [{ S3Input: { LocalPath: '/opt/ml/processing/a' } }, { DatasetDefinition: { LocalPath: '/opt/ml/processing/a' } }] },
    at: ['ProcessingInputs.1.DatasetDefinition.LocalPath'],
    kept: [
      { ProcessingInputs: [{ S3Input: { LocalPath: '/opt/ml/processing/a' } }, { S3Input: { LocalPath: '/opt/ml/processing/b' } }] },
      { ProcessingInputs: [{ S3Input: {} }, { S3Input: {} }, { S3Input: TOKEN }] },
    ],
  },
};
