import { TargetDevice, TargetPlatformAccelerator, TargetPlatformArch, TargetPlatformOs } from './compilation-target-names';

/** A platform by what it consists of (`TargetPlatform` of the API). */
export interface TargetPlatform {
  /** The operating system (`Os`). */
  readonly os: TargetPlatformOs;

  /** The architecture of the processor (`Arch`). */
  readonly arch: TargetPlatformArch;

  /**
   * The accelerator (`Accelerator`).
   *
   * @default - none; the model runs on the processor
   */
  readonly accelerator?: TargetPlatformAccelerator;
}

/** A target as a request names it: one of the two. */
export interface CompilationTargetConfig {
  /**
   * The device by its name in the API (`TargetDevice`), such as `ml_c5`.
   *
   * @default - the target is a platform
   */
  readonly targetDevice?: string;

  /**
   * The structure of the API (`TargetPlatform`).
   *
   * @default - the target is a device
   */
  readonly targetPlatform?: { [member: string]: any };
}

/** What a model is compiled for. */
export abstract class CompilationTarget {
  /**
   * A device or a type of instances (`OutputConfig.TargetDevice`).
   *
   * @param device the device
   */
  public static fromDevice(device: TargetDevice): CompilationTarget {
    return new Target({ targetDevice: device.value });
  }

  /**
   * A platform by operating system, architecture and accelerator (`OutputConfig.TargetPlatform`).
   *
   * @param platform the platform
   */
  public static fromPlatform(platform: TargetPlatform): CompilationTarget {
    return new Target({
      targetPlatform: { Os: platform.os.value, Arch: platform.arch.value, Accelerator: platform.accelerator?.value },
    });
  }

  /** Called when a job uses the target: says how a request names it. */
  public abstract bind(): CompilationTargetConfig;
}

class Target extends CompilationTarget {
  constructor(private readonly config: CompilationTargetConfig) {
    super();
  }

  public bind(): CompilationTargetConfig {
    return this.config;
  }
}
