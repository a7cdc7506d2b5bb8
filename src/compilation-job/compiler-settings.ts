import { Construct } from 'constructs';
import { jsonOf } from './json-of';
import { nonEmpty } from '../job/request-members';
import { typedFactories } from '../validation/property-types';

/**
 * The data type of a model's input (`dtype` of the compiler options).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
 */
export class CompilerDataType {
  /** 32-bit floating point numbers. */
  public static readonly FLOAT32 = new CompilerDataType('float32');
  /** 64-bit integers. */
  public static readonly INT64 = new CompilerDataType('int64');

  /**
   * Returns the data type for a value of the compiler options, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): CompilerDataType {
    return new CompilerDataType(value);
  }

  /** @param value The value of the compiler options. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the compiler options. */
  public toString(): string {
    return this.value;
  }
}

/**
 * Compiler options for processors.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
 */
export interface CpuCompilerOptions {
  /**
   * The microarchitecture (`mcpu`), such as `skylake-avx512`.
   *
   * @default - generic for the architecture
   */
  readonly mcpu?: string;

  /**
   * The processor features (`mattr`), such as `+neon` for 32-bit ARM processors with NEON.
   *
   * @default - the features of the architecture
   */
  readonly mattr?: string[];
}

/**
 * Compiler options for NVIDIA graphics processors.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
 */
export interface NvidiaCompilerOptions {
  /** The architecture (`gpu-code`), such as `sm_72`. */
  readonly gpuCode: string;

  /** The version of TensorRT (`trt-ver`) in three parts, such as `6.0.1`. */
  readonly trtVer: string;

  /** The version of CUDA (`cuda-ver`) in two parts, such as `10.1`. */
  readonly cudaVer: string;
}

/**
 * Compiler options for Android.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
 */
export interface AndroidCompilerOptions {
  /** The API level (`ANDROID_PLATFORM`), from 21 to 29. */
  readonly androidPlatform: number;

  /**
   * The processor features (`mattr`), such as `+neon` for 32-bit ARM processors with NEON.
   *
   * @default - the features of the architecture
   */
  readonly mattr?: string[];
}

/**
 * Additional parameters of the compiler (`OutputConfig.CompilerOptions`), at most 1024 characters of JSON. NVIDIA accelerators
 * require them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
 */
@typedFactories('CompilerSettings')
export class CompilerSettings {
  /**
   * Returns settings for SageMaker instances (`ml_*`, except Inferentia) and PyTorch.
   *
   * @param dtype the data type of the model's input (default of SageMaker Neo: `float32`)
   */
  public static forInstances(dtype: CompilerDataType): CompilerSettings {
    return CompilerSettings.fromValue({ dtype: dtype.value });
  }

  /**
   * Returns settings for processors.
   *
   * @param options the options
   */
  public static forCpu(options: CpuCompilerOptions): CompilerSettings {
    return CompilerSettings.fromValue({ mcpu: options.mcpu, mattr: nonEmpty(options.mattr) });
  }

  /**
   * Returns settings for NVIDIA graphics processors.
   *
   * @param options the options
   */
  public static forNvidia(options: NvidiaCompilerOptions): CompilerSettings {
    return CompilerSettings.fromValue({ 'gpu-code': options.gpuCode, 'trt-ver': options.trtVer, 'cuda-ver': options.cudaVer });
  }

  /**
   * Returns settings for Android.
   *
   * @param options the options
   */
  public static forAndroid(options: AndroidCompilerOptions): CompilerSettings {
    return CompilerSettings.fromValue({ ANDROID_PLATFORM: options.androidPlatform, mattr: nonEmpty(options.mattr) });
  }

  /**
   * Returns settings for Inferentia: the command line of the Neuron compiler.
   *
   * @param commandLine the command line, such as `--verbose 1 --num-neuroncores 2 -O2`
   */
  public static forInferentia(commandLine: string): CompilerSettings {
    return CompilerSettings.fromValue(commandLine);
  }

  /**
   * Returns settings for Core ML that compile the model to a classifier.
   *
   * @param classLabels the file with the labels in the archive of the model, one label on each line (`class_labels`)
   */
  public static forCoreMl(classLabels: string): CompilerSettings {
    return CompilerSettings.fromValue({ class_labels: classLabels });
  }

  /**
   * Returns settings from JSON.
   *
   * @param json the JSON of `CompilerOptions`, or a token
   */
  public static fromJson(json: string): CompilerSettings {
    return new CompilerSettings(() => json);
  }

  private static fromValue(options: unknown): CompilerSettings {
    return new CompilerSettings((scope) => jsonOf(scope, options));
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
