import { typedFactories } from '../validation/property-types';

/**
 * The target device or ML instance type of a compiled model (`TargetDevice`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
 */
export class TargetDevice {
  /** AWS Lambda. */
  public static readonly LAMBDA = new TargetDevice('lambda');
  /** The ml.m4 instance family. */
  public static readonly ML_M4 = new TargetDevice('ml_m4');
  /** The ml.m5 instance family. */
  public static readonly ML_M5 = new TargetDevice('ml_m5');
  /** The ml.m6g instance family. */
  public static readonly ML_M6G = new TargetDevice('ml_m6g');
  /** The ml.c4 instance family. */
  public static readonly ML_C4 = new TargetDevice('ml_c4');
  /** The ml.c5 instance family. */
  public static readonly ML_C5 = new TargetDevice('ml_c5');
  /** The ml.c6g instance family. */
  public static readonly ML_C6G = new TargetDevice('ml_c6g');
  /** The ml.p2 instance family. */
  public static readonly ML_P2 = new TargetDevice('ml_p2');
  /** The ml.p3 instance family. */
  public static readonly ML_P3 = new TargetDevice('ml_p3');
  /** The ml.g4dn instance family. */
  public static readonly ML_G4DN = new TargetDevice('ml_g4dn');
  /** The ml.inf1 instance family (AWS Inferentia). */
  public static readonly ML_INF1 = new TargetDevice('ml_inf1');
  /** The ml.inf2 instance family (AWS Inferentia2). */
  public static readonly ML_INF2 = new TargetDevice('ml_inf2');
  /** The ml.trn1 instance family (AWS Trainium). */
  public static readonly ML_TRN1 = new TargetDevice('ml_trn1');
  /**
   * Elastic Inference.
   *
   * @deprecated AWS has ended Elastic Inference. Use `ML_INF2` or `ML_G4DN`.
   */
  public static readonly ML_EIA2 = new TargetDevice('ml_eia2');
  /** NVIDIA Jetson TX1. */
  public static readonly JETSON_TX1 = new TargetDevice('jetson_tx1');
  /** NVIDIA Jetson TX2. */
  public static readonly JETSON_TX2 = new TargetDevice('jetson_tx2');
  /** NVIDIA Jetson Nano. */
  public static readonly JETSON_NANO = new TargetDevice('jetson_nano');
  /** NVIDIA Jetson Xavier. */
  public static readonly JETSON_XAVIER = new TargetDevice('jetson_xavier');
  /** Raspberry Pi 3 Model B. */
  public static readonly RASP3B = new TargetDevice('rasp3b');
  /** Raspberry Pi 4 Model B. */
  public static readonly RASP4B = new TargetDevice('rasp4b');
  /** The device `imx8qm`. */
  public static readonly IMX8QM = new TargetDevice('imx8qm');
  /**
   * AWS DeepLens.
   *
   * @deprecated AWS has ended DeepLens. Use another device, such as `JETSON_XAVIER`.
   */
  public static readonly DEEPLENS = new TargetDevice('deeplens');
  /** The device `rk3399`. */
  public static readonly RK3399 = new TargetDevice('rk3399');
  /** The device `rk3288`. */
  public static readonly RK3288 = new TargetDevice('rk3288');
  /** The device `aisage`. */
  public static readonly AISAGE = new TargetDevice('aisage');
  /** The device `sbe_c`. */
  public static readonly SBE_C = new TargetDevice('sbe_c');
  /** The device `qcs605`. */
  public static readonly QCS605 = new TargetDevice('qcs605');
  /** The device `qcs603`. */
  public static readonly QCS603 = new TargetDevice('qcs603');
  /** The device `sitara_am57x`. */
  public static readonly SITARA_AM57X = new TargetDevice('sitara_am57x');
  /** The device `amba_cv2`. */
  public static readonly AMBA_CV2 = new TargetDevice('amba_cv2');
  /** The device `amba_cv22`. */
  public static readonly AMBA_CV22 = new TargetDevice('amba_cv22');
  /** The device `amba_cv25`. */
  public static readonly AMBA_CV25 = new TargetDevice('amba_cv25');
  /** Windows on 32-bit x86. */
  public static readonly X86_WIN32 = new TargetDevice('x86_win32');
  /** Windows on 64-bit x86. */
  public static readonly X86_WIN64 = new TargetDevice('x86_win64');
  /** The Core ML format of Apple devices. */
  public static readonly COREML = new TargetDevice('coreml');
  /** The device `jacinto_tda4vm`. */
  public static readonly JACINTO_TDA4VM = new TargetDevice('jacinto_tda4vm');
  /** The device `imx8mplus`. */
  public static readonly IMX8MPLUS = new TargetDevice('imx8mplus');

