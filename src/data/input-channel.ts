import { Resource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as efs from 'aws-cdk-lib/aws-efs';
import type * as fsx from 'aws-cdk-lib/aws-fsx';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  FileSystemAccessMode,
  FileSystemChannelOptions,
  InputChannelBindOptions,
  InputChannelConfig,
  InputChannelOptions,
  ManifestChannelOptions,
  S3ChannelOptions,
} from './input-channel-options';
import { S3Location } from './s3-location';
import { allow } from '../execution-role/grantee';
import { grantAnywhere, grantHubContent, isHubContentArn } from '../execution-role/job-permissions';
import { nonEmpty } from '../job/request-members';
import type { Check } from '../validation/construct-validation';
import { propertyViolations, typedFactories } from '../validation/property-types';
import type { RequestEnvironment } from '../validation/request-rule';
import { inBucketOf } from '../validation/rules/region-rules';
import { environmentOf } from '../validation/stack-environment';
import type { Violation } from '../validation/violation';

/**
 * A named source of input data (`Channel`). The container reads it from `/opt/ml/input/data/<name>`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Channel.html
 */
@typedFactories('InputChannel')
export class InputChannel {
  /**
   * Returns a channel from all objects with a key prefix (`S3DataType`: `S3Prefix`).
   *
   * @param channelName the name of the channel, 1 to 64 letters, digits and `.-_`
   * @param location the prefix
   * @param options further options of the channel
   */
  public static fromS3(channelName: string, location: S3Location, options?: S3ChannelOptions): InputChannel {
    return new InputChannel(channelName, s3Source('S3Prefix', location, options));
  }

  /**
   * Returns a channel from the objects that a manifest lists (`S3DataType`: `ManifestFile`).
   *
   * @param channelName the name of the channel, 1 to 64 letters, digits and `.-_`
   * @param manifest the location of the manifest, an object
   * @param options further options of the channel
   */
  public static fromManifest(channelName: string, manifest: S3Location, options?: ManifestChannelOptions): InputChannel {
    return new InputChannel(channelName, s3Source('ManifestFile', manifest, options));
  }

  /**
   * Returns a channel from the lines of an augmented manifest (`S3DataType`: `AugmentedManifestFile`). Requires `Pipe` mode.
   *
   * @param channelName the name of the channel, 1 to 64 letters, digits and `.-_`
   * @param manifest the location of the manifest, an object in JSON Lines format
   * @param attributeNames the attributes of each line to use (`AttributeNames`), at most 16
   * @param options further options of the channel
   */
  public static fromAugmentedManifest(
    channelName: string, manifest: S3Location, attributeNames: string[], options?: ManifestChannelOptions,
  ): InputChannel {
    return new InputChannel(channelName, s3Source('AugmentedManifestFile', manifest, options, attributeNames));
  }

  /**
   * Returns a channel from conversations in the Converse format, for tuning foundation models (`S3DataType`: `Converse`).
   *
   * @param channelName the name of the channel, 1 to 64 letters, digits and `.-_`
   * @param location the location of the conversations
   * @param options further options of the channel
   */
  public static fromConverse(channelName: string, location: S3Location, options?: S3ChannelOptions): InputChannel {
    return new InputChannel(channelName, s3Source('Converse', location, options));
  }

  /**
   * Returns a channel from a directory of an Amazon EFS file system (`FileSystemType`: `EFS`). The job requires `vpc`. A
   * rule that lets the job connect is added to the security groups of the file system. The job starts after the mount targets are
   * available.
   *
   * @param channelName the name of the channel, 1 to 64 letters, digits and `.-_`
   * @param fileSystem the file system
   * @param directoryPath the full path of the directory
   * @param options further options of the channel
   */
  public static fromEfs(channelName: string, fileSystem: efs.IFileSystem, directoryPath: string, options?: FileSystemChannelOptions): InputChannel {
    return new InputChannel(channelName, efsSource(fileSystem, directoryPath, options));
  }

  /**
   * Returns a channel from a directory of an Amazon FSx for Lustre file system (`FileSystemType`: `FSxLustre`). The job
   * requires `vpc`. A rule that lets the job connect is added to the security groups of the file system.
   *
   * @param channelName the name of the channel, 1 to 64 letters, digits and `.-_`
   * @param fileSystem the file system
   * @param directoryPath the full path of the directory, which begins with the mount name: `/<mountName>/train`
   * @param options further options of the channel
   */
  public static fromFsxLustre(
    channelName: string, fileSystem: fsx.IFileSystem, directoryPath: string, options?: FileSystemChannelOptions,
  ): InputChannel {
    return new InputChannel(channelName, fsxLustreSource(fileSystem, directoryPath, options));
  }

