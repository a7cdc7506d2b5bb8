/**
 * The platform of a notebook instance (`PlatformIdentifier`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html
 */
export class NotebookInstancePlatformIdentifier {
  /**
   * Amazon Linux with JupyterLab 1.
   *
   * @deprecated AWS no longer supports it. Use `NOTEBOOK_AL2023_V1`.
   */
  public static readonly NOTEBOOK_AL1_V1 = new NotebookInstancePlatformIdentifier('notebook-al1-v1');
  /**
   * Amazon Linux 2 with JupyterLab 1.
   *
   * @deprecated AWS no longer supports it. Use `NOTEBOOK_AL2023_V1`.
   */
  public static readonly NOTEBOOK_AL2_V1 = new NotebookInstancePlatformIdentifier('notebook-al2-v1');
  /**
   * Amazon Linux 2 with JupyterLab 3.
   *
   * @deprecated AWS no longer supports it. Use `NOTEBOOK_AL2023_V1`.
   */
  public static readonly NOTEBOOK_AL2_V2 = new NotebookInstancePlatformIdentifier('notebook-al2-v2');
  /**
   * Amazon Linux 2 with JupyterLab 4.
   *
   * @deprecated AWS no longer supports it. Use `NOTEBOOK_AL2023_V1`.
   */
  public static readonly NOTEBOOK_AL2_V3 = new NotebookInstancePlatformIdentifier('notebook-al2-v3');
  /** Amazon Linux 2023 with JupyterLab 4. */
  public static readonly NOTEBOOK_AL2023_V1 = new NotebookInstancePlatformIdentifier('notebook-al2023-v1');

  /**
   * Returns the platform for a value of the API, including values that are newer than this release.
   *
   * @param value the value, at most 20 characters, or a token
   */
  public static of(value: string): NotebookInstancePlatformIdentifier {
    return new NotebookInstancePlatformIdentifier(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The IP address type of a notebook instance (`IpAddressType`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html
 */
export class NotebookInstanceIpAddressType {
  /** IPv4 only. */
  public static readonly IPV4 = new NotebookInstanceIpAddressType('ipv4');
  /** IPv4 and IPv6. Requires a subnet with IPv6 addresses. */
  public static readonly DUALSTACK = new NotebookInstanceIpAddressType('dualstack');

  /**
   * Returns the type for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): NotebookInstanceIpAddressType {
    return new NotebookInstanceIpAddressType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The minimum version of the instance metadata service (`MinimumInstanceMetadataServiceVersion`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstanceMetadataServiceConfiguration.html
 */
export class NotebookInstanceMetadataServiceVersion {
  /**
   * IMDSv1 and IMDSv2. IMDSv1 requests need no session token, so server-side request forgery can expose the credentials of the
   * role.
   */
  public static readonly V1 = new NotebookInstanceMetadataServiceVersion('1');
  /** IMDSv2 only. Requests need a session token. */
  public static readonly V2 = new NotebookInstanceMetadataServiceVersion('2');

  /**
   * Returns the version for a value of the API, including values that are newer than this release.
   *
   * @param value the value, one character, or a token
   */
  public static of(value: string): NotebookInstanceMetadataServiceVersion {
    return new NotebookInstanceMetadataServiceVersion(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * An Elastic Inference accelerator (`AcceleratorTypes`). The API still contains the member, but SageMaker rejects it for new
 * instances.
 *
 * @deprecated AWS has ended Elastic Inference. Use an `instanceType` with a GPU.
 */
export class NotebookInstanceAcceleratorType {
  /** `ml.eia1.medium` */
  public static readonly ML_EIA1_MEDIUM = new NotebookInstanceAcceleratorType('ml.eia1.medium');
  /** `ml.eia1.large` */
  public static readonly ML_EIA1_LARGE = new NotebookInstanceAcceleratorType('ml.eia1.large');
  /** `ml.eia1.xlarge` */
  public static readonly ML_EIA1_XLARGE = new NotebookInstanceAcceleratorType('ml.eia1.xlarge');
  /** `ml.eia2.medium` */
  public static readonly ML_EIA2_MEDIUM = new NotebookInstanceAcceleratorType('ml.eia2.medium');
  /** `ml.eia2.large` */
  public static readonly ML_EIA2_LARGE = new NotebookInstanceAcceleratorType('ml.eia2.large');
  /** `ml.eia2.xlarge` */
  public static readonly ML_EIA2_XLARGE = new NotebookInstanceAcceleratorType('ml.eia2.xlarge');

  /**
   * Returns the accelerator for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): NotebookInstanceAcceleratorType {
    return new NotebookInstanceAcceleratorType(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/** The state of a notebook instance at the end of a deployment. */
export enum NotebookInstanceDesiredState {
  /** The instance runs. */
  IN_SERVICE = 'IN_SERVICE',
  /** The instance is stopped. Only its volume incurs costs. */
  STOPPED = 'STOPPED',
}
