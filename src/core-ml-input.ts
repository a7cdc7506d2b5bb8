import { Tokenization } from 'aws-cdk-lib';

/** The size of one dimension of an input for Core ML. */
export class CoreMlDimension {
  /**
   * A size that is always the same.
   *
   * @param size the size
   */
  public static fixed(size: number): CoreMlDimension {
    return new CoreMlDimension(size);
  }

  /**
   * A size between two limits.
   *
   * @param min the least size
   * @param max the greatest size
   */
  public static range(min: number, max: number): CoreMlDimension {
    return new CoreMlDimension([min, max].map((size) => Tokenization.stringifyNumber(size)).join('..'));
  }

  /** @param value The dimension as the input configuration spells it: a number, or `min..max`. */
  private constructor(public readonly value: any) {}
}

/** The shapes that an input for Core ML may have. */
export class CoreMlShape {
  /**
   * One shape.
   *
   * @param dimensions the sizes of the dimensions, such as 1, 224, 224, 3
   */
  public static fixed(...dimensions: number[]): CoreMlShape {
    return new CoreMlShape(dimensions);
  }

  /**
   * A shape of which some dimensions may have any size between two limits.
   *
   * @param dimensions the dimensions
   */
  public static flexible(...dimensions: CoreMlDimension[]): CoreMlShape {
    return new CoreMlShape(dimensions.map(({ value }) => value));
  }

  /**
   * Several shapes, one of which an input has.
   *
   * @param shapes the shapes, each with the sizes of its dimensions
   */
  public static enumerated(...shapes: number[][]): CoreMlShape {
    return new CoreMlShape(shapes);
  }

  /** @param value The shape as the input configuration spells it. */
  private constructor(public readonly value: any) {}
}

/** What else there is to say about an input for Core ML. */
export interface CoreMlInputOptions {
  /**
   * The shape that an input has when nothing is said about it (`default_shape`); for shapes that are not fixed.
   *
   * @default - none
   */
  readonly defaultShape?: number[];
}

/** What else there is to say about an image as input for Core ML. */
export interface CoreMlImageOptions extends CoreMlInputOptions {
  /** What is added to each channel after scaling (`bias`). */
  readonly bias: number[];

  /** What every value is multiplied by (`scale`). */
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
    return new CoreMlInput({ shape: shape.value, default_shape: options.defaultShape });
  }

  /**
   * An image (`type`: `Image`).
   *
   * @param shape the shapes that it may have
   * @param options what else there is to say about it
   */
  public static image(shape: CoreMlShape, options: CoreMlImageOptions): CoreMlInput {
    return new CoreMlInput({ shape: shape.value, default_shape: options.defaultShape, type: 'Image', bias: options.bias, scale: options.scale });
  }

  /** @param value The input as the input configuration spells it. */
  private constructor(public readonly value: { [member: string]: any }) {}
}