  /**
   * Returns a channel from a directory of an EFS file system by its ID (`FileSystemType`: `EFS`). The job must be in the VPC of
   * the file system, and the security groups must already let it connect.
   *
   * @param channelName the name of the channel, 1 to 64 letters, digits and `.-_`
   * @param fileSystemId the ID of the file system, such as `fs-0123456789abcdef0`
   * @param directoryPath the full path of the directory
   * @param options further options of the channel
   */
  public static fromEfsFileSystemId(
    channelName: string, fileSystemId: string, directoryPath: string, options?: FileSystemChannelOptions,
  ): InputChannel {
    return new InputChannel(channelName, fileSystemIdSource('EFS', fileSystemId, directoryPath, options));
  }

  /**
   * Returns a channel from a directory of an FSx for Lustre file system by its ID (`FileSystemType`: `FSxLustre`). The job must
   * be in the VPC of the file system, and the security groups must already let it connect.
   *
   * @param channelName the name of the channel, 1 to 64 letters, digits and `.-_`
   * @param fileSystemId the ID of the file system, such as `fs-0123456789abcdef0`
   * @param directoryPath the full path of the directory, which begins with the mount name: `/<mountName>/train`
   * @param options further options of the channel
   */
  public static fromFsxLustreFileSystemId(
    channelName: string, fileSystemId: string, directoryPath: string, options?: FileSystemChannelOptions,
  ): InputChannel {
    return new InputChannel(channelName, fileSystemIdSource('FSxLustre', fileSystemId, directoryPath, options));
  }

  /**
   * Returns a channel from a dataset of a SageMaker hub (`DatasetSource.DatasetArn`).
   *
   * @param channelName the name of the channel, 1 to 64 letters, digits and `.-_`
   * @param datasetArn the ARN of the hub content
   * @param options further options of the channel
   */
  public static fromHubDatasetArn(channelName: string, datasetArn: string, options?: InputChannelOptions): InputChannel {
    return new InputChannel(channelName, hubDatasetSource(datasetArn, options));
  }

  /** @param channelName The name of the channel (`ChannelName`). */
  private constructor(public readonly channelName: string, private readonly source: Source) {}

  /**
   * Grants the permissions to read the data, and returns the channel as a request contains it.
   *
   * @internal
   */
  public _bind(scope: Construct, options: InputChannelBindOptions): InputChannelConfig {
    const { channel, ...config } = this.source(scope, options);
    return { ...config, channel: { ChannelName: this.channelName, ...channel } };
  }
}

/** Grants the permissions to read the data, and returns the channel without its name. */
type Source = (scope: Construct, options: InputChannelBindOptions) => InputChannelConfig;

function s3Source(dataType: string, location: S3Location, options: ManifestChannelOptions = {}, attributeNames?: string[]): Source {
  const { acceptEula, dataLocations, hubContentArn, instanceGroupNames, s3DataDistributionType } = options;
  return (scope, { grantee }) => {
    const dataUris = (dataLocations ?? []).map((each) => each.bind(scope, { grantee, forReading: true }).uri);
    if (hubContentArn) grantHubContent(scope, grantee, hubContentArn);
    const { uri } = location.bind(scope, { grantee, forReading: true });
    return {
      channel: renderChannel(options, {
        S3DataSource: {
          S3DataType: dataType,
          S3Uri: uri,
          S3DataDistributionType: s3DataDistributionType?.value,
          AttributeNames: nonEmpty(attributeNames),
          InstanceGroupNames: nonEmpty(instanceGroupNames),
          ModelAccessConfig: acceptEula === undefined ? undefined : { AcceptEula: acceptEula },
          HubAccessConfig: hubContentArn === undefined ? undefined : { HubContentArn: hubContentArn },
        },
      }),
      _checks: [
        () => propertyViolations('ManifestChannelOptions', options),
        () => dataViolations(environmentOf(scope), dataUris),
        () => (hubContentArn === undefined || isHubContentArn(hubContentArn)
          ? []
          : [{ property: 'hubContentArn', rule: 'must be an ARN that ends in hub-content/<hub>/<type>/<name>', value: hubContentArn }]),
      ],
    };
  };
}

function efsSource(fileSystem: efs.IFileSystem, directoryPath: string, options: FileSystemChannelOptions = {}): Source {
  return (_scope, { grantee, connections }) => {
    // fileSystem.grantRead would add a policy to the file system that denies access to all other clients.
    allowMount(grantee, fileSystem.fileSystemArn, options);
    if (connections) openFor(connections, fileSystem, options);
    return {
      channel: renderFileSystemChannel('EFS', fileSystem.fileSystemId, directoryPath, options),
      requiresVpc: true,
      _checks: fileSystemChecks(options),
      dependencies: [fileSystem.mountTargetsAvailable, ...fileSystem.connections.securityGroups],
    };
  };
}

