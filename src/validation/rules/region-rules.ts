import type { Finding, Path, Rule } from '../request-rule';

const INPUTS: { readonly [structure: string]: string } = { S3DataSource: 'S3Uri', InputConfig: 'S3Uri', ProcessingS3Input: 'S3Uri', TransformS3DataSource: 'S3Uri' };
const OUTPUTS: { readonly [structure: string]: string } = {
  OutputDataConfig: 'S3OutputPath',
  CheckpointConfig: 'S3Uri',
  DebugHookConfig: 'S3OutputPath',
  DebugRuleConfiguration: 'S3OutputPath',
  ProfilerConfig: 'S3OutputPath',
  ProfilerRuleConfiguration: 'S3OutputPath',
  TensorBoardOutputConfig: 'S3OutputPath',
  OutputConfig: 'S3OutputLocation',
  ProcessingS3Output: 'S3Uri',
  TransformOutput: 'S3OutputPath',
  BatchDataCaptureConfig: 'DestinationS3Uri',
  OptimizationJobOutputConfig: 'S3OutputLocation',
  AthenaDatasetDefinition: 'OutputS3Uri',
  RedshiftDatasetDefinition: 'OutputS3Uri',
};
const MEMBERS = [...new Set([...Object.values(INPUTS), ...Object.values(OUTPUTS)])];

const check: Rule['check'] = (location, { region, regionOf }) => MEMBERS.flatMap((member): Finding[] => {
  const uri = location[member];
  const other = typeof uri === 'string' ? regionOf?.(uri) : undefined;
  if (region === undefined || other === undefined || other === region) return [];
  const path: Path = [member];
  return [{ path, ...inBucketOf(region, other) }];
});

/** The rule and the value for a bucket in another Region than the stack. */
export function inBucketOf(region: string, other: string): { readonly rule: string; readonly value: string } {
  return { rule: `must be in a bucket in ${region}, the Region of the stack`, value: `a bucket in ${other}` };
}

/** Rules of the Regions of buckets, if known. */
export const REGION_RULES: readonly Rule[] = [
  {
    id: 'input-bucket-in-region',
    on: Object.keys(INPUTS),
    level: 'error',
    source: 'S3DataSource.S3Uri',
    rule: 'must be in a bucket in the Region of the stack',
    check,
  },
  {
    id: 'output-bucket-in-region',
    on: Object.keys(OUTPUTS),
    level: 'warning',
    source: 'OutputDataConfig.S3OutputPath',
    rule: 'should be in a bucket in the Region of the stack',
    check,
  },
];
