import { Tokenization } from 'aws-cdk-lib';
import { typedFactories } from '../validation/property-types';

/**
 * The size of one dimension of an input for Core ML.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InputConfig.html
 */
export class CoreMlDimension {
  /**
   * Returns a fixed size.
   *
   * @param size the size, at least 1
   */
  public static fixedSize(size: number): CoreMlDimension {
    return new CoreMlDimension(size);
  }

  /**
   * Returns a range of sizes.
   *
   * @param min the minimum size
   * @param max the maximum size
   */
  public static sizeRange(min: number, max: number): CoreMlDimension {
    return new CoreMlDimension([min, max].map((size) => Tokenization.stringifyNumber(size)).join('..'));
  }

  /**
   * The dimension in the input configuration: a number, or `min..max`.
   *
   * @internal
   */
  public readonly _value: number | string;

  private constructor(value: number | string) {
    this._value = value;
  }
}

/**
 * The shapes that an input for Core ML accepts.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InputConfig.html
 */
@typedFactories('CoreMlShape')
export class CoreMlShape {
  /**
   * Returns a fixed shape.
   *
   * @param dimensions the sizes of the dimensions, such as `[1, 224, 224, 3]`
   */
  public static fixedShape(dimensions: number[]): CoreMlShape {
    return new CoreMlShape(dimensions);
  }

  /**
   * Returns a shape with dimensions of which some accept a range of sizes.
   *
   * @param dimensions the dimensions
   */
  public static flexibleShape(dimensions: CoreMlDimension[]): CoreMlShape {
    return new CoreMlShape(dimensions.map(({ _value }) => _value));
  }

  /**
   * Returns a choice of fixed shapes. An input has one of them.
   *
   * @param shapes the shapes, each with the sizes of its dimensions
   */
  public static enumeratedShapes(shapes: number[][]): CoreMlShape {
    return new CoreMlShape(shapes);
  }

  /**
   * The shape in the input configuration.
   *
   * @internal
   */
  public readonly _value: readonly (number | string | number[])[];

  private constructor(value: readonly (number | string | number[])[]) {
    this._value = value;
  }
}

/**
 * Options for an input for Core ML.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InputConfig.html
 */
export interface CoreMlInputOptions {
  /**
   * The default shape of the input (`default_shape`), such as `[1, 3, 224, 224]`. Only for shapes that are not fixed.
   *
   * @default - none
   */
  readonly defaultShape?: number[];
}

/**
 * Options for an image input for Core ML.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InputConfig.html
 */
export interface CoreMlImageInputOptions extends CoreMlInputOptions {
  /** The values that are added to the channels after scaling (`bias`), such as three numbers for a color image. */
  readonly bias: number[];

  /** The factor of every value (`scale`). 1/255 maps a byte to a number from 0 to 1. */
  readonly scale: number;
}

/**
 * An input of a model for Core ML.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InputConfig.html
 */
@typedFactories('CoreMlInput')
export class CoreMlInput {
  /**
   * Returns a tensor input.
   *
   * @param shape the accepted shapes
   * @param options the options
   */
  public static tensor(shape: CoreMlShape, options: CoreMlInputOptions = {}): CoreMlInput {
    return new CoreMlInput({ shape: shape._value, default_shape: options.defaultShape });
  }

  /**
   * Returns an image input (`type`: `Image`).
   *
   * @param shape the accepted shapes
   * @param options the options
   */
  public static image(shape: CoreMlShape, options: CoreMlImageInputOptions): CoreMlInput {
    return new CoreMlInput({ shape: shape._value, default_shape: options.defaultShape, type: 'Image', bias: options.bias, scale: options.scale });
  }

  /**
   * The input in the input configuration.
   *
   * @internal
   */
  public readonly _value: { readonly [member: string]: unknown };

  private constructor(value: { readonly [member: string]: unknown }) {
    this._value = value;
  }
}