function fsxLustreSource(fileSystem: fsx.IFileSystem, directoryPath: string, options: FileSystemChannelOptions = {}): Source {
  return (_scope, { grantee, connections }) => {
    grantAnywhere(grantee, ['fsx:DescribeFileSystems']);
    if (connections) openFor(connections, fileSystem, options);
    return {
      channel: renderFileSystemChannel('FSxLustre', fileSystem.fileSystemId, directoryPath, options),
      requiresVpc: true,
      _checks: fileSystemChecks(options),
      dependencies: fileSystem.connections.securityGroups,
    };
  };
}

function fileSystemIdSource(type: 'EFS' | 'FSxLustre', fileSystemId: string, directoryPath: string, options: FileSystemChannelOptions = {}): Source {
  return (scope, { grantee }) => {
    if (type === 'EFS') {
      allowMount(grantee, Stack.of(scope).formatArn({ service: 'elasticfilesystem', resource: 'file-system', resourceName: fileSystemId }), options);
    } else {
      grantAnywhere(grantee, ['fsx:DescribeFileSystems']);
    }
    return {
      channel: renderFileSystemChannel(type, fileSystemId, directoryPath, options),
      requiresVpc: true,
      _checks: fileSystemChecks(options),
    };
  };
}

function hubDatasetSource(datasetArn: string, options: InputChannelOptions = {}): Source {
  return (scope, { grantee }) => {
    grantHubContent(scope, grantee, datasetArn);
    return {
      channel: renderChannel(options, { DatasetSource: { DatasetArn: datasetArn } }),
      _checks: [() => propertyViolations('InputChannelOptions', options)],
    };
  };
}

function renderChannel(options: InputChannelOptions, dataSource: { [member: string]: any }): { [member: string]: any } {
  return {
    DataSource: dataSource,
    ContentType: options.contentType,
    CompressionType: options.compressionType?.value,
    RecordWrapperType: options.recordWrapperType?.value,
    InputMode: options.inputMode?.value,
    ShuffleConfig: options.shuffleSeed === undefined ? undefined : { Seed: options.shuffleSeed },
  };
}

function renderFileSystemChannel(type: string, id: string, directoryPath: string, options: FileSystemChannelOptions) {
  return renderChannel(options, {
    FileSystemDataSource: {
      FileSystemId: id,
      FileSystemAccessMode: (options.fileSystemAccessMode ?? FileSystemAccessMode.RO).value,
      FileSystemType: type,
      DirectoryPath: directoryPath,
    },
  });
}

/** Checks the objects that a manifest lists, which the request does not contain. */
export function dataViolations({ region, regionOf }: RequestEnvironment, dataUris: readonly string[]): Violation[] {
  return dataUris.flatMap((uri, index) => {
    const other = regionOf?.(uri);
    return region === undefined || other === undefined || other === region ? [] : [{ property: `dataLocations[${index}]`, ...inBucketOf(region, other) }];
  });
}

function fileSystemChecks(options: FileSystemChannelOptions): Check[] {
  return [() => propertyViolations('FileSystemChannelOptions', options)];
}

function allowMount(grantee: iam.IGrantable, fileSystemArn: string, options: FileSystemChannelOptions): void {
  allow(grantee, {
    actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:DescribeMountTargets', ...isReadOnly(options) ? [] : ['elasticfilesystem:ClientWrite']],
    resourceArns: [fileSystemArn],
  });
}

/** The rules that were added in a stack. CloudFormation rejects a duplicate rule, even if a security group is imported twice. */
const OPENED = new WeakMap<Stack, Set<string>>();

/** Allows a job to connect to a file system. Imported security groups are changed only on request. */
function openFor(job: ec2.Connections, { connections }: ec2.IConnectable, { allowConnections }: FileSystemChannelOptions): void {
  for (const group of connections.securityGroups) {
    if (!(allowConnections ?? Resource.isOwnedResource(group))) continue;
    const opened = OPENED.get(Stack.of(group)) ?? new Set<string>();
    OPENED.set(Stack.of(group), opened);
    for (const peer of job.securityGroups) {
      const rule = `${group.securityGroupId} ${peer.securityGroupId} ${connections.defaultPort}`;
      if (opened.has(rule)) continue;
      opened.add(rule);
      new ec2.Connections({ securityGroups: [group], defaultPort: connections.defaultPort }).allowDefaultPortFrom(peer);
    }
  }
}

function isReadOnly({ fileSystemAccessMode }: FileSystemChannelOptions): boolean {
  return (fileSystemAccessMode ?? FileSystemAccessMode.RO).value === FileSystemAccessMode.RO.value;
}
