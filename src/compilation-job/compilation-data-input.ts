import { Construct } from 'constructs';
import { CoreMlInput } from './core-ml-input';
import { jsonOf } from './json-of';

/**
 * The names and shapes of the inputs of a model (`InputConfig.DataInputConfig`), at most 16384 characters of JSON.
 *
 * The form depends on the framework and the target:
 *
 * | framework | form | layout |
 * |---|---|---|
 * | TensorFlow, TensorFlow Lite | `fromShapes` | channels last (NHWC) |
 * | Keras, MXNet, ONNX, Darknet | `fromShapes` | channels first (NCHW) |
 * | PyTorch | `fromShapes` or `fromShapeList` | channels first (NCHW) |
 * | TensorFlow and PyTorch for Core ML | `fromCoreMlInputs`, for PyTorch also `fromCoreMlInputList` | like the framework |
 * | XGBoost | none | |
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InputConfig.html
 */
export class CompilationDataInput {
  /**
   * Returns inputs by name, such as `{ data: [1, 3, 224, 224] }`.
   *
   * Most frameworks depend on the order of the inputs. It is preserved, except that names that are integers come at the
   * beginning.
   *
   * @param shapes the sizes of the dimensions of each input
   */
  public static fromShapes(shapes: { [inputName: string]: number[] }): CompilationDataInput {
    return CompilationDataInput.fromValue(shapes);
  }

  /**
   * Returns inputs without names, in order. Only for PyTorch.
   *
   * @param shapes the sizes of the dimensions of each input
   */
  public static fromShapeList(shapes: number[][]): CompilationDataInput {
    return CompilationDataInput.fromValue(shapes);
  }

  /**
   * Returns inputs of a model for Core ML by name.
   *
   * @param inputs the inputs
   */
  public static fromCoreMlInputs(inputs: { [inputName: string]: CoreMlInput }): CompilationDataInput {
    return CompilationDataInput.fromValue(Object.fromEntries(Object.entries(inputs).map(([name, { _value }]) => [name, _value])));
  }

  /**
   * Returns inputs of a model for Core ML without names, in order. Only for PyTorch.
   *
   * @param inputs the inputs
   */
  public static fromCoreMlInputList(inputs: CoreMlInput[]): CompilationDataInput {
    return CompilationDataInput.fromValue(inputs.map(({ _value }) => _value));
  }

  /**
   * Returns inputs from JSON.
   *
   * @param json the JSON of `DataInputConfig`, or a token
   */
  public static fromJson(json: string): CompilationDataInput {
    return new CompilationDataInput(() => json);
  }

  private static fromValue(value: unknown): CompilationDataInput {
    return new CompilationDataInput((scope) => jsonOf(scope, value));
  }

  private constructor(private readonly render: (scope: Construct) => string) {}

  /**
   * Returns the JSON that a request contains.
   *
   * @internal
   */
  public _bind(scope: Construct): string {
    return this.render(scope);
  }
}
