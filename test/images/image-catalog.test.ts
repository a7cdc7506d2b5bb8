import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { BuiltInAlgorithm, ContainerImage, FrameworkImageOptions, ProcessorType, TrainingFramework } from '../../src';
import { actionsOf, statementsOf } from '../fixtures/synth';

const { CPU, GPU } = ProcessorType;

function stackIn(region?: string, context?: { [key: string]: unknown }): Stack {
  return new Stack(new App({ context }), 'Stack', region ? { env: { account: '111122223333', region } } : {});
}

function bindIn(stack: Stack, ...images: ContainerImage[]) {
  const grantee = new iam.Role(stack, 'User', { assumedBy: new iam.AnyPrincipal() });
  return images.map((image) => stack.resolve(image.bind(stack, { grantee })));
}

function boundIn(region: string, image: ContainerImage) {
  return bindIn(stackIn(region), image)[0];
}

/** The accounts of the only mapping of a template, by their regions. */
function mappedAccounts(stack: Stack): { [region: string]: string } {
  const [mapping] = Object.values(Template.fromStack(stack).findMappings('*'));
  return Object.fromEntries(Object.entries(mapping).map(([region, { account }]) => [region, account]));
}

test.each<[BuiltInAlgorithm, string | undefined, string, string]>([
  [BuiltInAlgorithm.XGBOOST, '1.7-1', 'us-west-2', '246618743249.dkr.ecr.us-west-2.amazonaws.com/sagemaker-xgboost:1.7-1'],
  [BuiltInAlgorithm.XGBOOST, '1.7-1', 'cn-north-1', '450853457545.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-xgboost:1.7-1'],
  [BuiltInAlgorithm.XGBOOST, '1.0-1', 'us-east-1', '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.0-1-cpu-py3'],
  [BuiltInAlgorithm.XGBOOST, '1', 'eu-west-1', '685385470294.dkr.ecr.eu-west-1.amazonaws.com/xgboost:1'],
  [BuiltInAlgorithm.LINEAR_LEARNER, undefined, 'us-east-1', '382416733822.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1'],
  [BuiltInAlgorithm.K_MEANS, undefined, 'us-west-2', '174872318107.dkr.ecr.us-west-2.amazonaws.com/kmeans:1'],
  [BuiltInAlgorithm.K_NN, undefined, 'us-gov-west-1', '226302683700.dkr.ecr.us-gov-west-1.amazonaws.com/knn:1'],
  [BuiltInAlgorithm.PCA, undefined, 'eu-central-1', '664544806723.dkr.ecr.eu-central-1.amazonaws.com/pca:1'],
  [BuiltInAlgorithm.LDA, undefined, 'us-east-1', '766337827248.dkr.ecr.us-east-1.amazonaws.com/lda:1'],
  [BuiltInAlgorithm.NTM, undefined, 'ap-south-1', '991648021394.dkr.ecr.ap-south-1.amazonaws.com/ntm:1'],
  [BuiltInAlgorithm.BLAZING_TEXT, undefined, 'us-east-1', '811284229777.dkr.ecr.us-east-1.amazonaws.com/blazingtext:1'],
  [BuiltInAlgorithm.OBJECT_DETECTION, undefined, 'us-east-2', '825641698319.dkr.ecr.us-east-2.amazonaws.com/object-detection:1'],
  [BuiltInAlgorithm.IMAGE_CLASSIFICATION, undefined, 'us-west-2', '433757028032.dkr.ecr.us-west-2.amazonaws.com/image-classification:1'],
  [BuiltInAlgorithm.SEMANTIC_SEGMENTATION, undefined, 'eu-west-1', '685385470294.dkr.ecr.eu-west-1.amazonaws.com/semantic-segmentation:1'],
  [BuiltInAlgorithm.SEQ2SEQ, undefined, 'us-east-1', '811284229777.dkr.ecr.us-east-1.amazonaws.com/seq2seq:1'],
  [BuiltInAlgorithm.OBJECT2VEC, undefined, 'us-east-1', '382416733822.dkr.ecr.us-east-1.amazonaws.com/object2vec:1'],
  [BuiltInAlgorithm.IP_INSIGHTS, undefined, 'us-iso-east-1', '490574956308.dkr.ecr.us-iso-east-1.c2s.ic.gov/ipinsights:1'],
  [BuiltInAlgorithm.FACTORIZATION_MACHINES, undefined, 'us-west-2', '174872318107.dkr.ecr.us-west-2.amazonaws.com/factorization-machines:1'],
  [BuiltInAlgorithm.DEEP_AR, undefined, 'us-east-1', '522234722520.dkr.ecr.us-east-1.amazonaws.com/forecasting-deepar:1'],
  [BuiltInAlgorithm.RANDOM_CUT_FOREST, undefined, 'us-east-1', '382416733822.dkr.ecr.us-east-1.amazonaws.com/randomcutforest:1'],
])('the image of %s %s in %s', (algorithm, version, region, imageUri) => {
  expect(boundIn(region, ContainerImage.fromBuiltInAlgorithm(algorithm, { version }))).toEqual({ imageUri });
});

