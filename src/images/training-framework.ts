import * as frameworks from './framework-catalog';
import type { FrameworkFacts } from './framework-catalog';
import { choose, type NoImage, type ServiceImage } from './service-image';

/** The processor type of a framework image. */
export class ProcessorType {
  /** Instances without accelerators. */
  public static readonly CPU = new ProcessorType('cpu');
  /** Instances with NVIDIA GPUs. */
  public static readonly GPU = new ProcessorType('gpu');

  /**
   * Returns the processor type for a value in the tags of the images, including values that are newer than this release.
   *
   * @param value the value
   */
  public static of(value: string): ProcessorType {
    return new ProcessorType(value);
  }

  /** @param value The value in the tags of the images. */
  private constructor(public readonly value: string) {}

  /** Returns the value in the tags of the images. */
  public toString(): string {
    return this.value;
  }
}

/** The variant of a framework image. */
export interface FrameworkImageOptions {
  /**
   * The processor type of the image, which must match the instance type of the job.
   *
   * @default - the only processor type of the version; required if there are several
   */
  readonly processor?: ProcessorType;

  /**
   * The Python version as in the tags, such as `py312`.
   *
   * @default - the only Python version of the version; required if there are several
   */
  readonly pythonVersion?: string;

  /**
   * The version of PyTorch or TensorFlow that a Hugging Face image is based on, such as `2.1.0`.
   *
   * @default - the only one of the version; required if there are several
   */
  readonly baseVersion?: string;
}

/** The exact image of a version of Spark. */
export interface SparkImageOptions {
  /**
   * The Python version as in the tags, such as `py312`. Requires `imageVersion` if the version of Spark has several.
   *
   * @default - the only Python version of the version; otherwise the default of the image
   */
  readonly pythonVersion?: string;

  /**
   * The version of the image as in the tags, without the `v`, such as `1.0`.
   *
   * @default - the latest image of the version; a new one does not run a job again
   */
  readonly imageVersion?: string;
}

/** Returns the image of a version of Spark. */
export function sparkImage(version: string, { imageVersion, pythonVersion }: SparkImageOptions = {}): ServiceImage | NoImage {
  const { registry, repositoryName, rows } = frameworks.SPARK;
  const found = choose('version', version, versionsOf(rows));
  if ('problem' in found) return found;
  if (imageVersion === undefined) {
    return pythonVersion === undefined ? { registry, repositoryName, tag: `${version}-cpu` } : { problem: 'requires an `imageVersion` for a Python version' };
  }
  const image = frameworkImage(frameworks.SPARK, version, { pythonVersion });
  return 'problem' in image ? image : { ...image, tag: `${image.tag}-v${imageVersion}` };
}

/** A framework with training images from AWS, for `ContainerImage.fromFramework()`. */
export class TrainingFramework {
  /** PyTorch. */
  public static readonly PYTORCH = new TrainingFramework(frameworks.PYTORCH);
  /** TensorFlow. */
  public static readonly TENSORFLOW = new TrainingFramework(frameworks.TENSORFLOW);
  /** Hugging Face Transformers on PyTorch. */
  public static readonly HUGGING_FACE_PYTORCH = new TrainingFramework(frameworks.HUGGING_FACE_PYTORCH);
  /** Hugging Face Transformers on TensorFlow. */
  public static readonly HUGGING_FACE_TENSORFLOW = new TrainingFramework(frameworks.HUGGING_FACE_TENSORFLOW);
  /** Apache MXNet. */
  public static readonly MXNET = new TrainingFramework(frameworks.MXNET);
  /** AutoGluon. */
  public static readonly AUTOGLUON = new TrainingFramework(frameworks.AUTOGLUON);
  /** Scikit-learn, also for processing jobs. */
  public static readonly SCIKIT_LEARN = new TrainingFramework(frameworks.SCIKIT_LEARN);

  /** The versions that are available in this release. For others, use `ContainerImage.fromDlc()` or `fromUri()`. */
  public readonly versions: string[];

  private constructor(private readonly facts: frameworks.FrameworkFacts) {
    this.versions = versionsOf(facts.rows);
  }

  /** Returns the name of the framework's repository. */
  public toString(): string {
    return this.facts.repositoryName;
  }

  /** @internal */
  public _image(version: string, options: FrameworkImageOptions = {}): ServiceImage | NoImage {
    return frameworkImage(this.facts, version, { ...options, processor: options.processor?.value });
  }
}

/** The variant of a framework image. */
export interface FrameworkChoice {
  readonly baseVersion?: string;
  readonly processor?: string;
  readonly pythonVersion?: string;
}

/** Returns the image of a version of a framework. */
export function frameworkImage(facts: FrameworkFacts, version: string, options: FrameworkChoice): ServiceImage | NoImage {
  const { registry, repositoryName, rows } = facts;
  const found = choose('version', version, versionsOf(rows));
  if ('problem' in found) return found;
  const ofVersion = rows.filter(({ versions }) => words(versions).includes(version));

  const bases = ofVersion.flatMap(({ base }) => base ?? []);
  const base = bases.length > 0 || options.baseVersion !== undefined ? choose('base version', options.baseVersion, bases) : undefined;
  if (base && 'problem' in base) return base;
  const row = ofVersion.find((each) => each.base === base?.chosen)!;
  const processor = choose('processor', options.processor, words(row.processors ?? 'cpu gpu'));
  if ('problem' in processor) return processor;
  const python = choose('Python version', options.pythonVersion, words(row.pythons));
  if ('problem' in python) return python;

  const versions = base ? [base.chosen, `transformers${version}`] : [version];
  const tag = [...versions, processor.chosen, python.chosen, ...row.suffix ? [row.suffix] : []].join('-');
  return { registry, repositoryName, tag, missingIn: row.missingIn };
}

/** The available versions of a framework, in order. */
export function versionsOf(rows: FrameworkFacts['rows']): string[] {
  return [...new Set(rows.flatMap(({ versions }) => words(versions)))];
}

function words(text: string): string[] {
  return text.split(' ');
}
