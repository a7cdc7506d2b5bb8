import * as fs from 'fs';
import { basename, join } from 'path';
import { Aws } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { NotebookInstanceIdleStopOptions, idleStopScript } from './idle-stop';
import { shellQuote } from './shell';
import { AssetByScope } from '../job/asset-by-scope';
import { typedFactories } from '../validation/property-types';
import type { Violation } from '../validation/violation';

/** Options for a lifecycle script. */
export interface NotebookInstanceLifecycleScriptOptions {
  /**
   * The name of the script in log files and messages: at most 40 letters, digits, `.`, `_` and `-`, unique within a hook.
   *
   * @default - the name of the file; `script` without a file
   */
  readonly name?: string;
}

/** Options for a lifecycle script whose content becomes part of a hook. */
export interface NotebookInstanceLifecycleScriptContentOptions extends NotebookInstanceLifecycleScriptOptions {
  /**
   * Whether SageMaker receives the content unchanged, up to its own limit of 12,288 bytes. The script must be the only one of its
   * hook. It has no log file, and cannot run in the background.
   *
   * @default false
   */
  readonly runVerbatim?: boolean;
}

/** Options for a lifecycle script that is published as an asset. */
export interface NotebookInstanceLifecycleScriptAssetOptions extends NotebookInstanceLifecycleScriptOptions, assets.AssetOptions {
  /**
   * The relative path of the script if the asset is a directory or a zip file. The script runs in the unpacked directory.
   *
   * @default - the asset is a file with the script
   */
  readonly entryPoint?: string;
}

/** An object in S3 that a script reads. */
export interface NotebookInstanceLifecycleScriptSource {
  /** The bucket. */
  readonly bucket: s3.IBucket;
  /** The key of the object, at most 1024 bytes. */
  readonly objectKey: string;
}

/** A script as a hook contains it. */
export interface NotebookInstanceLifecycleScriptConfig {
  /** The name of the script in log files and messages, such as `idle-stop`. */
  readonly name: string;

  /** The content of the script. Its first line may specify an interpreter (default: bash). */
  readonly content: string;

  /**
   * Whether the hook continues while the script runs.
   *
   * @default false
   */
  readonly inBackground?: boolean;

  /**
   * Whether the content is the whole hook.
   *
   * @default false
   */
  readonly runVerbatim?: boolean;

  /**
   * The objects that the script reads. The instance is granted permission to read them.
   *
   * @default - none
   */
  readonly sources?: NotebookInstanceLifecycleScriptSource[];

  /**
   * Whether the script stops its instance. The instance is granted permission to do so.
   *
   * @default false
   */
  readonly stopsInstance?: boolean;

  /**
   * The rules that the options of the script violate. They are reported at synthesis.
   *
   * @default - none
   */
  readonly violations?: Violation[];
}

/**
 * A script that runs when a notebook instance is created or started.
 *
 * A hook runs its scripts in order, as root, each in its own process. The output goes to the log stream of the hook,
 * `<instance>/LifecycleConfigOnCreate` or `<instance>/LifecycleConfigOnStart` in `/aws/sagemaker/NotebookInstances`, and to a
 * file for each script on the instance, `/var/log/notebook-lifecycle/<hook>-<number>-<name>.log`. If a script fails, the hook
 * ends with its name and exit status, and the instance fails. All scripts of a hook together may take five minutes. For longer
 * scripts, use `inBackground()`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
 */
@typedFactories('NotebookInstanceLifecycleScript')
export class NotebookInstanceLifecycleScript {
  /**
   * Returns a script from a string.
   *
   * @param content the content, which may contain tokens. Its first line may specify an interpreter (default: bash)
   * @param options the options of the script
   */
  public static fromInline(content: string, options: NotebookInstanceLifecycleScriptContentOptions = {}): NotebookInstanceLifecycleScript {
    return new NotebookInstanceLifecycleScript(() => ({ name: options.name ?? 'script', content, runVerbatim: options.runVerbatim }));
  }

  /**
   * Returns a script from a local file, whose content becomes part of the hook.
   *
   * @param path the path of the file
   * @param options the options of the script
   */
  public static fromFile(path: string, options: NotebookInstanceLifecycleScriptContentOptions = {}): NotebookInstanceLifecycleScript {
    return NotebookInstanceLifecycleScript.fromInline(fs.readFileSync(path, 'utf8'), { ...options, name: options.name ?? nameOf(path) });
  }

  /**
   * Returns a script from a local file or directory of any size. It is published as an asset, and the instance downloads and runs
   * it. The instance must reach S3: through internet access, a NAT gateway or a VPC endpoint.
   *
   * @param path the path of the script, or of a directory or zip file that contains it
   * @param options the options of the script and of the asset, such as the path of the script in the directory
   */
  public static fromAsset(path: string, options: NotebookInstanceLifecycleScriptAssetOptions = {}): NotebookInstanceLifecycleScript {
    const { entryPoint, name, ...assetOptions } = options;
    const asset = new AssetByScope('Script', path, (scope, id) => new assets.Asset(scope, id, { path, ...assetOptions }));
    return new NotebookInstanceLifecycleScript((scope) => assetScript(asset.in(scope), path, { entryPoint, name }));
  }

