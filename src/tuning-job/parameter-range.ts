import { Tokenization } from 'aws-cdk-lib';

/** On which scale a range is searched (`HyperParameterScalingType` of the API). */
export class HyperParameterScalingType {
  /** The service chooses. */
  public static readonly AUTO = new HyperParameterScalingType('Auto');
  /** All values are searched alike. */
  public static readonly LINEAR = new HyperParameterScalingType('Linear');
  /** Small values are searched more closely, for ranges above 0. */
  public static readonly LOGARITHMIC = new HyperParameterScalingType('Logarithmic');
  /** Values close to 1 are searched more closely, for continuous ranges from 0 up to, but without, 1. */
  public static readonly REVERSE_LOGARITHMIC = new HyperParameterScalingType('ReverseLogarithmic');

  /**
   * A scale by its name in the API.
   *
   * @param value the name, or a token
   */
  public static of(value: string): HyperParameterScalingType {
    return new HyperParameterScalingType(value);
  }

  /** @param value The scale as the API spells it. */
  private constructor(public readonly value: string) {}

  /** Returns the value as the API spells it. */
  public toString(): string {
    return this.value;
  }
}

/** A range as a request holds it. */
export interface ParameterRangeConfig {
  /** The member of `ParameterRanges` whose list holds the range, such as `IntegerParameterRanges`. */
  readonly rangesMember: string;

  /** The structure of the API, such as an `IntegerParameterRange`. */
  readonly parameterRange: { [member: string]: any };

  /**
   * How many values the range has, for the number of combinations of a grid.
   *
   * @default - more than can be counted
   */
  readonly values?: number;
}

/** The values of one hyperparameter that a tuning job searches (a member of `ParameterRanges` of the API). */
export abstract class ParameterRange {
  /**
   * Whole numbers (`IntegerParameterRange`).
   *
   * @param parameterName the hyperparameter, at most 256 characters
   * @param minValue the least value
   * @param maxValue the greatest value
   * @param scalingType the scale (default: as the service decides)
   */
  public static integer(parameterName: string, minValue: number, maxValue: number, scalingType?: HyperParameterScalingType): ParameterRange {
    return new NumericRange('IntegerParameterRanges', parameterName, minValue, maxValue, scalingType);
  }

  /**
   * Any numbers (`ContinuousParameterRange`).
   *
   * @param parameterName the hyperparameter, at most 256 characters
   * @param minValue the least value
   * @param maxValue the greatest value
   * @param scalingType the scale (default: as the service decides)
   */
  public static continuous(parameterName: string, minValue: number, maxValue: number, scalingType?: HyperParameterScalingType): ParameterRange {
    return new NumericRange('ContinuousParameterRanges', parameterName, minValue, maxValue, scalingType);
  }

  /**
   * One of several values (`CategoricalParameterRange`).
   *
   * @param parameterName the hyperparameter, at most 256 characters
   * @param values the values, 1 to 30 of at most 256 characters
   */
  public static categorical(parameterName: string, values: string[]): ParameterRange {
    return new CategoricalRange(parameterName, values);
  }

  /**
   * A range that the service finds by itself (`AutoParameter`), with `enableAutotune` only.
   *
   * @param parameterName the hyperparameter, at most 256 characters
   * @param valueHint a value that makes sense for it, at most 256 characters
   */
  public static auto(parameterName: string, valueHint: string): ParameterRange {
    return new AutoRange(parameterName, valueHint);
  }

  /** @param parameterName The name of the hyperparameter (`Name`). */
  protected constructor(public readonly parameterName: string) {}

  /**
   * Returns the range as a request contains it.
   *
   * @internal
   */
  public abstract _bind(): ParameterRangeConfig;
}

class NumericRange extends ParameterRange {
  constructor(
    private readonly rangesMember: string, name: string, private readonly minValue: number, private readonly maxValue: number,
    private readonly scalingType?: HyperParameterScalingType,
  ) {
    super(name);
  }

  public _bind(): ParameterRangeConfig {
    return {
      rangesMember: this.rangesMember,
      parameterRange: {
        Name: this.parameterName,
        MinValue: Tokenization.stringifyNumber(this.minValue),
        MaxValue: Tokenization.stringifyNumber(this.maxValue),
        ScalingType: this.scalingType?.value,
      },
    };
  }
}

class CategoricalRange extends ParameterRange {
  constructor(name: string, private readonly values: string[]) {
    super(name);
  }

  public _bind(): ParameterRangeConfig {
    return {
      rangesMember: 'CategoricalParameterRanges',
      parameterRange: { Name: this.parameterName, Values: this.values },
      values: this.values.length,
    };
  }
}

class AutoRange extends ParameterRange {
  constructor(name: string, private readonly valueHint: string) {
    super(name);
  }

  public _bind(): ParameterRangeConfig {
    return { rangesMember: 'AutoParameters', parameterRange: { Name: this.parameterName, ValueHint: this.valueHint } };
  }
}
