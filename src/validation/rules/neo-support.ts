/** The versions of a framework that Neo supports: a list, or all versions up to one. */
export type SupportedVersions = { readonly each: readonly string[] } | { readonly upTo: string } | 'any';

/** The frameworks that Neo supports for a kind of target. */
export interface TargetSupport {
  /** The name of the device or platform in messages. */
  readonly target: string;
  readonly frameworks: { readonly [framework: string]: SupportedVersions };
}

// Sources: "Supported Instance Types and Frameworks" (neo-supported-cloud) and "Supported Frameworks"
// (neo-supported-devices-edge-frameworks) of the Amazon SageMaker Developer Guide. Nothing is documented about Inferentia2 and
// Trainium.

export const CLOUD_INSTANCES: TargetSupport = {
  target: 'CPU and GPU instances',
  frameworks: {
    MXNET: { upTo: '1.8' },
    ONNX: 'any',
    KERAS: 'any',
    PYTORCH: { each: ['1.4', '1.5', '1.6', '1.7', '1.8', '1.12', '1.13', '2.0'] },
    TENSORFLOW: { each: ['1.15', '2.9'] },
    XGBOOST: 'any',
  },
};

export const INFERENTIA: TargetSupport = {
  target: 'AWS Inferentia',
  frameworks: {
    MXNET: { upTo: '1.8' },
    PYTORCH: { upTo: '1.9' },
    TENSORFLOW: { upTo: '2.5' },
  },
};

export const EDGE_DEVICES: TargetSupport = {
  target: 'edge devices',
  frameworks: {
    MXNET: { upTo: '1.8' },
    ONNX: 'any',
    KERAS: 'any',
    PYTORCH: { upTo: '1.8' },
    TENSORFLOW: { upTo: '2.4' },
    TFLITE: { upTo: '1.15' },
    XGBOOST: 'any',
    DARKNET: 'any',
  },
};

/** Returns the frameworks that Neo supports for a target device. Undefined if nothing is documented. */
export function supportOf(targetDevice: string): TargetSupport | undefined {
  if (targetDevice === 'ml_inf1') return INFERENTIA;
  if (/^ml_[cmpg]\d/.test(targetDevice)) return CLOUD_INSTANCES;
  return targetDevice.startsWith('ml_') || targetDevice === 'lambda' || targetDevice === 'coreml' ? undefined : EDGE_DEVICES;
}

/** Whether Neo supports a version of a framework. */
export function isSupported(versions: SupportedVersions, version: string): boolean {
  if (versions === 'any') return true;
  if ('each' in versions) return versions.each.includes(minorOf(version));
  return compare(version, versions.upTo) <= 0;
}

/** Renders the versions in messages. */
export function versionsInWords(versions: SupportedVersions): string {
  if (versions === 'any') return 'any';
  return 'each' in versions ? versions.each.join(', ') : `${versions.upTo} and earlier`;
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function compare(version: string, other: string): number {
  const [a, b] = [version, other].map((each) => minorOf(each).split('.').map(Number));
  return a[0] - b[0] || (a[1] ?? 0) - (b[1] ?? 0);
}