  /**
   * Returns the device for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): TargetDevice {
    return new TargetDevice(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The operating system of a target platform (`TargetPlatform.Os`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TargetPlatform.html
 */
export class TargetPlatformOs {
  /** Android. */
  public static readonly ANDROID = new TargetPlatformOs('ANDROID');
  /** Linux. */
  public static readonly LINUX = new TargetPlatformOs('LINUX');

  /**
   * Returns the system for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): TargetPlatformOs {
    return new TargetPlatformOs(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The architecture of a target platform (`TargetPlatform.Arch`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TargetPlatform.html
 */
export class TargetPlatformArch {
  /** 64-bit x86. */
  public static readonly X86_64 = new TargetPlatformArch('X86_64');
  /** 32-bit x86. */
  public static readonly X86 = new TargetPlatformArch('X86');
  /** 64-bit ARMv8. */
  public static readonly ARM64 = new TargetPlatformArch('ARM64');
  /** 32-bit ARMv7 for Android. */
  public static readonly ARM_EABI = new TargetPlatformArch('ARM_EABI');
  /** 32-bit ARMv7 with hardware floating point for Linux. */
  public static readonly ARM_EABIHF = new TargetPlatformArch('ARM_EABIHF');

  /**
   * Returns the architecture for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): TargetPlatformArch {
    return new TargetPlatformArch(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The hardware accelerator of a target platform (`TargetPlatform.Accelerator`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TargetPlatform.html
 */
export class TargetPlatformAccelerator {
  /** Intel graphics processors. */
  public static readonly INTEL_GRAPHICS = new TargetPlatformAccelerator('INTEL_GRAPHICS');
  /** ARM Mali graphics processors. */
  public static readonly MALI = new TargetPlatformAccelerator('MALI');
  /** NVIDIA graphics processors. Requires compiler options. */
  public static readonly NVIDIA = new TargetPlatformAccelerator('NVIDIA');
  /** A neural network accelerator. */
  public static readonly NNA = new TargetPlatformAccelerator('NNA');

  /**
   * Returns the accelerator for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): TargetPlatformAccelerator {
    return new TargetPlatformAccelerator(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * A target platform (`TargetPlatform`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TargetPlatform.html
 */
export interface TargetPlatformOptions {
  /** The operating system (`Os`). */
  readonly os: TargetPlatformOs;

  /** The architecture of the processor (`Arch`). */
  readonly arch: TargetPlatformArch;

  /**
   * The hardware accelerator (`Accelerator`).
   *
   * @default - none; the model runs on the processor
   */
  readonly accelerator?: TargetPlatformAccelerator;
}

/** A target as a request contains it: one of the two members. */
export interface CompilationTargetConfig {
  /**
   * The device in the API (`TargetDevice`), such as `ml_c5`.
   *
   * @default - the target is a platform
   */
  readonly targetDevice?: string;

  /**
   * The `TargetPlatform` structure of the API.
   *
   * @default - the target is a device
   */
  readonly targetPlatform?: { [member: string]: any };
}

/**
 * The target of a compilation job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputConfig.html
 */
@typedFactories('CompilationTarget')
export class CompilationTarget {
  /**
   * Returns a target device or instance type (`OutputConfig.TargetDevice`).
   *
   * @param device the device
   */
  public static fromDevice(device: TargetDevice): CompilationTarget {
    return new CompilationTarget({ targetDevice: device.value });
  }

  /**
   * Returns a target platform (`OutputConfig.TargetPlatform`).
   *
   * @param platform the platform
   */
  public static fromPlatform(platform: TargetPlatformOptions): CompilationTarget {
    return new CompilationTarget({
      targetPlatform: { Os: platform.os.value, Arch: platform.arch.value, Accelerator: platform.accelerator?.value },
    });
  }

  private constructor(private readonly config: CompilationTargetConfig) {}

  /**
   * Returns the target as a request contains it.
   *
   * @internal
   */
  public _bind(): CompilationTargetConfig {
    return this.config;
  }
}
