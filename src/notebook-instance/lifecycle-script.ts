import * as fs from 'fs';
import * as path from 'path';
import { Aws } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { IdleStopOptions, idleStopScript } from './idle-stop';
import { shellQuote } from './shell';

/** What a script is called. */
export interface LifecycleScriptOptions {
  /**
   * What log files and messages call the script: letters, digits, `.`, `_` and `-`, at most 40 characters. It is unique
   * within a hook.
   *
   * @default - the name of the file; `script` where there is none
   */
  readonly name?: string;
}

/** A script whose text becomes part of a hook. */
export interface LifecycleTextOptions extends LifecycleScriptOptions {
  /**
   * Whether the service receives the text exactly as it is, up to its own limit of 12,288 bytes. The script must then be the
   * only one of its hook. It has no log file of its own, and cannot run in the background.
   *
   * @default false
   */
  readonly runVerbatim?: boolean;
}

/** A script that is fetched from S3. */
export interface LifecycleAssetOptions extends LifecycleScriptOptions {
  /**
   * The script to run when the asset is a directory: its path below the directory. It runs in the unpacked directory.
   *
   * @default - the asset is a file, which is the script itself
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

/** A script as a hook runs it. */
export interface LifecycleScriptConfig {
  /** What log files and messages call the script, such as `idle-stop`. */
  readonly name: string;

  /** The text of the script. Its first line may name an interpreter; without one bash runs it. */
  readonly content: string;

  /**
   * Whether the hook goes on while the script runs.
   *
   * @default false
   */
  readonly inBackground?: boolean;

  /**
   * Whether the text is the whole hook.
   *
   * @default false
   */
  readonly runVerbatim?: boolean;

  /**
   * The objects that the script reads. The instance may read them.
   *
   * @default - none
   */
  readonly sources?: LifecycleScriptSource[];

  /**
   * Whether the script stops the instance that it runs on. The instance may do that then.
   *
   * @default false
   */
  readonly stopsInstance?: boolean;
}

/**
 * A script that runs when a notebook instance is created or started.
 *
 * A hook runs its scripts in order, as root, each in a process of its own. The output of each goes to the log stream of
 * the hook, `<instance>/LifecycleConfigOnCreate` or `<instance>/LifecycleConfigOnStart` in `/aws/sagemaker/NotebookInstances`,
 * and to a file of its own on the instance, `/var/log/notebook-lifecycle/<hook>-<number>-<name>.log`. When one fails the
 * hook ends, says its name and its exit status, and the instance does not come into service. All scripts of a hook
 * together have five minutes: use `inBackground()` for more.
 */
export abstract class LifecycleScript {
  /**
   * A script from its text.
   *
   * @param content the text, which may hold tokens. Its first line may name an interpreter; without one bash runs it
   * @param options what the script is called
   */
  public static fromInline(content: string, options: LifecycleTextOptions = {}): LifecycleScript {
    return new InlineScript(options.name ?? 'script', content, options.runVerbatim);
  }

  /**
   * A script from a local file, whose text becomes part of the hook.
   *
   * @param file the path of the file
   * @param options what the script is called
   */
  public static fromFile(file: string, options: LifecycleTextOptions = {}): LifecycleScript {
    return new InlineScript(options.name ?? nameOf(file), fs.readFileSync(file, 'utf8'), options.runVerbatim);
  }

  /**
   * A script from a local file or directory of any size, which is uploaded with the app, fetched by the instance, and run.
   * The instance needs a way to S3: internet access, a NAT gateway, or an endpoint in its VPC.
   *
   * @param file the path of the script, or of a directory that holds it
   * @param options what the script is called, and which one of a directory it is
   */
  public static fromAsset(file: string, options: LifecycleAssetOptions = {}): LifecycleScript {
    return new AssetScript(file, options);
  }

  /**
   * A script in S3, which is fetched by the instance and run. The object is read at each start: a change of it is no
   * change of the lifecycle configuration.
   *
   * @param bucket the bucket
   * @param objectKey the key of the script
   * @param options what the script is called
   */
  public static fromBucket(bucket: s3.IBucket, objectKey: string, options: LifecycleScriptOptions = {}): LifecycleScript {
    return new BucketScript(bucket, objectKey, options);
  }

