import { Tokenization } from 'aws-cdk-lib';
import { typedFactories } from '../validation/property-types';

/**
 * The scale of a range (`ScalingType`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContinuousParameterRange.html
 */
export class HyperParameterScalingType {
  /** SageMaker chooses the scale. */
  public static readonly AUTO = new HyperParameterScalingType('Auto');
  /** All values are searched uniformly. */
  public static readonly LINEAR = new HyperParameterScalingType('Linear');
  /** Small values are searched more closely. Only for ranges of values greater than 0. */
  public static readonly LOGARITHMIC = new HyperParameterScalingType('Logarithmic');
  /** Values close to 1 are searched more closely. Only for continuous ranges of values from 0 to less than 1. */
  public static readonly REVERSE_LOGARITHMIC = new HyperParameterScalingType('ReverseLogarithmic');

  /**
   * Returns the scale for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): HyperParameterScalingType {
    return new HyperParameterScalingType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/** Options for a range of numbers. */
export interface NumericParameterRangeOptions {
  /**
   * The scale on which the range is searched (`ScalingType`).
   *
   * @default - decided by SageMaker
   */
  readonly scalingType?: HyperParameterScalingType;
}

/** A range as a request contains it. */
export interface ParameterRangeConfig {
  /** The member of `ParameterRanges` with the list of the range, such as `IntegerParameterRanges`. */
  readonly rangesMember: string;

  /** The structure of the API, such as `IntegerParameterRange`. */
  readonly parameterRange: { [member: string]: any };

  /**
   * The number of values, for the number of combinations of a grid.
   *
   * @default - infinite
   */
  readonly values?: number;
}

/**
 * The values of a hyperparameter that a tuning job searches (a member of `ParameterRanges`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ParameterRanges.html
 */
@typedFactories('ParameterRange')
export class ParameterRange {
  /**
   * Returns a range of integers (`IntegerParameterRange`).
   *
   * @param parameterName the hyperparameter, at most 256 characters
   * @param minValue the minimum value
   * @param maxValue the maximum value
   * @param options the scale of the range
   */
  public static integer(parameterName: string, minValue: number, maxValue: number, options?: NumericParameterRangeOptions): ParameterRange {
    return new ParameterRange(parameterName, numericRange('IntegerParameterRanges', minValue, maxValue, options));
  }

  /**
   * Returns a range of numbers (`ContinuousParameterRange`).
   *
   * @param parameterName the hyperparameter, at most 256 characters
   * @param minValue the minimum value
   * @param maxValue the maximum value
   * @param options the scale of the range
   */
  public static continuous(parameterName: string, minValue: number, maxValue: number, options?: NumericParameterRangeOptions): ParameterRange {
    return new ParameterRange(parameterName, numericRange('ContinuousParameterRanges', minValue, maxValue, options));
  }

  /**
   * Returns a list of values (`CategoricalParameterRange`).
   *
   * @param parameterName the hyperparameter, at most 256 characters
   * @param values the values, 1 to 30 of at most 256 characters
   */
  public static categorical(parameterName: string, values: string[]): ParameterRange {
    return new ParameterRange(parameterName, { rangesMember: 'CategoricalParameterRanges', parameterRange: { Values: values }, values: values.length });
  }

  /**
   * Returns a range that SageMaker chooses (`AutoParameter`). Requires `enableAutotune`.
   *
   * @param parameterName the hyperparameter, at most 256 characters
   * @param valueHint an example value, at most 256 characters
   */
  public static auto(parameterName: string, valueHint: string): ParameterRange {
    return new ParameterRange(parameterName, { rangesMember: 'AutoParameters', parameterRange: { ValueHint: valueHint } });
  }

  /** @param parameterName The name of the hyperparameter (`Name`). */
  private constructor(public readonly parameterName: string, private readonly config: ParameterRangeConfig) {}

  /**
   * Returns the range as a request contains it.
   *
   * @internal
   */
  public _bind(): ParameterRangeConfig {
    return { ...this.config, parameterRange: { Name: this.parameterName, ...this.config.parameterRange } };
  }
}

function numericRange(rangesMember: string, minValue: number, maxValue: number, options?: NumericParameterRangeOptions): ParameterRangeConfig {
  return {
    rangesMember,
    parameterRange: {
      MinValue: Tokenization.stringifyNumber(minValue),
      MaxValue: Tokenization.stringifyNumber(maxValue),
      ScalingType: options?.scalingType?.value,
    },
  };
}