  /**
   * Returns a script in S3. The instance downloads the object and runs it at each start. A change of the object is not a change
   * of the lifecycle configuration.
   *
   * @param bucket the bucket
   * @param objectKey the key of the script
   * @param options the options of the script
   */
  public static fromBucket(
    bucket: s3.IBucket, objectKey: string, options: NotebookInstanceLifecycleScriptOptions = {},
  ): NotebookInstanceLifecycleScript {
    return new NotebookInstanceLifecycleScript(() => ({
      name: options.name ?? nameOf(objectKey),
      content: fetchAndRun(bucket.s3UrlForObject(objectKey)),
      sources: [{ bucket, objectKey }],
    }));
  }

  /**
   * Returns a script that stops the instance when it is idle. Use it in the on-start hook, because the program that it installs
   * is lost when the instance stops.
   *
   * @param options the conditions under which the instance is idle
   */
  public static idleStop(options: NotebookInstanceIdleStopOptions): NotebookInstanceLifecycleScript {
    return new NotebookInstanceLifecycleScript(() => stopScript(options));
  }

  private constructor(private readonly render: (scope: Construct) => NotebookInstanceLifecycleScriptConfig) {}

  /**
   * Returns this script to be run in the background: the hook continues, and the instance comes into service while the script
   * runs. It has no time limit, and only its log file shows its failure. While it runs, the instance is not idle.
   *
   * The volume keeps up to 1 MiB of its output after a stop, in
   * `/home/ec2-user/SageMaker/.notebook-lifecycle/<hook>-<number>-<name>.log`, with the output of the previous run in `.before`.
   */
  public inBackground(): NotebookInstanceLifecycleScript {
    return new NotebookInstanceLifecycleScript((scope) => ({ ...this._bind(scope), inBackground: true }));
  }

  /**
   * Returns the script as a hook contains it.
   *
   * @internal
   */
  public _bind(scope: Construct): NotebookInstanceLifecycleScriptConfig {
    return this.render(scope);
  }
}

function assetScript(
  { bucket, isZipArchive, s3ObjectKey, s3ObjectUrl }: assets.Asset, file: string, { entryPoint, name }: NotebookInstanceLifecycleScriptAssetOptions,
): NotebookInstanceLifecycleScriptConfig {
  const isMisplaced = isZipArchive !== (entryPoint !== undefined);
  return {
    violations: isMisplaced ? [{ property: 'entryPoint', rule: 'must be specified for a directory or a zip file only', value: `${entryPoint} for ${file}` }] : [],
    name: name ?? nameOf(entryPoint ?? file),
    content: fetchAndRun(s3ObjectUrl, entryPoint, hasCarriageReturns(entryPoint === undefined ? file : join(file, entryPoint))),
    sources: [{ bucket, objectKey: s3ObjectKey }],
  };
}

function stopScript(options: NotebookInstanceIdleStopOptions): NotebookInstanceLifecycleScriptConfig {
  const { after } = options;
  const isTooShort = !after.isUnresolved() && after.toSeconds() < 60;
  return {
    violations: isTooShort ? [{ property: 'idleStop.after', rule: 'must be at least 1 minute', value: after.toHumanString() }] : [],
    name: 'idle-stop',
    content: idleStopScript(options),
    stopsInstance: true,
  };
}

/** Derives the name of a script from a file name. A token has none. */
function nameOf(file: string): string {
  return basename(file).replace(/[^a-zA-Z0-9._-]+/g, '-').slice(-40) || 'script';
}

/** Whether the lines of a script end as on Windows. The kernel would use an interpreter whose name ends in a carriage return. */
function hasCarriageReturns(file: string): boolean {
  const content = fs.existsSync(file) && fs.statSync(file).isFile() ? fs.readFileSync(file, 'latin1') : '';
  return content.startsWith('#!') ? content.includes('\r\n') : /^[^\0]*\r\n/.test(content.slice(0, 1024));
}

function fetchAndRun(s3Uri: string, entryPoint?: string, repair: boolean = false): string {
  const repaired = (file: string) => (repair ? [`sed -i 's/\\r$//' ${file}`] : []);
  const run = entryPoint === undefined
    ? [...repaired('script'), 'chmod 700 script', 'if [ "$(head -c 2 script)" = "#!" ]; then exec ./script; else exec bash script; fi']
    : [
      'unzip -q script -d files',
      'cd files',
      ...repaired(shellQuote(entryPoint)),
      `chmod 700 ${shellQuote(entryPoint)}`,
      `exec ./${shellQuote(entryPoint)}`,
    ];
  return [
    'set -eu',
    'cd "$(mktemp -d)"',
    `aws s3 cp --only-show-errors --region ${Aws.REGION} ${shellQuote(s3Uri)} script`,
    ...run,
  ].join('\n');
}
