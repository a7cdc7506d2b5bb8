import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { nonEmpty } from '../job/request-members';

/** The type of the numbers that a model takes (`dtype` of the compiler options). */
export class CompilerDataType {
  /** 32-bit floating point numbers. */
  public static readonly FLOAT32 = new CompilerDataType('float32');
  /** 64-bit whole numbers. */
  public static readonly INT64 = new CompilerDataType('int64');

  /**
   * A type by its name in the compiler options.
   *
   * @param value the name, or a token
   */
  public static of(value: string): CompilerDataType {
    return new CompilerDataType(value);
  }

  /** @param value The type as the compiler options spell it. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/** Compiler options for processors. */
export interface CpuCompilerOptions {
  /**
   * The microarchitecture (`mcpu`), such as `skylake-avx512`.
   *
   * @default - any of the architecture
   */
  readonly mcpu?: string;

  /**
   * The features of the processor (`mattr`), such as `+neon` for 32-bit ARM processors that have NEON.
   *
   * @default - those of the architecture
   */
  readonly mattr?: string[];
}

/** Compiler options for graphics processors of NVIDIA. */
export interface NvidiaCompilerOptions {
  /** The architecture (`gpu-code`), such as `sm_72`. */
  readonly gpuCode: string;

  /** The version of TensorRT (`trt-ver`) in three parts, such as `6.0.1`. */
  readonly trtVer: string;

  /** The version of CUDA (`cuda-ver`) in two parts, such as `10.1`. */
  readonly cudaVer: string;
}

/** Compiler options for Android. */
export interface AndroidCompilerOptions {
  /** The API level (`ANDROID_PLATFORM`), from 21 to 29. */
  readonly androidPlatform: number;

  /**
   * The features of the processor (`mattr`), such as `+neon` for 32-bit ARM processors that have NEON.
   *
   * @default - those of the architecture
   */
  readonly mattr?: string[];
}

/** Compiler options for TensorFlow models on Elastic Inference. */
export interface ElasticInferenceCompilerOptions {
  /**
   * The signature of a saved model (`signature_def_key`).
   *
   * @default - TensorFlow's own default
   */
  readonly signatureDefKey?: string;

  /**
   * The output tensors of a frozen graph (`output_names`), such as `output_tensor:0`.
   *
   * @default - the model is a saved model and says so itself
   */
  readonly outputNames?: string[];
}

/**
 * What the compiler is told besides the target (`OutputConfig.CompilerOptions` of the API), at most 1024 characters of JSON.
 * NVIDIA accelerators need them, and processors profit from them.
 */
export abstract class CompilerOptions {
  /**
   * For SageMaker instances (`ml_*`, but not those with Inferentia) and PyTorch: the type of the model's input.
   *
   * @param dtype the type
   */
  public static forInstances(dtype: CompilerDataType): CompilerOptions {
    return new Options({ dtype: dtype.value });
  }

  /**
   * For processors.
   *
   * @param options the options
   */
  public static forCpu(options: CpuCompilerOptions): CompilerOptions {
    return new Options({ mcpu: options.mcpu, mattr: nonEmpty(options.mattr) });
  }

  /**
   * For graphics processors of NVIDIA.
   *
   * @param options the options
   */
  public static forNvidia(options: NvidiaCompilerOptions): CompilerOptions {
    return new Options({ 'gpu-code': options.gpuCode, 'trt-ver': options.trtVer, 'cuda-ver': options.cudaVer });
  }

  /**
   * For Android.
   *
   * @param options the options
   */
  public static forAndroid(options: AndroidCompilerOptions): CompilerOptions {
    return new Options({ ANDROID_PLATFORM: options.androidPlatform, mattr: nonEmpty(options.mattr) });
  }

  /**
   * For Inferentia: the words of the Neuron compiler's command line.
   *
   * @param commandLine the words, such as `--verbose 1 --num-neuroncores 2 -O2`
   */
  public static forInferentia(commandLine: string): CompilerOptions {
    return new Options(commandLine);
  }

  /**
   * For Core ML: makes a classifier of the model.
   *
   * @param classLabels the file of the model's archive that holds the labels, one in a line (`class_labels`)
   */
  public static forCoreMl(classLabels: string): CompilerOptions {
    return new Options({ class_labels: classLabels });
  }

  /**
   * For TensorFlow models on Elastic Inference (`ml_eia2`).
   *
   * @param options the options
   */
  public static forElasticInference(options: ElasticInferenceCompilerOptions): CompilerOptions {
    return new Options({ signature_def_key: options.signatureDefKey, output_names: nonEmpty(options.outputNames) });
  }

  /**
   * The options as the service takes them.
   *
   * @param json the JSON, or a token
   */
  public static fromJson(json: string): CompilerOptions {
    return new RawOptions(json);
  }

  /**
   * Returns the JSON that a request contains.
   *
   * @internal
   */
  public abstract _bind(scope: Construct): string;
}

class Options extends CompilerOptions {
  constructor(private readonly options: any) {
    super();
  }

  public _bind(scope: Construct): string {
    return Stack.of(scope).toJsonString(this.options);
  }
}

class RawOptions extends CompilerOptions {
  constructor(private readonly json: string) {
    super();
  }

  public _bind(_scope: Construct): string {
    return this.json;
  }
}
