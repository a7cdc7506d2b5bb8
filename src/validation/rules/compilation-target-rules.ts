import { isInstance, parsed } from './compilation-rules';
import type { Rule, Structure } from '../request-rule';
import { at, brokenAt, given, isGiven, structure, literalString } from '../request-values';

const OUTPUT = ['OutputConfig'];
const OPTIONS = 'OutputConfig.CompilerOptions';
const TARGETS = ['TargetDevice', 'TargetPlatform'];
const API_LEVELS = { min: 21, max: 29 };
const DATA_TYPES = ['float', 'float32', 'int64', 'long'];

/** Rules of the compilation target. */
export const COMPILATION_TARGET_RULES: readonly Rule[] = [
  {
    id: 'one-target',
    on: OUTPUT,
    level: 'error',
    source: 'OutputConfig',
    rule: 'must be a device or a platform, not both',
    check: (output) => brokenAt(['TargetDevice'], given(output, TARGETS).length > 1),
  },
  {
    id: 'some-target',
    on: OUTPUT,
    level: 'error',
    source: 'OutputConfig',
    rule: 'is required unless a platform is specified',
    check: (output) => brokenAt(['TargetDevice'], given(output, TARGETS).length === 0),
  },
  {
    id: 'nvidia-needs-options',
    on: OUTPUT,
    level: 'error',
    source: OPTIONS,
    rule: 'is required for NVIDIA accelerators',
    needs: ['TargetPlatform'],
    check: (output) => brokenAt(['CompilerOptions'], accelerator(output) === 'NVIDIA' && !isGiven(output.CompilerOptions)),
  },
  {
    id: 'nvidia-options-complete',
    on: OUTPUT,
    level: 'error',
    source: 'TargetPlatform.Accelerator',
    rule: 'must have gpu-code, trt-ver and cuda-ver for NVIDIA accelerators',
    needs: ['CompilerOptions'],
    check: (output) => {
      const options = optionsOf(output);
      if (accelerator(output) !== 'NVIDIA' || !options || speaksOfProcessor(options)) return [];
      // The documentation spells the first option in both ways.
      const complete = ('gpu-code' in options || 'gpu_code' in options) && 'trt-ver' in options && 'cuda-ver' in options;
      return brokenAt(['CompilerOptions'], !complete);
    },
  },
  {
    id: 'nvidia-versions',
    on: OUTPUT,
    level: 'warning',
    source: OPTIONS,
    rule: 'should have trt-ver in the form x.y.z and cuda-ver in the form x.y',
    needs: ['CompilerOptions'],
    check: (output) => {
      const options = optionsOf(output) ?? {};
      return brokenAt(['CompilerOptions'], differs(options['trt-ver'], /^\d+(\.\d+){2}$/) || differs(options['cuda-ver'], /^\d+\.\d+$/));
    },
  },
  {
    id: 'android-api-level',
    on: OUTPUT,
    level: 'warning',
    source: OPTIONS,
    rule: `should have an ANDROID_PLATFORM from ${API_LEVELS.min} to ${API_LEVELS.max}`,
    needs: ['CompilerOptions'],
    check: (output) => {
      const level = optionsOf(output)?.ANDROID_PLATFORM;
      return brokenAt(['CompilerOptions'], typeof level === 'number' && (level < API_LEVELS.min || level > API_LEVELS.max));
    },
  },
  {
    id: 'processors-profit-from-options',
    on: OUTPUT,
    level: 'warning',
    source: OPTIONS,
    rule: 'should be specified for a platform without an accelerator',
    needs: ['TargetPlatform'],
    check: (output) => {
      const platform = structure(output.TargetPlatform);
      return brokenAt(['CompilerOptions'], platform !== undefined && !isGiven(platform.Accelerator) && !isGiven(output.CompilerOptions));
    },
  },
  {
    id: 'data-type-of-instances',
    on: OUTPUT,
    level: 'warning',
    source: OPTIONS,
    rule: `should have a dtype that is one of ${DATA_TYPES.join(', ')}`,
    needs: ['CompilerOptions', 'TargetDevice'],
    check: (output) => {
      const type = optionsOf(output)?.dtype;
      return brokenAt(['CompilerOptions'], isInstance(literalString(output.TargetDevice)) && typeof type === 'string' && !DATA_TYPES.includes(type));
    },
  },
  {
    id: 'options-in-json',
    on: OUTPUT,
    level: 'warning',
    source: OPTIONS,
    rule: 'should be JSON',
    needs: ['CompilerOptions'],
    check: ({ CompilerOptions }) => brokenAt(['CompilerOptions'], literalString(CompilerOptions) !== undefined && parsed(CompilerOptions) === undefined),
  },
];

function accelerator(output: Structure): unknown {
  return at(output, 'TargetPlatform')?.Accelerator;
}

function optionsOf({ CompilerOptions }: Structure): Structure | undefined {
  return structure(parsed(CompilerOptions));
}

/** An example in the documentation combines an NVIDIA accelerator with the options of a processor. */
function speaksOfProcessor(options: Structure): boolean {
  return 'mcpu' in options;
}

function differs(value: unknown, form: RegExp): boolean {
  return literalString(value) !== undefined && !form.test(value as string);
}
