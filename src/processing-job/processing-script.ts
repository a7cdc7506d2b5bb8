import { existsSync, statSync } from 'fs';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ProcessingInput } from './processing-input';
import { S3Location } from '../data/s3-location';
import type { RequestStructure } from '../job/request-members';
import type { Check } from '../validation/construct-validation';
import { typedFactories } from '../validation/property-types';
import type { Violation } from '../validation/violation';

/** The input with the script, as in the SageMaker Python SDK. */
export const SCRIPT_INPUT = 'code';
const DIRECTORY = '/opt/ml/processing/input/code';

/** Options for a script. */
export interface ProcessingScriptOptions {
  /**
   * The command that runs the script, whose path is appended, such as `['smspark-submit']` for a Spark image.
   *
   * @default - `python3`
   */
  readonly command?: string[];
}

/** Options for a script of the app, and for its asset. */
export interface ProcessingScriptAssetOptions extends ProcessingScriptOptions, assets.AssetOptions {}

/** A script as a job runs it. */
export interface BoundScript {
  /** The input that contains the script. */
  readonly input: RequestStructure;
  readonly entrypoint: string[];
  /** Checks of values that do not appear in the request. */
  readonly checks: readonly Check[];
}

/**
 * A script that a processing job runs in its image, such as the scikit-learn image. It becomes an input with the name `code`, and
 * the entrypoint of the container.
 */
@typedFactories('ProcessingScript')
export class ProcessingScript {
  /**
   * Returns a local script, which is uploaded as an asset. A change of the script causes a new job.
   *
   * A directory becomes a zip file. Python runs its `__main__.py`, which can import the other modules of the directory.
   *
   * @param path the path of the file or directory
   * @param options further options
   */
  public static fromAsset(path: string, options: ProcessingScriptAssetOptions = {}): ProcessingScript {
    const { command, ...assetOptions } = options;
    return new ProcessingScript(S3Location.fromAsset(path, assetOptions), { command }, path);
  }

  /**
   * Returns a script in Amazon S3.
   *
   * @param location the script, an object whose key is known at synthesis
   * @param options further options
   */
  public static fromS3(location: S3Location, options: ProcessingScriptOptions = {}): ProcessingScript {
    return new ProcessingScript(location, options);
  }

  private constructor(private readonly location: S3Location, private readonly options: ProcessingScriptOptions, private readonly path?: string) {}

  /**
   * Grants permission to read the script, and returns it as a job runs it.
   *
   * @internal
   */
  public _bind(scope: Construct, grantee: iam.IGrantable): BoundScript {
    const { input } = ProcessingInput.fromS3(SCRIPT_INPUT, this.location, { localPath: DIRECTORY })._bind(scope, grantee);
    const fileName = fileNameOf(Stack.of(scope).resolve(input.S3Input.S3Uri));
    if (!fileName) {
      // The legacy synthesizer passes the keys of assets in parameters.
      const [got, advice] = this.path === undefined ? [fileName === '' ? 'a prefix' : 'a token', '']
        : ['an asset whose key is a parameter', '. Use the DefaultStackSynthesizer, or ProcessingScript.fromS3()'];
      throw new Error(`${scope.node.path}: script: must be an object whose key is known at synthesis; got ${got}${advice}`);
    }
    return {
      input,
      entrypoint: [...this.options.command ?? ['python3'], `${DIRECTORY}/${fileName}`],
      checks: [() => this.directoryViolations()],
    };
  }

  private directoryViolations(): Violation[] {
    const { options: { command }, path } = this;
    if (path === undefined || command || !statSync(path).isDirectory() || existsSync(join(path, '__main__.py'))) return [];
    return [{ property: 'path', rule: 'must be a file, or a directory with `__main__.py`, which Python runs', value: path }];
  }
}

/** The last part of a URI, or undefined if it is a token. The name of the bucket may be a token. */
function fileNameOf(uri: any): string | undefined {
  const end: unknown = typeof uri === 'string' ? uri.replace(/^s3:\/\/[^/]+$/, '$&/') : uri['Fn::Sub'] ?? uri['Fn::Join']?.[1].at(-1);
  if (typeof end !== 'string' || !end.includes('/')) return undefined;
  const fileName = end.split('/').at(-1)!;
  return fileName.includes('${') ? undefined : fileName;
}