test.each<[TrainingFramework, string, FrameworkImageOptions, string, string]>([
  [TrainingFramework.PYTORCH, '2.6.0', { processor: GPU }, 'us-east-1', '763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.6.0-gpu-py312'],
  [TrainingFramework.PYTORCH, '1.8.1', { processor: CPU, pythonVersion: 'py36' }, 'cn-northwest-1', '727897471807.dkr.ecr.cn-northwest-1.amazonaws.com.cn/pytorch-training:1.8.1-cpu-py36'],
  [TrainingFramework.TENSORFLOW, '2.11.0', { processor: CPU }, 'us-gov-west-1', '442386744353.dkr.ecr.us-gov-west-1.amazonaws.com/tensorflow-training:2.11.0-cpu-py39'],
  [TrainingFramework.HUGGING_FACE_PYTORCH, '4.36.0', {}, 'us-east-1', '763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-training:2.1.0-transformers4.36.0-gpu-py310-cu121-ubuntu20.04'],
  [TrainingFramework.HUGGING_FACE_PYTORCH, '4.6.1', { baseVersion: '1.7.1' }, 'us-east-1', '763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-training:1.7.1-transformers4.6.1-gpu-py36-cu110-ubuntu18.04'],
  [TrainingFramework.HUGGING_FACE_TENSORFLOW, '4.17.0', {}, 'eu-west-1', '763104351884.dkr.ecr.eu-west-1.amazonaws.com/huggingface-tensorflow-training:2.6.3-transformers4.17.0-gpu-py38-cu112-ubuntu20.04'],
  [TrainingFramework.MXNET, '1.9.0', { processor: GPU }, 'af-south-1', '626614931356.dkr.ecr.af-south-1.amazonaws.com/mxnet-training:1.9.0-gpu-py38'],
  [TrainingFramework.AUTOGLUON, '1.1.1', { processor: CPU }, 'us-west-2', '763104351884.dkr.ecr.us-west-2.amazonaws.com/autogluon-training:1.1.1-cpu-py311'],
  [TrainingFramework.SCIKIT_LEARN, '1.2-1', {}, 'us-west-2', '246618743249.dkr.ecr.us-west-2.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3'],
])('the image of %s %s', (framework, version, options, region, imageUri) => {
  expect(boundIn(region, ContainerImage.fromFramework(framework, version, options))).toEqual({ imageUri });
});

test.each([
  ['us-east-1', '503895931360.dkr.ecr.us-east-1.amazonaws.com/sagemaker-debugger-rules:latest'],
  ['cn-north-1', '618459771430.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-debugger-rules:latest'],
])('the evaluator of the rules of Debugger in %s', (region, imageUri) => {
  expect(boundIn(region, ContainerImage.fromDebuggerRules())).toEqual({ imageUri });
});

test.each<[string, ContainerImage, string, string]>([
  ['Spark', ContainerImage.fromSpark('3.5'), 'ap-southeast-7', '471112967968.dkr.ecr.ap-southeast-7.amazonaws.com/sagemaker-spark-processing:3.5-cpu'],
  ['a build of Spark', ContainerImage.fromSpark('3.5', { pythonVersion: 'py312', imageVersion: '1.0' }), 'eu-west-1',
    '571004829621.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-spark-processing:3.5-cpu-py312-v1.0'],
  ['a build of Spark with one Python', ContainerImage.fromSpark('3.3', { imageVersion: '1' }), 'eu-west-1',
    '571004829621.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-spark-processing:3.3-cpu-py39-v1'],
  ['Clarify', ContainerImage.fromClarify(), 'us-west-2', '306415355426.dkr.ecr.us-west-2.amazonaws.com/sagemaker-clarify-processing:1.0'],
  ['Model Monitor', ContainerImage.fromModelMonitor(), 'us-east-1', '156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer:latest'],
])('the image of %s for processing', (_name, image, region, imageUri) => {
  expect(boundIn(region, image)).toEqual({ imageUri });
});

test('a version that is newer than this library is specified once', () => {
  const image = ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.XGBOOST.withVersion('9.0-1'));

  expect(boundIn('us-east-1', image).imageUri).toBe('683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:9.0-1');
});

test('whoever uses an image may pull from its repository in the account of AWS, and from no other', () => {
  const stack = stackIn('us-west-2');
  bindIn(stack, ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.XGBOOST, { version: '1.7-1' }));
  const template = Template.fromStack(stack);

  expect(actionsOf(template, 'User')).toEqual([
    'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer',
  ]);
  const pull = statementsOf(template, 'User').find(({ Action }) => Action.includes('ecr:BatchGetImage'));
  expect(pull.Resource).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:us-west-2:246618743249:repository/sagemaker-xgboost']],
  });
});

