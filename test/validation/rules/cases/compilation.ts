import { Lazy, Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const TOKEN = Token.asString({ Ref: 'Text' });
const NVIDIA = { TargetPlatform: { Os: 'LINUX', Arch: 'ARM64', Accelerator: 'NVIDIA' } };
const PROCESSOR = { TargetPlatform: { Os: 'LINUX', Arch: 'ARM64' } };

const coreMl = (framework: string, inputs?: unknown) => ({
  InputConfig: { Framework: framework, DataInputConfig: inputs === undefined ? undefined : JSON.stringify(inputs) }, OutputConfig: { TargetDevice: 'coreml' },
});
const compile = (framework: string, device: string, inputs?: string) => ({
  InputConfig: { Framework: framework, DataInputConfig: inputs }, OutputConfig: { TargetDevice: device },
});

export const COMPILATION_INPUT_CASES: RuleCases = {
  'one-model': {
    broken: { InputConfig: {}, ModelPackageVersionArn: 'arn' },
    at: ['InputConfig'],
    kept: [{ InputConfig: {} }, { ModelPackageVersionArn: TOKEN }],
  },
  'some-model': {
    broken: { OutputConfig: {} },
    at: ['InputConfig'],
    kept: [{ InputConfig: Lazy.any({ produce: () => ({}) }) }, { ModelPackageVersionArn: 'arn' }],
  },
  'model-is-archive': {
    broken: { S3Uri: 's3://models/model.zip' },
    at: ['S3Uri'],
    kept: [{ S3Uri: 's3://models/model.tar.gz' }, { S3Uri: `s3://models/${TOKEN}` }],
  },
  'versioned-framework': {
    broken: { Framework: 'XGBOOST', FrameworkVersion: '1.3' },
    at: ['FrameworkVersion'],
    kept: [{ Framework: 'PYTORCH', FrameworkVersion: '1.13' }, { Framework: 'XGBOOST' }, { Framework: TOKEN, FrameworkVersion: '1.3' }],
  },
  'inputs-of-framework': {
    broken: { Framework: 'TENSORFLOW' },
    at: ['DataInputConfig'],
    kept: [{ Framework: 'TENSORFLOW', DataInputConfig: TOKEN }, { Framework: 'XGBOOST' }, { Framework: 'PYTORCH' }, { Framework: TOKEN }],
  },
  'inputs-are-named': {
    broken: { Framework: 'ONNX', DataInputConfig: '[[1,3,224,224]]' },
    at: ['DataInputConfig'],
    kept: [
      { Framework: 'ONNX', DataInputConfig: '{"data":[1,3,224,224]}' }, { Framework: 'PYTORCH', DataInputConfig: '[[1,3,224,224]]' },
      { Framework: 'ONNX', DataInputConfig: `[${TOKEN}]` },
    ],
  },
  'inputs-at-the-edge': {
    broken: compile('PYTORCH', 'jetson_nano'),
    at: ['InputConfig.DataInputConfig'],
    kept: [compile('PYTORCH', 'ml_c5'), compile('PYTORCH', 'jetson_nano', '[[1]]'), compile('PYTORCH', TOKEN), compile('XGBOOST', 'rasp3b')],
  },
  'inputs-in-json': {
    broken: { DataInputConfig: 'input0: 1, 3' },
    at: ['DataInputConfig'],
    kept: [{ DataInputConfig: '{"data":[1]}' }, { DataInputConfig: "{'data': [1,3,1024,1024]}" }, { DataInputConfig: TOKEN }, {}],
  },
  'tflite-at-the-edge': {
    broken: compile('TFLITE', 'ml_c5'),
    at: ['InputConfig.Framework'],
    kept: [compile('TFLITE', 'rasp4b'), compile('TENSORFLOW', 'ml_c5'), compile('TFLITE', TOKEN)],
  },
  'core-ml-framework': {
    broken: coreMl('XGBOOST'),
    at: ['InputConfig.Framework'],
    kept: [coreMl('PYTORCH'), coreMl(TOKEN), compile('XGBOOST', 'ml_c5')],
  },
  'core-ml-images': {
    broken: coreMl('PYTORCH', [{ shape: [1, 3, 224, 224], type: 'Image', bias: [-1, -1, -1] }]),
    at: ['InputConfig.DataInputConfig'],
    kept: [
      coreMl('TENSORFLOW', { input: { shape: [1, 224, 224, 3], type: 'Image', bias: [-1, -1, -1], scale: 0.1 } }),
      coreMl('TENSORFLOW', { input: { shape: [1, 224, 224, 3] } }), coreMl('TENSORFLOW', { input: [1, 224, 224, 3] }),
    ],
  },
  'core-ml-types': {
    broken: coreMl('TENSORFLOW', { input: { shape: [1, 2], type: 'Video' } }),
    at: ['InputConfig.DataInputConfig'],
    kept: [coreMl('TENSORFLOW', { input: { shape: [1, 2], type: 'Tensor' } })],
  },
};

export const COMPILATION_TARGET_CASES: RuleCases = {
  'one-target': {
    broken: { TargetDevice: 'ml_c5', TargetPlatform: PROCESSOR.TargetPlatform },
    at: ['TargetDevice'],
    kept: [{ TargetDevice: 'ml_c5' }, PROCESSOR],
  },
  'some-target': {
    broken: { S3OutputLocation: 's3://compiled' },
    at: ['TargetDevice'],
    kept: [{ TargetDevice: TOKEN }, PROCESSOR],
  },
  'nvidia-needs-options': {
    broken: NVIDIA,
    at: ['CompilerOptions'],
    kept: [{ ...NVIDIA, CompilerOptions: TOKEN }, PROCESSOR, { TargetPlatform: { Accelerator: TOKEN } }],
  },
  'nvidia-options-complete': {
    broken: { ...NVIDIA, CompilerOptions: '{"gpu-code":"sm_72","trt-ver":"6.0.1"}' },
    at: ['CompilerOptions'],
    kept: [
      { ...NVIDIA, CompilerOptions: '{"gpu-code":"sm_72","trt-ver":"6.0.1","cuda-ver":"10.1"}' },
      { ...NVIDIA, CompilerOptions: "{'gpu-code': 'sm_72', 'trt-ver': '6.0.1', 'cuda-ver': '10.1'}" },
      { ...NVIDIA, CompilerOptions: '{"mcpu":"skylake-avx512"}' }, { ...NVIDIA, CompilerOptions: `{"gpu-code":"${TOKEN}"}` },
    ],
  },
  'nvidia-versions': {
    broken: { ...NVIDIA, CompilerOptions: '{"gpu-code":"sm_72","trt-ver":"6","cuda-ver":"10.1"}' },
    at: ['CompilerOptions'],
    kept: [{ ...NVIDIA, CompilerOptions: '{"gpu-code":"sm_72","trt-ver":"6.0.1","cuda-ver":"10.1"}' }, PROCESSOR],
  },
  'android-api-level': {
    broken: { TargetPlatform: { Os: 'ANDROID', Arch: 'ARM64' }, CompilerOptions: '{"ANDROID_PLATFORM":30}' },
    at: ['CompilerOptions'],
    kept: [{ TargetPlatform: { Os: 'ANDROID', Arch: 'ARM64' }, CompilerOptions: '{"ANDROID_PLATFORM":29}' }],
  },
  'processors-profit-from-options': {
    broken: PROCESSOR,
    at: ['CompilerOptions'],
    kept: [{ ...PROCESSOR, CompilerOptions: '{}' }, { TargetPlatform: { Os: 'LINUX', Arch: 'ARM64', Accelerator: 'MALI' } }, { TargetDevice: 'ml_c5' }],
  },
  'data-type-of-instances': {
    broken: { TargetDevice: 'ml_c5', CompilerOptions: '{"dtype":"float16"}' },
    at: ['CompilerOptions'],
    kept: [{ TargetDevice: 'ml_c5', CompilerOptions: '{"dtype":"int64"}' }, { TargetDevice: 'jetson_nano', CompilerOptions: '{"dtype":"float16"}' }],
  },
  'options-in-json': {
    broken: { CompilerOptions: 'mcpu=skylake-avx512' },
    at: ['CompilerOptions'],
    kept: [{ CompilerOptions: '"--verbose 1"' }, { CompilerOptions: "{'mattr': ['+neon']}" }, { CompilerOptions: TOKEN }, {}],
  },
};
