import { Token } from 'aws-cdk-lib';
import type { RuleCases } from './rule-case';

const TOKEN = Token.asString({ Ref: 'Text' });
const compile = (Framework: string, FrameworkVersion: string | undefined, TargetDevice: string) => ({
  InputConfig: { Framework, FrameworkVersion }, OutputConfig: { TargetDevice },
});

export const NEO_SUPPORT_CASES: RuleCases = {
  'no-elastic-inference': {
    broken: { TargetDevice: 'ml_eia2' },
    at: ['TargetDevice'],
    kept: [{ TargetDevice: 'ml_c5' }, { TargetDevice: TOKEN }],
  },
  'inferentia-framework': {
    broken: compile('XGBOOST', undefined, 'ml_inf1'),
    at: ['InputConfig.Framework'],
    kept: [compile('PYTORCH', '1.9', 'ml_inf1'), compile('XGBOOST', undefined, 'ml_c5'), compile('XGBOOST', undefined, TOKEN), compile(TOKEN, undefined, 'ml_inf1')],
  },
  'framework-of-target': {
    broken: compile('SKLEARN', undefined, 'ml_c5'),
    at: ['InputConfig.Framework'],
    kept: [compile('XGBOOST', undefined, 'ml_c5'), compile('SKLEARN', undefined, 'ml_inf2'), compile('DARKNET', undefined, 'rasp3b'), compile('TFLITE', '1.15', 'ml_c5')],
  },
  'framework-version-of-target': {
    broken: compile('PYTORCH', '1.13', 'jetson_nano'),
    at: ['InputConfig.FrameworkVersion'],
    kept: [
      compile('PYTORCH', '1.13', 'ml_c5'), compile('PYTORCH', '1.8', 'jetson_nano'), compile('TENSORFLOW', '1.15.3', 'ml_m5'), compile('PYTORCH', TOKEN, 'rasp3b'),
      compile('PYTORCH', '2.0', 'ml_inf2'), { ...compile('PYTORCH', '1.7', TOKEN), OutputConfig: { TargetPlatform: { Os: 'LINUX', Arch: 'ARM64' } } },
    ],
  },
};