describe('where the region is not known at synthesis', () => {
  test('the account comes from a mapping by the region', () => {
    const stack = stackIn();
    const [{ imageUri }] = bindIn(stack, ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.K_MEANS));

    expect(imageUri).toEqual({
      'Fn::Join': ['', [
        { 'Fn::FindInMap': ['SageMakerAlgorithmsAccounts', { Ref: 'AWS::Region' }, 'account'] },
        '.dkr.ecr.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/kmeans:1',
      ]],
    });
    expect(mappedAccounts(stack)).toMatchObject({ 'us-east-1': '382416733822', 'cn-north-1': '390948362332', 'us-iso-east-1': '490574956308' });
  });

  test('the images of a registry share a mapping, and each registry has its own', () => {
    const stack = stackIn();
    bindIn(
      stack,
      ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.K_MEANS),
      ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.PCA),
      ContainerImage.fromFramework(TrainingFramework.PYTORCH, '2.6.0', { processor: GPU }),
      ContainerImage.fromDlc('pytorch-training', '2.9.0-gpu-py312'),
    );

    expect(Object.keys(Template.fromStack(stack).findMappings('*'))).toEqual(['SageMakerAlgorithmsAccounts', 'SageMakerDlcAccounts']);
  });

  test('the mapping has only regions that have one of the images', () => {
    const stack = stackIn();
    bindIn(stack, ContainerImage.fromFramework(TrainingFramework.AUTOGLUON, '1.1.1', { processor: CPU }));

    const regions = Object.keys(mappedAccounts(stack));
    expect(regions).toContain('us-east-1');
    expect(regions).not.toContain('cn-north-1');
  });

  test('the mapping has only regions of the partitions that the app is for', () => {
    const stack = stackIn(undefined, { '@aws-cdk/core:target-partitions': ['aws-us-gov'] });
    bindIn(stack, ContainerImage.fromDebuggerRules());

    expect(mappedAccounts(stack)).toEqual({ 'us-gov-west-1': '515509971035' });
  });
});

test.each<[string, string, ContainerImage, RegExp]>([
  ['a version of an algorithm', 'us-east-1', ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.XGBOOST, { version: '9.9' }),
    /^unknown version '9\.9'; available: 1, 0\.90-1, .*1\.7-1, 3\.0-5, 3\.2-0$/],
  ['a version where there are several', 'us-east-1', ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.XGBOOST),
    /^requires a version; available: 1, 0\.90-1, .*$/],
  ['a region', 'eu-north-1', ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.LDA),
    /^lda:1 is not available in the Region eu-north-1; available: ap-northeast-1, .*, us-west-2$/],
  ['a region for a version', 'il-central-1', ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.XGBOOST, { version: '1' }),
    /^xgboost:1 is not available in the Region il-central-1; available: af-south-1, .*$/],
  ['a region for Deep Learning Containers', 'mars-north-1', ContainerImage.fromDlc('pytorch-training', '2.6.0-gpu-py312'),
    /^pytorch-training:2\.6\.0-gpu-py312 is not available in the Region mars-north-1; available: af-south-1, .*$/],
  ['a version of a framework', 'us-east-1', ContainerImage.fromFramework(TrainingFramework.MXNET, '2.0.0'),
    /^unknown version '2\.0\.0'; available: 1\.4\.1, 1\.6\.0, 1\.7\.0, 1\.8\.0, 1\.9\.0$/],
  ['a processor', 'us-east-1', ContainerImage.fromFramework(TrainingFramework.PYTORCH, '2.6.0'),
    /^requires a processor; available: cpu, gpu$/],
  ['a processor that an image is for', 'us-east-1', ContainerImage.fromFramework(TrainingFramework.HUGGING_FACE_PYTORCH, '4.36.0', { processor: CPU }),
    /^unknown processor 'cpu'; available: gpu$/],
  ['a version of Python', 'us-east-1', ContainerImage.fromFramework(TrainingFramework.PYTORCH, '1.4.0', { processor: CPU }),
    /^requires a Python version; available: py2, py3, py36$/],
  ['a version of Spark', 'us-east-1', ContainerImage.fromSpark('2.3'), /^unknown version '2\.3'; available: 2\.4, 3\.0, 3\.1, 3\.2, 3\.3, 3\.5$/],
  ['a version of Python of an exact Spark image', 'us-east-1', ContainerImage.fromSpark('3.5', { imageVersion: '1.0' }), /^requires a Python version; available: py39, py312$/],
  ['an exact Spark image for a version of Python', 'us-east-1', ContainerImage.fromSpark('3.5', { pythonVersion: 'py39' }), /^requires an `imageVersion` for a Python version$/],
  ['a base version', 'us-east-1', ContainerImage.fromFramework(TrainingFramework.HUGGING_FACE_PYTORCH, '4.6.1'),
    /^requires a base version; available: 1\.6\.0, 1\.7\.1, 1\.8\.1$/],
  ['no base version', 'us-east-1', ContainerImage.fromFramework(TrainingFramework.PYTORCH, '2.6.0', { processor: CPU, baseVersion: '1.0' }),
    /^has no base version; got 1\.0$/],
])('an image needs %s', (_what, region, image, problem) => {
  const stack = stackIn(region);
  const [config] = bindIn(stack, image);

  expect(config._problem).toMatch(problem);
  expect(actionsOf(Template.fromStack(stack), 'User')).toEqual([]);
});
