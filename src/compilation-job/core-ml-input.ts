import { Tokenization } from 'aws-cdk-lib';

/** The size of one dimension of an input for Core ML. */
export class CoreMlDimension {
  /**
   * A size that is always the same.
   *
   * @param size the size, at least 1
   */
  public static of(size: number): CoreMlDimension {
    return new CoreMlDimension(size);
  }

  /**
   * A size between two limits.
   *
   * @param min the least size
   * @param max the greatest size
   */
  public static between(min: number, max: number): CoreMlDimension {
    return new CoreMlDimension([min, max].map((size) => Tokenization.stringifyNumber(size)).join('..'));
  }

  /**
   * The dimension as the input configuration spells it: a number, or `min..max`.
   *
   * @internal
   */
  public readonly _value: number | string;

  private constructor(value: number | string) {
    this._value = value;
  }
}

/** The shapes that an input for Core ML may have. */
export class CoreMlShape {
  /**
   * One shape.
   *
   * @param dimensions the sizes of the dimensions, such as 1, 224, 224, 3
   */
  public static of(...dimensions: number[]): CoreMlShape {
    return new CoreMlShape(dimensions);
  }

  /**
   * A shape of which some dimensions may have any size between two limits.
   *
   * @param dimensions the dimensions
   */
  public static flexible(...dimensions: CoreMlDimension[]): CoreMlShape {
    return new CoreMlShape(dimensions.map(({ _value }) => _value));
  }

  /**
   * Several shapes, one of which an input has.
   *
   * @param shapes the shapes, each with the sizes of its dimensions
   */
  public static enumerated(...shapes: number[][]): CoreMlShape {
    return new CoreMlShape(shapes);
  }

  /**
   * The shape as the input configuration spells it.
   *
   * @internal
   */
  public readonly _value: readonly (number | string | number[])[];

  private constructor(value: readonly (number | string | number[])[]) {
    this._value = value;
  }
}

/** What else there is to say about an input for Core ML. */
export interface CoreMlInputOptions {
  /**
   * The shape that an input has when nothing is said about it (`default_shape`), such as 1, 3, 224, 224, for shapes that are
   * not fixed.
   *
   * @default - none
   */
  readonly defaultShape?: number[];
}

/** What else there is to say about an image as input for Core ML. */
export interface CoreMlImageOptions extends CoreMlInputOptions {
  /** What is added to each channel after scaling (`bias`): three numbers for a colour image. */
  readonly bias: number[];

  /** What every value is multiplied by (`scale`): 1/255 makes of a byte a number from 0 to 1. */
  readonly scale: number;
}

/** One input of a model that is compiled for Core ML. */
export class CoreMlInput {
  /**
   * An array of numbers.
   *
   * @param shape the shapes that it may have
   * @param options what else there is to say about it
   */
  public static tensor(shape: CoreMlShape, options: CoreMlInputOptions = {}): CoreMlInput {
    return new CoreMlInput({ shape: shape._value, default_shape: options.defaultShape });
  }

  /**
   * An image (`type`: `Image`).
   *
   * @param shape the shapes that it may have
   * @param options what else there is to say about it
   */
  public static image(shape: CoreMlShape, options: CoreMlImageOptions): CoreMlInput {
    return new CoreMlInput({ shape: shape._value, default_shape: options.defaultShape, type: 'Image', bias: options.bias, scale: options.scale });
  }

  /**
   * The input as the input configuration spells it.
   *
   * @internal
   */
  public readonly _value: { readonly [member: string]: unknown };

  private constructor(value: { readonly [member: string]: unknown }) {
    this._value = value;
  }
}
