import { frameworkImage, versionsOf } from './private/images/framework-image';
import * as frameworks from './private/images/frameworks';
import type { NoImage, ServiceImage } from './private/images/service-image';

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

  /** The versions that this release knows. For others there are `ContainerImage.fromDlc()` and `fromRegistry()`. */
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
