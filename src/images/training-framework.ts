import * as frameworks from './framework-catalog';
import type { FrameworkFacts } from './framework-catalog';
import { choose, type NoImage, type ServiceImage } from './service-image';

/** What the image of a framework computes on. */
export class ImageProcessor {
  /** Instances without accelerators. */
  public static readonly CPU = new ImageProcessor('cpu');
  /** Instances with NVIDIA GPUs. */
  public static readonly GPU = new ImageProcessor('gpu');

  /**
   * A processor by its name in the tags of the images.
   *
   * @param value the name
   */
  public static of(value: string): ImageProcessor {
    return new ImageProcessor(value);
  }

  /** @param value The processor as the tags of the images spell it. */
  private constructor(public readonly value: string) {}

  /** Returns the processor as the tags of the images spell it. */
  public toString(): string {
    return this.value;
  }
}

/** Which of the images of a framework's version it is. */
export interface FrameworkImageOptions {
  /**
   * What the image computes on, which the instance type of the job must have.
   *
   * @default - the only one that there is an image for; where there are several, it must be given
   */
  readonly processor?: ImageProcessor;

  /**
   * The version of Python as the tags spell it, such as `py312`.
   *
   * @default - the only one that the version comes with; where there are several, it must be given
   */
  readonly pythonVersion?: string;

  /**
   * The version of PyTorch or TensorFlow that an image of Hugging Face builds on, such as `2.1.0`.
   *
   * @default - the only one that there is for the version; where there are several, it must be given
   */
  readonly baseVersion?: string;
}

/** A framework whose training images AWS publishes, for `ContainerImage.fromFramework()`. */
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
  /** Scikit-learn. */
  public static readonly SCIKIT_LEARN = new TrainingFramework(frameworks.SCIKIT_LEARN);

  /** The versions that this release knows. For others there are `ContainerImage.fromDlc()` and `fromUri()`. */
  public readonly versions: string[];

  private constructor(private readonly facts: frameworks.FrameworkFacts) {
    this.versions = versionsOf(facts.rows);
  }

  /** The name of the repository that holds the images. */
  public toString(): string {
    return this.facts.repositoryName;
  }

  /** @internal */
  public _image(version: string, options: FrameworkImageOptions = {}): ServiceImage | NoImage {
    return frameworkImage(this.facts, version, { ...options, processor: options.processor?.value });
  }
}

/** What else is said of the image of a framework. */
export interface FrameworkChoice {
  readonly baseVersion?: string;
  readonly processor?: string;
  readonly pythonVersion?: string;
}

/** The image of a framework in a version. */
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
  const python = choose('version of Python', options.pythonVersion, words(row.pythons));
  if ('problem' in python) return python;

  const versions = base ? [base.chosen, `transformers${version}`] : [version];
  const tag = [...versions, processor.chosen, python.chosen, ...row.suffix ? [row.suffix] : []].join('-');
  return { registry, repositoryName, tag, missingIn: row.missingIn };
}

/** All versions of a framework that are known, in their order. */
export function versionsOf(rows: FrameworkFacts['rows']): string[] {
  return [...new Set(rows.flatMap(({ versions }) => words(versions)))];
}

function words(text: string): string[] {
  return text.split(' ');
}
