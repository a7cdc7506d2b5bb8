import { DLC, type ImageRegistry, OPEN_SOURCE, SPARK as SPARK_REGISTRY } from './image-registries';

/** Versions of a framework with the same variants. Lists are separated by spaces. */
interface FrameworkRow {
  readonly versions: string;
  readonly pythons: string;
  /** Default: cpu gpu. */
  readonly processors?: string;
  readonly missingIn?: readonly string[];
  /** The version of the framework that the Hugging Face image is based on. */
  readonly base?: string;
  /** An additional suffix of the tag. */
  readonly suffix?: string;
}

/** The images of a framework. */
export interface FrameworkFacts {
  readonly registry: ImageRegistry;
  readonly repositoryName: string;
  readonly rows: readonly FrameworkRow[];
}

// Source of all versions and Regions: image_uri_config of aws/sagemaker-python-sdk, as of 2026-08-21.
const ISOF = ['us-isof-east-1', 'us-isof-south-1'];
const ISO = ['us-iso-east-1', 'us-isob-east-1', ...ISOF];
const NEWEST = ['ap-east-2', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'mx-central-1', ...ISOF];
const NEWER = ['ap-south-2', 'ap-southeast-4', 'eu-central-2', 'eu-south-2', ...NEWEST];
const CHINA_AND_NEWEST = ['cn-north-1', 'cn-northwest-1', ...NEWEST];
const CHINA_AND_NEWER = ['ap-south-2', 'eu-central-2', 'eu-south-2', 'me-central-1', ...CHINA_AND_NEWEST];

export const PYTORCH: FrameworkFacts = {
  registry: DLC,
  repositoryName: 'pytorch-training',
  rows: [
    { versions: '1.2.0 1.3.1', pythons: 'py2 py3', missingIn: ISOF },
    { versions: '1.4.0', pythons: 'py2 py3 py36', missingIn: ISOF },
    { versions: '1.5.0 1.6.0 1.7.1 1.8.0 1.8.1', pythons: 'py3 py36', missingIn: ISOF },
    { versions: '1.9.0 1.9.1 1.10.0 1.10.2 1.11.0 1.12.0 1.12.1', pythons: 'py38', missingIn: ISOF },
    { versions: '1.13.1', pythons: 'py39', missingIn: ISOF },
    { versions: '2.0.0 2.0.1', pythons: 'py310', missingIn: ISOF },
    { versions: '2.1.0 2.2.0', pythons: 'py310' },
    { versions: '2.3.0', pythons: 'py311' },
    { versions: '2.4.0 2.5.1', pythons: 'py311', missingIn: ISO },
    { versions: '2.6.0 2.7.1 2.8.0', pythons: 'py312', missingIn: ISO },
  ],
};

export const TENSORFLOW: FrameworkFacts = {
  registry: DLC,
  repositoryName: 'tensorflow-training',
  rows: [
    { versions: '1.13.1', pythons: 'py3', missingIn: NEWEST },
    { versions: '1.14.0 1.15.0', pythons: 'py2 py3', missingIn: ISOF },
    { versions: '1.15.2 1.15.3', pythons: 'py2 py3 py37', missingIn: ISOF },
    { versions: '1.15.4 1.15.5', pythons: 'py3 py36 py37', missingIn: ISOF },
    { versions: '2.0.0 2.0.1 2.0.2', pythons: 'py2 py3', missingIn: ISOF },
    { versions: '2.0.3 2.0.4', pythons: 'py3 py36', missingIn: ISOF },
    { versions: '2.1.0 2.1.1', pythons: 'py2 py3', missingIn: ISOF },
    { versions: '2.1.2 2.1.3', pythons: 'py3 py36', missingIn: ISOF },
    { versions: '2.2.0 2.2.1 2.2.2 2.3.0 2.3.1 2.3.2 2.4.1 2.4.3 2.5.0 2.5.1', pythons: 'py37', missingIn: ISOF },
    { versions: '2.6.0 2.6.2 2.6.3 2.7.1', pythons: 'py38', missingIn: ISOF },
    { versions: '2.8.0 2.9.2 2.10.1 2.11.0', pythons: 'py39', missingIn: ISOF },
    { versions: '2.12.0', pythons: 'py310', missingIn: ISO },
    { versions: '2.13.0 2.14.1', pythons: 'py310' },
    { versions: '2.16.2 2.18.0', pythons: 'py310', missingIn: ISO },
    { versions: '2.19.0', pythons: 'py312', missingIn: ISO },
  ],
};

export const MXNET: FrameworkFacts = {
  registry: DLC,
  repositoryName: 'mxnet-training',
  rows: [
    { versions: '1.4.1', pythons: 'py3', missingIn: NEWEST },
    { versions: '1.6.0', pythons: 'py2 py3', missingIn: NEWEST },
    { versions: '1.7.0', pythons: 'py3', missingIn: NEWEST },
    { versions: '1.8.0', pythons: 'py37', missingIn: NEWEST },
    { versions: '1.9.0', pythons: 'py38', missingIn: NEWEST },
  ],
};

