import type { CreateCompilationJobRequest } from './compilation-types';
import { INPUT_RULES } from './local-compilation-input-rules';
import { checkRules, type Rule } from '../local-request-rule';

/** The options that an NVIDIA accelerator requires. The documentation spells the first one in both ways. */
const NVIDIA_OPTIONS = [['gpu-code', 'gpu_code'], ['trt-ver'], ['cuda-ver']];

const oneInput: Rule<CreateCompilationJobRequest> = ({ InputConfig: input, ModelPackageVersionArn: modelPackage }) =>
  (input === undefined) === (modelPackage === undefined)
  && 'Exactly one of InputConfig and ModelPackageVersionArn must be specified.';

const oneTarget: Rule<CreateCompilationJobRequest> = ({ OutputConfig: { TargetDevice, TargetPlatform } }) =>
  (TargetDevice === undefined) === (TargetPlatform === undefined)
  && 'Exactly one of TargetDevice and TargetPlatform must be specified in OutputConfig.';

const optionsInJson: Rule<CreateCompilationJobRequest> = ({ OutputConfig: { CompilerOptions } }) => CompilerOptions !== undefined
  && parseOptions(CompilerOptions) === undefined
  && 'CompilerOptions must be in JSON format.';

const optionsOfNvidia: Rule<CreateCompilationJobRequest> = ({ OutputConfig: { CompilerOptions, TargetPlatform } }) => {
  if (TargetPlatform?.Accelerator !== 'NVIDIA') return undefined;
  const options = Object.keys(Object(parseOptions(CompilerOptions ?? '{}')));
  // An example in the documentation compiles for the processor of such a platform.
  if (options.includes('mcpu')) return undefined;
  const missing = NVIDIA_OPTIONS.filter((names) => !names.some((name) => options.includes(name))).map(([name]) => name);
  return missing.length > 0 && `CompilerOptions must specify ${missing.join(', ')} for NVIDIA accelerators.`;
};

/** Rules in the documentation of CreateCompilationJob that go beyond the constraints of single members. */
const RULES: readonly Rule<CreateCompilationJobRequest>[] = [oneInput, oneTarget, ...INPUT_RULES, optionsInJson, optionsOfNvidia];

export function checkCompilationJobRules(request: CreateCompilationJobRequest): void {
  checkRules(RULES, request, request);
}

/** Compiler options are documented as JSON, but the examples use single quotes. */
function parseOptions(text: string): unknown {
  for (const json of [text, text.replaceAll("'", '"')]) {
    try {
      return JSON.parse(json);
    } catch {
      // The other kind of quotes may be valid.
    }
  }
  return undefined;
}
