import { EDGE_DEVICES, isSupported, supportOf, type TargetSupport, versionsInWords } from './neo-support';
import type { Finding, Rule, Structure } from '../request-rule';
import { at, isGiven, literalString } from '../request-values';

const REQUEST = ['CreateCompilationJobRequest'];
const CLOUD = 'Supported Instance Types and Frameworks (Neo)';

/** Rules of the targets and frameworks that Neo supports. */
export const NEO_SUPPORT_RULES: readonly Rule[] = [
  {
    id: 'no-elastic-inference',
    on: ['OutputConfig'],
    level: 'error',
    source: CLOUD,
    rule: 'cannot be ml_eia2: Amazon Elastic Inference is no longer available',
    needs: ['TargetDevice'],
    check: ({ TargetDevice }) => (TargetDevice === 'ml_eia2' ? [{ path: ['TargetDevice'] }] : []),
  },
  {
    id: 'inferentia-framework',
    on: REQUEST,
    level: 'error',
    source: CLOUD,
    rule: 'must be MXNET, PYTORCH or TENSORFLOW for AWS Inferentia',
    needs: ['InputConfig', 'OutputConfig'],
    check: (request) => unsupportedFramework(request).filter(({ target }) => target === 'AWS Inferentia').map(({ finding }) => finding),
  },
  {
    id: 'framework-of-target',
    on: REQUEST,
    level: 'warning',
    source: `${CLOUD}; Supported Frameworks (Neo, edge devices)`,
    rule: 'must be a framework that Neo compiles for the target',
    needs: ['InputConfig', 'OutputConfig'],
    check: (request) => unsupportedFramework(request)
      .filter(({ target, framework }) => target !== 'AWS Inferentia' && !(framework === 'TFLITE'))
      .map(({ finding }) => finding),
  },
  {
    id: 'framework-version-of-target',
    on: REQUEST,
    level: 'warning',
    source: `${CLOUD}; Supported Frameworks (Neo, edge devices)`,
    rule: 'must be a version of the framework that Neo compiles for the target',
    needs: ['InputConfig', 'OutputConfig'],
    check: (request): Finding[] => {
      const { framework, support, version } = compilationOf(request);
      const versions = framework === undefined ? undefined : support?.frameworks[framework];
      if (!support || !versions || version === undefined || isSupported(versions, version)) return [];
      return [{
        path: ['InputConfig', 'FrameworkVersion'],
        rule: `unknown version '${version}' of ${framework} for ${support.target}; available: ${versionsInWords(versions)}`,
        namesValue: true,
      }];
    },
  },
];

function unsupportedFramework(request: Structure): Array<{ readonly target: string; readonly framework: string; readonly finding: Finding }> {
  const { framework, support } = compilationOf(request);
  if (framework === undefined || !support || support.frameworks[framework]) return [];
  const rule = `Neo does not compile ${framework} for ${support.target}; available: ${Object.keys(support.frameworks).join(', ')}`;
  return [{ target: support.target, framework, finding: { path: ['InputConfig', 'Framework'], rule, namesValue: true } }];
}

function compilationOf(request: Structure): { readonly framework?: string; readonly version?: string; readonly support?: TargetSupport } {
  const input = at(request, 'InputConfig');
  const output = at(request, 'OutputConfig');
  const device = literalString(output?.TargetDevice);
  const support = isGiven(output?.TargetPlatform) ? EDGE_DEVICES : device === undefined ? undefined : supportOf(device);
  return { framework: literalString(input?.Framework), version: literalString(input?.FrameworkVersion), support };
}