export const AUTOGLUON: FrameworkFacts = {
  registry: DLC,
  repositoryName: 'autogluon-training',
  rows: [
    { versions: '0.3.1', pythons: 'py37', missingIn: CHINA_AND_NEWEST },
    { versions: '0.3.2 0.4.0 0.4.2 0.4.3 0.5.2', pythons: 'py38', missingIn: CHINA_AND_NEWEST },
    { versions: '0.6.1 0.6.2', pythons: 'py38', missingIn: CHINA_AND_NEWER },
    { versions: '0.7.0 0.8.2', pythons: 'py39', missingIn: CHINA_AND_NEWER },
    { versions: '1.0.0 1.1.0', pythons: 'py310', missingIn: CHINA_AND_NEWER },
    { versions: '1.1.1 1.2.0 1.3.0 1.4.0 1.5.0', pythons: 'py311', missingIn: CHINA_AND_NEWER },
  ],
};

const HUGGING_FACE = { processors: 'gpu', missingIn: NEWEST };
const HUGGING_FACE_SINCE_4_26 = { processors: 'gpu', missingIn: NEWER };

export const HUGGING_FACE_PYTORCH: FrameworkFacts = {
  registry: DLC,
  repositoryName: 'huggingface-pytorch-training',
  rows: [
    { ...HUGGING_FACE, versions: '4.4.2 4.5.0', base: '1.6.0', pythons: 'py36' },
    { ...HUGGING_FACE, versions: '4.6.1', base: '1.6.0', pythons: 'py36', suffix: 'cu110-ubuntu18.04' },
    { ...HUGGING_FACE, versions: '4.6.1', base: '1.7.1', pythons: 'py36', suffix: 'cu110-ubuntu18.04' },
    { ...HUGGING_FACE, versions: '4.6.1', base: '1.8.1', pythons: 'py36', suffix: 'cu111-ubuntu18.04' },
    { ...HUGGING_FACE, versions: '4.10.2', base: '1.8.1', pythons: 'py36', suffix: 'cu110-ubuntu18.04' },
    { ...HUGGING_FACE, versions: '4.10.2 4.11.0', base: '1.9.0', pythons: 'py38', suffix: 'cu111-ubuntu20.04' },
    { ...HUGGING_FACE, versions: '4.12.3', base: '1.9.1', pythons: 'py38', suffix: 'cu111-ubuntu20.04' },
    { ...HUGGING_FACE, versions: '4.17.0', base: '1.10.2', pythons: 'py38', suffix: 'cu113-ubuntu20.04' },
    { ...HUGGING_FACE_SINCE_4_26, versions: '4.26.0', base: '1.13.1', pythons: 'py39', suffix: 'cu117-ubuntu20.04' },
    { ...HUGGING_FACE_SINCE_4_26, versions: '4.28.1', base: '2.0.0', pythons: 'py310', suffix: 'cu118-ubuntu20.04' },
    { ...HUGGING_FACE_SINCE_4_26, versions: '4.36.0', base: '2.1.0', pythons: 'py310', suffix: 'cu121-ubuntu20.04' },
    { ...HUGGING_FACE_SINCE_4_26, versions: '4.46.1 4.48.0', base: '2.3.0', pythons: 'py311', suffix: 'cu121-ubuntu20.04' },
    { ...HUGGING_FACE_SINCE_4_26, versions: '4.49.0', base: '2.5.1', pythons: 'py311', suffix: 'cu124-ubuntu22.04' },
    { ...HUGGING_FACE_SINCE_4_26, versions: '4.55.0', base: '2.7.1', pythons: 'py312', suffix: 'cu128-ubuntu22.04' },
    { ...HUGGING_FACE_SINCE_4_26, versions: '4.56.2', base: '2.8.0', pythons: 'py312', suffix: 'cu129-ubuntu22.04' },
    { ...HUGGING_FACE_SINCE_4_26, versions: '5.3.0', base: '2.9.0', pythons: 'py312', suffix: 'cu130-ubuntu22.04' },
  ],
};

export const HUGGING_FACE_TENSORFLOW: FrameworkFacts = {
  registry: DLC,
  repositoryName: 'huggingface-tensorflow-training',
  rows: [
    { ...HUGGING_FACE, versions: '4.4.2 4.5.0', base: '2.4.1', pythons: 'py37' },
    { ...HUGGING_FACE, versions: '4.6.1 4.10.2', base: '2.4.1', pythons: 'py37', suffix: 'cu110-ubuntu18.04' },
    { ...HUGGING_FACE, versions: '4.10.2 4.11.0 4.12.3', base: '2.5.1', pythons: 'py37', suffix: 'cu112-ubuntu18.04' },
    { ...HUGGING_FACE, versions: '4.17.0', base: '2.6.3', pythons: 'py38', suffix: 'cu112-ubuntu20.04' },
  ],
};

export const SCIKIT_LEARN: FrameworkFacts = {
  registry: OPEN_SOURCE,
  repositoryName: 'sagemaker-scikit-learn',
  rows: [{ versions: '0.20.0 0.23-1 1.0-1 1.2-1 1.4-2 1.4-2-py312', pythons: 'py3', processors: 'cpu' }],
};

/** The tags of Spark images contain the version of Python only together with the version of the image. */
export const SPARK: FrameworkFacts = {
  registry: SPARK_REGISTRY,
  repositoryName: 'sagemaker-spark-processing',
  rows: [
    { versions: '2.4 3.0 3.1', pythons: 'py37', processors: 'cpu' },
    { versions: '3.2 3.3', pythons: 'py39', processors: 'cpu' },
    { versions: '3.5', pythons: 'py39 py312', processors: 'cpu' },
  ],
};
