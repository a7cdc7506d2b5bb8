import type { Finding, Rule } from '../request-rule';
import { at, brokenAt, givenTogether, literalString, repeated, repeatedIn, structures } from '../request-values';

const ROOT = '/opt/ml/processing/';
const MAX_PREFERENCES = 5;

/** Rules of processing jobs. */
export const PROCESSING_RULES: readonly Rule[] = [
  {
    id: 'one-kind-of-processing-instances',
    on: ['ProcessingClusterConfig'],
    level: 'error',
    source: 'ProcessingClusterConfig.InstancePreferences',
    rule: 'cannot be specified together: `InstanceType` and `InstancePreferences`',
    check: (cluster) => givenTogether(cluster, ['InstanceType', 'InstancePreferences']),
  },
  {
    id: 'processing-preferences-size',
    on: ['ProcessingClusterConfig'],
    level: 'error',
    source: 'ProcessingClusterConfig.InstancePreferences',
    rule: `must have at most ${MAX_PREFERENCES} entries`,
    needs: ['InstancePreferences'],
    check: ({ InstancePreferences: preferences }) => (Array.isArray(preferences) && preferences.length > MAX_PREFERENCES
      ? [{ path: ['InstancePreferences'], value: preferences.length }] : []),
  },
  {
    id: 'processing-input-path',
    on: ['ProcessingS3Input'],
    level: 'error',
    source: 'ProcessingS3Input.LocalPath',
    rule: `must begin with ${ROOT}`,
    needs: ['LocalPath'],
    check: isElsewhere,
  },
  {
    id: 'processing-output-path',
    on: ['ProcessingS3Output'],
    level: 'warning',
    source: 'Build Your Own Processing Container (Advanced Scenario)',
    rule: `should begin with ${ROOT}`,
    needs: ['LocalPath'],
    check: isElsewhere,
  },
  {
    id: 'dataset-path',
    on: ['DatasetDefinition'],
    level: 'error',
    source: 'DatasetDefinition.LocalPath',
    rule: 'must be an absolute path',
    needs: ['LocalPath'],
    check: ({ LocalPath }) => brokenAt(['LocalPath'], literalString(LocalPath)?.startsWith('/') === false),
  },
  {
    id: 'processing-compression-in-pipe-mode',
    on: ['ProcessingS3Input'],
    level: 'error',
    source: 'ProcessingS3Input.S3CompressionType',
    rule: 'must be omitted or None, unless `S3InputMode` is Pipe',
    needs: ['S3CompressionType', 'S3InputMode'],
    check: ({ S3CompressionType, S3InputMode }) => brokenAt(
      ['S3CompressionType'], S3CompressionType === 'Gzip' && (literalString(S3InputMode) ?? 'Pipe') !== 'Pipe',
    ),
  },
  {
    id: 'processing-input-names-unique',
    on: ['CreateProcessingJobRequest'],
    level: 'warning',
    source: 'ProcessingInput.InputName',
    rule: 'should be unique',
    needs: ['ProcessingInputs'],
    check: (request) => repeatedIn(request, 'ProcessingInputs', 'InputName'),
  },
  {
    id: 'processing-output-names-unique',
    on: ['ProcessingOutputConfig'],
    level: 'warning',
    source: 'ProcessingOutput.OutputName',
    rule: 'should be unique, because attributes of the job contain the names of its outputs',
    needs: ['Outputs'],
    check: (config) => repeatedIn(config, 'Outputs', 'OutputName'),
  },
  {
    id: 'processing-input-paths-unique',
    on: ['CreateProcessingJobRequest'],
    level: 'warning',
    source: 'ProcessingS3Input.LocalPath',
    rule: 'should be unique, because SageMaker rejects two inputs with the same path',
    needs: ['ProcessingInputs'],
    check: ({ ProcessingInputs }) => repeated(structures(ProcessingInputs).flatMap(([input, index]) => (
      ['S3Input', 'DatasetDefinition'].map((source) => [at(input, source)?.LocalPath, ['ProcessingInputs', index, source, 'LocalPath']] as const)))),
  },
];

function isElsewhere({ LocalPath }: { readonly [member: string]: any }): Finding[] {
  return brokenAt(['LocalPath'], literalString(LocalPath)?.startsWith(ROOT) === false);
}
