/**
 * The method that splits the objects of an input into records (`SplitType`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformInput.html
 */
export class SplitType {
  /** SageMaker sends each object as a whole. */
  public static readonly NONE = new SplitType('None');
  /** Each line is a record. */
  public static readonly LINE = new SplitType('Line');
  /** The records are in the RecordIO format of Apache MXNet. */
  public static readonly RECORD_IO = new SplitType('RecordIO');
  /** The records are in the TFRecord format of TensorFlow. */
  public static readonly TF_RECORD = new SplitType('TFRecord');

  /**
   * Returns the method for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): SplitType {
    return new SplitType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The number of records in a request to the model (`BatchStrategy`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html
 */
export class BatchStrategy {
  /** A request contains as many records as fit into `maxPayload`. */
  public static readonly MULTI_RECORD = new BatchStrategy('MultiRecord');
  /** A request contains one record. */
  public static readonly SINGLE_RECORD = new BatchStrategy('SingleRecord');

  /**
   * Returns the strategy for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): BatchStrategy {
    return new BatchStrategy(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The method that combines the results of the records of an object (`AssembleWith`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformOutput.html
 */
export class AssemblyType {
  /** SageMaker concatenates the results without a separator. */
  public static readonly NONE = new AssemblyType('None');
  /** SageMaker adds a newline character after each result. */
  public static readonly LINE = new AssemblyType('Line');

  /**
   * Returns the method for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): AssemblyType {
    return new AssemblyType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The data that SageMaker joins with the results (`JoinSource`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataProcessing.html
 */
export class JoinSource {
  /** The records of the input. */
  public static readonly INPUT = new JoinSource('Input');
  /** Nothing: the output contains only the results. */
  public static readonly NONE = new JoinSource('None');

  /**
   * Returns the source for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): JoinSource {
    return new JoinSource(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}
