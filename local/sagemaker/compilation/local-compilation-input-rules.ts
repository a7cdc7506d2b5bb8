import type { CreateCompilationJobRequest } from './compilation-types';
import { isObject } from '../../json';
import type { Rule } from '../local-request-rule';

type Input = NonNullable<CreateCompilationJobRequest['InputConfig']>;
type InputRule = Rule<Input, CreateCompilationJobRequest>;

/** The frameworks that accept a framework version. */
const VERSIONED = ['MXNET', 'PYTORCH', 'TENSORFLOW', 'TFLITE'];
/** The frameworks that require the names and shapes of all inputs. */
const NEEDS_SHAPES = ['TENSORFLOW', 'KERAS', 'MXNET', 'ONNX', 'DARKNET'];
/** The frameworks that Core ML's converter supports. */
const CORE_ML = ['TENSORFLOW', 'PYTORCH'];
/** The frameworks that are compiled for devices only, not for instances. */
const OF_DEVICES = ['TFLITE', 'DARKNET'];

const archive: InputRule = ({ S3Uri }) => !S3Uri.endsWith('.tar.gz')
  && 'S3Uri in InputConfig must point to a single gzip compressed tar archive (.tar.gz suffix).';

const versionedFramework: InputRule = ({ Framework, FrameworkVersion }) => FrameworkVersion !== undefined && !VERSIONED.includes(Framework)
  && `FrameworkVersion is only supported for ${VERSIONED.join(', ')}.`;

const neededShapes: InputRule = ({ Framework, DataInputConfig }) => DataInputConfig === undefined && NEEDS_SHAPES.includes(Framework)
  && `DataInputConfig must be specified for ${Framework}.`;

const shapesInJson: InputRule = ({ DataInputConfig }) => DataInputConfig !== undefined && shapesOf(DataInputConfig) === undefined
  && 'DataInputConfig must be in JSON format.';

const namedShapes: InputRule = ({ Framework, DataInputConfig }) => DataInputConfig !== undefined
  && NEEDS_SHAPES.includes(Framework) && !isObject(shapesOf(DataInputConfig))
  && `DataInputConfig must be a dictionary of names and shapes for ${Framework}.`;

const frameworkOfInstances: InputRule = ({ Framework }, { OutputConfig: { TargetDevice = '' } }) => OF_DEVICES.includes(Framework)
  && TargetDevice.startsWith('ml_')
  && `${Framework} is not supported for ${TargetDevice}.`;

const frameworkOfCoreMl: InputRule = ({ Framework }, { OutputConfig: { TargetDevice } }) => TargetDevice === 'coreml'
  && !CORE_ML.includes(Framework)
  && `Only ${CORE_ML.join(' and ')} are supported for coreml.`;

const inputsOfCoreMl: InputRule = ({ DataInputConfig }, { OutputConfig: { TargetDevice } }) => {
  if (TargetDevice !== 'coreml' || DataInputConfig === undefined) return undefined;
  for (const input of Object.values(Object(shapesOf(DataInputConfig))).filter(isObject)) {
    const { type = 'Tensor', bias, scale } = input;
    if (type !== 'Tensor' && type !== 'Image') return 'The type of an input must be Image or Tensor for coreml.';
    if (type === 'Image' && (bias === undefined || scale === undefined)) return 'An input of the type Image needs bias and scale.';
  }
  return undefined;
};

export const INPUT_RULES: readonly Rule<CreateCompilationJobRequest>[] = [
  archive, versionedFramework, neededShapes, shapesInJson, namedShapes, frameworkOfInstances, frameworkOfCoreMl, inputsOfCoreMl,
].map((rule): Rule<CreateCompilationJobRequest> => (request) => request.InputConfig && rule(request.InputConfig, request));

function shapesOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
