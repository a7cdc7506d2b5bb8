/** The framework that a model was trained with (`Framework` of the API). */
export class Framework {
  /** TensorFlow. */
  public static readonly TENSORFLOW = new Framework('TENSORFLOW');
  /** Keras. */
  public static readonly KERAS = new Framework('KERAS');
  /** Apache MXNet. */
  public static readonly MXNET = new Framework('MXNET');
  /** ONNX. */
  public static readonly ONNX = new Framework('ONNX');
  /** PyTorch. */
  public static readonly PYTORCH = new Framework('PYTORCH');
  /** XGBoost, of whose inputs nothing is said. */
  public static readonly XGBOOST = new Framework('XGBOOST');
  /** TensorFlow Lite. */
  public static readonly TFLITE = new Framework('TFLITE');
  /** Darknet. */
  public static readonly DARKNET = new Framework('DARKNET');
  /** scikit-learn. */
  public static readonly SKLEARN = new Framework('SKLEARN');

  /**
   * A framework by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): Framework {
    return new Framework(value);
  }

  /** @param value The framework as the API spells it. */
  private constructor(public readonly value: string) {}
}
