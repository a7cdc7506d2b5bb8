import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CoreMlInput } from './core-ml-input';

/**
 * The inputs that a model expects, by names and shapes (`InputConfig.DataInputConfig` of the API), at most 16384 characters of JSON.
 *
 * Which form a model needs depends on its framework and target:
 *
 * | framework | form | layout |
 * |---|---|---|
 * | TensorFlow, TensorFlow Lite | `fromShapes` | channels last (NHWC) |
 * | Keras, MXNet, ONNX, Darknet | `fromShapes` | channels first (NCHW) |
 * | PyTorch | `fromShapes` or `fromShapeList` | channels first (NCHW) |
 * | TensorFlow and PyTorch for Core ML | `fromCoreMlInputs`, for PyTorch also `fromCoreMlInputList` | as the framework |
 * | XGBoost | none | |
 */
export abstract class DataInput {
  /**
   * The shapes of the inputs by their names, such as `{ data: [1, 3, 224, 224] }`.
   *
   * The order counts for most frameworks. It stays as given, but for names that are whole numbers: they come first.
   *
   * @param shapes the sizes of the dimensions of each input
   */
  public static fromShapes(shapes: { [inputName: string]: number[] }): DataInput {
    return new ShapesConfig(shapes);
  }

  /**
   * The shapes of the inputs in their order, without names, for PyTorch.
   *
   * @param shapes the sizes of the dimensions of each input
   */
  public static fromShapeList(shapes: number[][]): DataInput {
    return new ShapesConfig(shapes);
  }

  /**
   * The inputs of a model for Core ML by their names.
   *
   * @param inputs the inputs
   */
  public static fromCoreMlInputs(inputs: { [inputName: string]: CoreMlInput }): DataInput {
    return new ShapesConfig(Object.fromEntries(Object.entries(inputs).map(([name, { _value }]) => [name, _value])));
  }

  /**
   * The inputs of a model for Core ML in their order, without names, for PyTorch.
   *
   * @param inputs the inputs
   */
  public static fromCoreMlInputList(...inputs: CoreMlInput[]): DataInput {
    return new ShapesConfig(inputs.map(({ _value }) => _value));
  }

  /**
   * The configuration as the service takes it.
   *
   * @param json the JSON, or a token
   */
  public static fromJson(json: string): DataInput {
    return new JsonConfig(json);
  }

  /**
   * Returns the JSON that a request contains.
   *
   * @internal
   */
  public abstract _bind(scope: Construct): string;
}

class ShapesConfig extends DataInput {
  constructor(private readonly value: any) {
    super();
  }

  public _bind(scope: Construct): string {
    return Stack.of(scope).toJsonString(this.value);
  }
}

class JsonConfig extends DataInput {
  constructor(private readonly json: string) {
    super();
  }

  public _bind(_scope: Construct): string {
    return this.json;
  }
}
