import * as fs from 'fs';
import { basename, join } from 'path';
import { Aws } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { IdleStopOptions, idleStopScript } from './idle-stop';
import { shellQuote } from './shell';

/** Options of a lifecycle script. */
export interface LifecycleScriptOptions {
  /**
   * The name of the script in log files and messages: at most 40 letters, digits, `.`, `_` and `-`, unique within a hook.
   *
   * @default - the name of the file; `script` without a file
   */
  readonly name?: string;
}

/** Options of a lifecycle script whose content becomes part of a hook. */
export interface LifecycleTextOptions extends LifecycleScriptOptions {
  /**
   * Whether SageMaker receives the content unchanged, up to its own limit of 12,288 bytes. The script must be the only one of its
   * hook. It has no log file, and cannot run in the background.
   *
   * @default false
   */
  readonly runVerbatim?: boolean;
}

/** Options of a lifecycle script from S3. */
export interface LifecycleAssetOptions extends LifecycleScriptOptions {
  /**
   * The relative path of the script if the asset is a directory. The script runs in the unpacked directory.
   *
   * @default - the asset is a file with the script
   */
  readonly entryPoint?: string;
}

/** An object in S3 that a script reads. */
export interface LifecycleScriptSource {
  /** The bucket. */
  readonly bucket: s3.IBucket;
  /** The key of the object, at most 1024 bytes. */
  readonly objectKey: string;
}

/** A script as a hook contains it. */
export interface LifecycleScriptConfig {
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
  readonly sources?: LifecycleScriptSource[];

  /**
   * Whether the script stops its instance. The instance is granted permission to do so.
   *
   * @default false
   */
  readonly stopsInstance?: boolean;
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
export class LifecycleScript {
  /**
   * Returns a script from a string.
   *
   * @param content the content, which may contain tokens. Its first line may specify an interpreter (default: bash)
   * @param options the options of the script
   */
  public static fromInline(content: string, options: LifecycleTextOptions = {}): LifecycleScript {
    return new LifecycleScript(() => ({ name: options.name ?? 'script', content, runVerbatim: options.runVerbatim }));
  }

  /**
   * Returns a script from a local file, whose content becomes part of the hook.
   *
   * @param path the path of the file
   * @param options the options of the script
   */
  public static fromFile(path: string, options: LifecycleTextOptions = {}): LifecycleScript {
    return LifecycleScript.fromInline(fs.readFileSync(path, 'utf8'), { ...options, name: options.name ?? nameOf(path) });
  }

  /**
   * Returns a script from a local file or directory of any size. It is published as an asset, and the instance downloads and runs
   * it. The instance must reach S3: through internet access, a NAT gateway or a VPC endpoint.
   *
   * @param path the path of the script, or of a directory that contains it
   * @param options the options of the script, such as its path in the directory
   */
  public static fromAsset(path: string, options: LifecycleAssetOptions = {}): LifecycleScript {
    return new LifecycleScript((scope) => assetScript(scope, path, options));
  }

  /**
   * Returns a script in S3. The instance downloads the object and runs it at each start. A change of the object is not a change
   * of the lifecycle configuration.
   *
   * @param bucket the bucket
   * @param objectKey the key of the script
   * @param options the options of the script
   */
  public static fromBucket(bucket: s3.IBucket, objectKey: string, options: LifecycleScriptOptions = {}): LifecycleScript {
    return new LifecycleScript(() => ({
      name: options.name ?? nameOf(objectKey),
      content: fetchAndRun(bucket.s3UrlForObject(objectKey)),
      sources: [{ bucket, objectKey }],
    }));
  }

  /**
   * Returns a script that runs in the background: the hook continues, and the instance comes into service while the script runs.
   * It has no time limit, and only its log file shows its failure. While it runs, the instance is not idle. The volume keeps up
   * to 1 MiB of its output after a stop, in `/home/ec2-user/SageMaker/.notebook-lifecycle/<hook>-<number>-<name>.log`, with the
   * output of the previous run in `.before`.
   *
   * @param script the script
   */
  public static inBackground(script: LifecycleScript): LifecycleScript {
    return new LifecycleScript((scope) => ({ ...script._bind(scope), inBackground: true }));
  }

  /**
   * Returns a script that stops the instance when it is idle. Use it in the on-start hook, because the program that it installs
   * is lost when the instance stops.
   *
   * @param options the conditions under which the instance is idle
   */
  public static idleStop(options: IdleStopOptions): LifecycleScript {
    return new LifecycleScript((scope) => stopScript(scope, options));
  }

  private constructor(private readonly render: (scope: Construct) => LifecycleScriptConfig) {}

  /**
   * Returns the script as a hook contains it.
   *
   * @internal
   */
  public _bind(scope: Construct): LifecycleScriptConfig {
    return this.render(scope);
  }
}

function assetScript(scope: Construct, file: string, { entryPoint, name }: LifecycleAssetOptions): LifecycleScriptConfig {
  const isDirectory = fs.statSync(file).isDirectory();
  if (isDirectory !== (entryPoint !== undefined)) {
    throw new Error(`${scope.node.path}: entryPoint: must be specified for a directory only; got ${entryPoint} for ${file}`);
  }
  const id = `Script:${file.replace(/\//g, '.')}`;
  const asset = scope.node.tryFindChild(id) as assets.Asset | undefined ?? new assets.Asset(scope, id, { path: file });
  return {
    name: name ?? nameOf(entryPoint ?? file),
    content: fetchAndRun(asset.s3ObjectUrl, entryPoint, hasCarriageReturns(entryPoint === undefined ? file : join(file, entryPoint))),
    sources: [{ bucket: asset.bucket, objectKey: asset.s3ObjectKey }],
  };
}

function stopScript(scope: Construct, options: IdleStopOptions): LifecycleScriptConfig {
  const { after } = options;
  if (!after.isUnresolved() && after.toSeconds() < 60) {
    throw new Error(`${scope.node.path}: idleStop.after: must be at least 1 minute; got ${after.toHumanString()}`);
  }
  return { name: 'idle-stop', content: idleStopScript(options), stopsInstance: true };
}

/** Derives the name of a script from a file name. A token has none. */
function nameOf(file: string): string {
  return basename(file).replace(/[^a-zA-Z0-9._-]+/g, '-').slice(-40) || 'script';
}

/** Whether the lines of a script end as on Windows. The kernel would use an interpreter whose name ends in a carriage return. */
function hasCarriageReturns(file: string): boolean {
  const content = fs.existsSync(file) ? fs.readFileSync(file, 'latin1') : '';
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