  /**
   * Runs a script in the background: the hook goes on and the instance comes into service while it runs. It may take as
   * long as it needs; its failure is told by its log file only. While it runs the instance does not count as idle. What
   * it prints, up to 1 MiB, is on the volume as well, where it survives a stop:
   * `/home/ec2-user/SageMaker/.notebook-lifecycle/<hook>-<number>-<name>.log`, with `.before` for the run before.
   *
   * @param script the script
   */
  public static inBackground(script: LifecycleScript): LifecycleScript {
    return new BackgroundScript(script);
  }

  /**
   * Stops the instance when nothing has happened on it for a while. It is for the on-start hook, because what it installs is
   * gone when the instance stops.
   *
   * @param options when the instance counts as idle
   */
  public static idleStop(options: IdleStopOptions): LifecycleScript {
    return new IdleStopScript(options);
  }

  /**
   * Returns the script as a lifecycle configuration runs it.
   *
   * @internal
   */
  public abstract _bind(scope: Construct): LifecycleScriptConfig;
}

class InlineScript extends LifecycleScript {
  constructor(private readonly name: string, private readonly content: string, private readonly runVerbatim?: boolean) {
    super();
  }

  public _bind(): LifecycleScriptConfig {
    return { name: this.name, content: this.content, runVerbatim: this.runVerbatim };
  }
}

class AssetScript extends LifecycleScript {
  constructor(private readonly file: string, private readonly options: LifecycleAssetOptions) {
    super();
  }

  public _bind(scope: Construct): LifecycleScriptConfig {
    const { entryPoint, name } = this.options;
    const isDirectory = fs.statSync(this.file).isDirectory();
    if (isDirectory !== (entryPoint !== undefined)) {
      throw new Error(`${scope.node.path}: entryPoint: must be given for a directory, and only for one; got ${entryPoint} for ${this.file}`);
    }
    const id = `Script:${this.file.replace(/\//g, '.')}`;
    const asset = scope.node.tryFindChild(id) as assets.Asset | undefined ?? new assets.Asset(scope, id, { path: this.file });
    return {
      name: name ?? nameOf(entryPoint ?? this.file),
      content: fetchAndRun(asset.s3ObjectUrl, entryPoint, hasCarriageReturns(entryPoint === undefined ? this.file : path.join(this.file, entryPoint))),
      sources: [{ bucket: asset.bucket, objectKey: asset.s3ObjectKey }],
    };
  }
}

class BucketScript extends LifecycleScript {
  constructor(private readonly bucket: s3.IBucket, private readonly objectKey: string, private readonly options: LifecycleScriptOptions) {
    super();
  }

  public _bind(): LifecycleScriptConfig {
    return {
      name: this.options.name ?? nameOf(this.objectKey),
      content: fetchAndRun(this.bucket.s3UrlForObject(this.objectKey)),
      sources: [{ bucket: this.bucket, objectKey: this.objectKey }],
    };
  }
}

class BackgroundScript extends LifecycleScript {
  constructor(private readonly script: LifecycleScript) {
    super();
  }

  public _bind(scope: Construct): LifecycleScriptConfig {
    return { ...this.script._bind(scope), inBackground: true };
  }
}

class IdleStopScript extends LifecycleScript {
  constructor(private readonly options: IdleStopOptions) {
    super();
  }

  public _bind(scope: Construct): LifecycleScriptConfig {
    const { after } = this.options;
    if (!after.isUnresolved() && after.toSeconds() < 60) {
      throw new Error(`${scope.node.path}: idleStop.after: must be at least one minute; got ${after.toHumanString()}`);
    }
    return { name: 'idle-stop', content: idleStopScript(this.options), stopsInstance: true };
  }
}

/** The name of a file with what a name of a script may have; a token has none. */
function nameOf(file: string): string {
  return path.basename(file).replace(/[^a-zA-Z0-9._-]+/g, '-').slice(-40) || 'script';
}

/** Whether the lines of a script end as on Windows: the kernel would look for an interpreter whose name ends in a carriage return. */
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
