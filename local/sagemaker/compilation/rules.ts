import type { CreateCompilationJobRequest } from './types';
import { validationError } from '../../api/errors';

/** A rule between members of a request: the reason for a refusal, or nothing. */
type Rule = (request: CreateCompilationJobRequest) => string | undefined | false;

/** The frameworks whose version can be said. */
const VERSIONED = ['MXNET', 'PYTORCH', 'TENSORFLOW', 'TFLITE'];

const oneInput: Rule = ({ InputConfig: input, ModelPackageVersionArn: modelPackage }) => (input === undefined) === (modelPackage === undefined)
  && 'Exactly one of InputConfig and ModelPackageVersionArn must be specified.';

const oneTarget: Rule = ({ OutputConfig: { TargetDevice, TargetPlatform } }) => (TargetDevice === undefined) === (TargetPlatform === undefined)
  && 'Exactly one of TargetDevice and TargetPlatform must be specified in OutputConfig.';

const archive: Rule = ({ InputConfig: input }) => input !== undefined && !input.S3Uri.endsWith('.tar.gz')
  && 'S3Uri in InputConfig must point to a single gzip compressed tar archive (.tar.gz suffix).';

const versionedFramework: Rule = ({ InputConfig: input }) => input?.FrameworkVersion !== undefined && !VERSIONED.includes(input.Framework)
  && `FrameworkVersion is only supported for ${VERSIONED.join(', ')}.`;

const inputShapesInJson: Rule = ({ InputConfig: input }) => input?.DataInputConfig !== undefined && !isJson(input.DataInputConfig)
  && 'DataInputConfig must be in JSON format.';

const optionsInJson: Rule = ({ OutputConfig: { CompilerOptions } }) => CompilerOptions !== undefined && !isJson(CompilerOptions)
  && 'CompilerOptions must be in JSON format.';

const optionsOfNvidia: Rule = ({ OutputConfig: { CompilerOptions, TargetPlatform } }) => {
  if (TargetPlatform?.Accelerator !== 'NVIDIA') return undefined;
  const options = JSON.parse(CompilerOptions ?? '{}') as { readonly [option: string]: unknown };
  const missing = ['gpu-code', 'trt-ver', 'cuda-ver'].filter((option) => options[option] === undefined);
  return missing.length > 0 && `CompilerOptions must specify ${missing.join(', ')} for NVIDIA accelerators.`;
};

/** What the documentation of CreateCompilationJob states beyond the constraints of single members. */
const RULES: readonly Rule[] = [oneInput, oneTarget, archive, versionedFramework, inputShapesInJson, optionsInJson, optionsOfNvidia];

export function checkCompilationJobRules(request: CreateCompilationJobRequest): void {
  for (const rule of RULES) {
    const reason = rule(request);
    if (reason) throw validationError(reason);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
