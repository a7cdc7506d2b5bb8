import { isInstance, parsed } from './compilation-rules';
import type { Finding, Rule, Structure } from '../request-rule';
import { at, brokenAt, given, isGiven, structure, literalString } from '../request-values';

const REQUEST = ['CreateCompilationJobRequest'];
const SOURCES = ['InputConfig', 'ModelPackageVersionArn'];
const SHAPES = 'InputConfig.DataInputConfig';
const PREPARE = 'Prepare Model for Compilation';
const VERSIONED = ['MXNET', 'PYTORCH', 'TENSORFLOW', 'TFLITE'];
const NAMED_INPUTS = ['TENSORFLOW', 'KERAS', 'MXNET', 'ONNX', 'DARKNET'];

/** Rules of the model to compile. */
export const COMPILATION_INPUT_RULES: readonly Rule[] = [
  {
    id: 'one-model',
    on: REQUEST,
    level: 'error',
    source: 'CreateCompilationJobRequest.ModelPackageVersionArn',
    rule: 'must be a model in S3 or a version of a model package, not both',
    check: (request) => brokenAt(['InputConfig'], given(request, SOURCES).length > 1),
  },
  {
    id: 'some-model',
    on: REQUEST,
    level: 'error',
    source: 'CreateCompilationJobRequest.ModelPackageVersionArn',
    rule: 'is required unless a version of a model package is specified',
    check: (request) => brokenAt(['InputConfig'], given(request, SOURCES).length === 0),
  },
  {
    id: 'model-is-archive',
    on: ['InputConfig'],
    level: 'warning',
    source: 'InputConfig.S3Uri',
    rule: 'should be a single gzip compressed tar archive (.tar.gz)',
    needs: ['S3Uri'],
    check: ({ S3Uri }) => brokenAt(['S3Uri'], literalString(S3Uri)?.endsWith('.tar.gz') === false),
  },
  {
    id: 'versioned-framework',
    on: ['InputConfig'],
    level: 'error',
    source: 'InputConfig.FrameworkVersion',
    rule: `is only supported if \`Framework\` is one of ${VERSIONED.join(', ')}`,
    needs: ['Framework', 'FrameworkVersion'],
    check: ({ Framework }) => brokenAt(['FrameworkVersion'], literalString(Framework) !== undefined && !VERSIONED.includes(Framework)),
  },
  {
    id: 'inputs-of-framework',
    on: ['InputConfig'],
    level: 'error',
    source: SHAPES,
    rule: `is required if \`Framework\` is one of ${NAMED_INPUTS.join(', ')}`,
    needs: ['Framework'],
    check: ({ DataInputConfig, Framework }) => brokenAt(['DataInputConfig'], NAMED_INPUTS.includes(Framework) && !isGiven(DataInputConfig)),
  },
  {
    id: 'inputs-are-named',
    on: ['InputConfig'],
    level: 'error',
    source: SHAPES,
    rule: `must be a dictionary of names and shapes if \`Framework\` is one of ${NAMED_INPUTS.join(', ')}`,
    needs: ['DataInputConfig', 'Framework'],
    check: ({ DataInputConfig, Framework }) => brokenAt(['DataInputConfig'], NAMED_INPUTS.includes(Framework) && Array.isArray(parsed(DataInputConfig))),
  },
  {
    id: 'inputs-at-the-edge',
    on: REQUEST,
    level: 'warning',
    source: PREPARE,
    rule: 'should be specified, because SageMaker Neo derives the inputs only for instances',
    needs: ['InputConfig', 'OutputConfig'],
    check: (request) => {
      const input = at(request, 'InputConfig');
      const output = at(request, 'OutputConfig');
      const atTheEdge = isGiven(output?.TargetPlatform) || (literalString(output?.TargetDevice) !== undefined && !isInstance(output?.TargetDevice));
      return brokenAt(
        ['InputConfig', 'DataInputConfig'],
        ['PYTORCH', 'TFLITE'].includes(input?.Framework) && !isGiven(input?.DataInputConfig) && atTheEdge,
      );
    },
  },
  {
    id: 'inputs-in-json',
    on: ['InputConfig'],
    level: 'warning',
    source: SHAPES,
    rule: 'should be JSON',
    needs: ['DataInputConfig'],
    check: ({ DataInputConfig }) => brokenAt(['DataInputConfig'], literalString(DataInputConfig) !== undefined && parsed(DataInputConfig) === undefined),
  },
  {
    id: 'tflite-at-the-edge',
    on: REQUEST,
    level: 'error',
    source: PREPARE,
    rule: 'TFLITE is only supported for devices at the edge, not for instances',
    needs: ['InputConfig', 'OutputConfig'],
    check: (request) => brokenAt(
      ['InputConfig', 'Framework'],
      at(request, 'InputConfig')?.Framework === 'TFLITE' && isInstance(literalString(at(request, 'OutputConfig')?.TargetDevice)),
    ),
  },
  {
    id: 'core-ml-framework',
    on: REQUEST,
    level: 'warning',
    source: SHAPES,
    rule: 'must be TENSORFLOW or PYTORCH for Core ML',
    needs: ['InputConfig', 'OutputConfig'],
    check: (request) => {
      const framework = literalString(at(request, 'InputConfig')?.Framework);
      return brokenAt(['InputConfig', 'Framework'], isCoreMl(request) && framework !== undefined && !['TENSORFLOW', 'PYTORCH'].includes(framework));
    },
  },
  {
    id: 'core-ml-images',
    on: REQUEST,
    level: 'error',
    source: SHAPES,
    rule: 'must have `bias` and `scale` for an input whose `type` is Image',
    needs: ['InputConfig', 'OutputConfig'],
    check: (request) => ofCoreMlInputs(request, ({ bias, scale, type }) => type === 'Image' && (bias === undefined || scale === undefined)),
  },
  {
    id: 'core-ml-types',
    on: REQUEST,
    level: 'error',
    source: SHAPES,
    rule: 'must specify Image or Tensor as the `type` of an input',
    needs: ['InputConfig', 'OutputConfig'],
    check: (request) => ofCoreMlInputs(request, ({ type }) => type !== undefined && type !== 'Image' && type !== 'Tensor'),
  },
];

function isCoreMl(request: Structure): boolean {
  return at(request, 'OutputConfig')?.TargetDevice === 'coreml';
}

function ofCoreMlInputs(request: Structure, isWrong: (input: Structure) => boolean): Finding[] {
  const inputs = isCoreMl(request) ? parsed(at(request, 'InputConfig')?.DataInputConfig) : undefined;
  if (typeof inputs !== 'object' || inputs === null) return [];
  return brokenAt(['InputConfig', 'DataInputConfig'], Object.values(inputs).some((input) => isWrong(structure(input) ?? {})));
}
