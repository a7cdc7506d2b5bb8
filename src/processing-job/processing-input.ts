import { Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IDependable } from 'constructs';
import { grantAthenaQuery, grantBucketLocation, grantRedshiftQuery } from './dataset-permissions';
import {
  AthenaInputOptions, DatasetInputOptions, ManifestInputOptions, ProcessingInputOptions, ProcessingS3InputMode, RedshiftInputOptions, S3InputOptions,
} from './processing-input-options';
import { dataViolations } from '../data/input-channel';
import { S3Location } from '../data/s3-location';
import { DedicatedPolicy } from '../execution-role/dedicated-policy';
import { granteeOf, isImmutable } from '../execution-role/grantee';
import { grantKeyToRead, grantKeyToWrite } from '../execution-role/key-access';
import { uniqueChildId } from '../job/asset-by-scope';
import type { RequestStructure } from '../job/request-members';
import type { Check } from '../validation/construct-validation';
import { propertyViolations, typedFactories } from '../validation/property-types';
import { environmentOf } from '../validation/stack-environment';

/** An input as a job uses it. */
export interface BoundInput {
  /** The structure of the request. */
  readonly input: RequestStructure;
  /** Checks of values that do not appear in the request. */
  readonly checks: readonly Check[];
  /** The dependencies that must exist before the job starts. */
  readonly dependencies?: readonly IDependable[];
}

/** Grants the permissions to read the data, and returns the input without its name. */
type Source = (scope: Construct, grantee: iam.IGrantable) => BoundInput;

/**
 * A named input of a processing job (`ProcessingInput`). The container reads it from `/opt/ml/processing/input/<name>`, unless
 * `localPath` is specified.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingInput.html
 */
@typedFactories('ProcessingInput')
export class ProcessingInput {
  /**
   * Returns an input from all objects with a key prefix (`S3DataType`: `S3Prefix`).
   *
   * @param inputName the name of the input, unique in the job
   * @param location the prefix, or an object
   * @param options further options of the input
   */
  public static fromS3(inputName: string, location: S3Location, options?: S3InputOptions): ProcessingInput {
    return new ProcessingInput(inputName, s3Source(inputName, 'S3Prefix', location, options));
  }

  /**
   * Returns an input from the objects that a manifest lists (`S3DataType`: `ManifestFile`).
   *
   * @param inputName the name of the input, unique in the job
   * @param manifest the location of the manifest, an object
   * @param options further options of the input
   */
  public static fromManifest(inputName: string, manifest: S3Location, options?: ManifestInputOptions): ProcessingInput {
    return new ProcessingInput(inputName, s3Source(inputName, 'ManifestFile', manifest, options));
  }

  /**
   * Returns an input from an Amazon Athena query (`AthenaDatasetDefinition`). The job creates the database `sagemaker_processing`
   * in the AWS Glue Data Catalog, and temporary tables.
   *
   * @param inputName the name of the input, unique in the job
   * @param options the query, and further options of the input
   */
  public static fromAthena(inputName: string, options: AthenaInputOptions): ProcessingInput {
    return new ProcessingInput(inputName, athenaSource(inputName, options));
  }

  /**
   * Returns an input from an Amazon Redshift query (`RedshiftDatasetDefinition`).
   *
   * @param inputName the name of the input, unique in the job
   * @param options the query, and further options of the input
   */
  public static fromRedshift(inputName: string, options: RedshiftInputOptions): ProcessingInput {
    return new ProcessingInput(inputName, redshiftSource(inputName, options));
  }

  /** @param inputName The name of the input (`InputName`). */
  private constructor(public readonly inputName: string, private readonly source: Source) {}

  /**
   * Grants the permissions to read the data, and returns the input as a job uses it.
   *
   * @internal
   */
  public _bind(scope: Construct, grantee: iam.IGrantable): BoundInput {
    const { input, ...bound } = this.source(scope, grantee);
    return { ...bound, input: { InputName: this.inputName, ...input } };
  }
}

function s3Source(inputName: string, dataType: string, location: S3Location, options: ManifestInputOptions = {}): Source {
  const { dataLocations, enableAppManagement, s3CompressionType, s3DataDistributionType, s3InputMode } = options;
  return (scope, grantee) => {
    const dataChecks = bindData(scope, grantee, dataLocations);
    return {
      input: {
        AppManaged: enableAppManagement,
        S3Input: {
          S3Uri: location.bind(scope, { grantee, forReading: true }).uri,
          LocalPath: localPath(inputName, options),
          S3DataType: dataType,
          S3InputMode: (s3InputMode ?? (enableAppManagement ? undefined : ProcessingS3InputMode.FILE))?.value,
          S3DataDistributionType: s3DataDistributionType?.value,
          S3CompressionType: s3CompressionType?.value,
        },
      },
      checks: [() => propertyViolations('ManifestInputOptions', options), ...dataChecks],
    };
  };
}

function athenaSource(inputName: string, options: AthenaInputOptions): Source {
  const { catalog = 'AwsDataCatalog', database, dataLocations, outputCompression, outputEncryptionKey, outputFormat, queryString, workGroup } = options;
  return (scope, grantee) => {
    grantAthenaQuery(scope, grantee, options);
    const dataChecks = bindData(scope, grantee, dataLocations);
    const resultUri = bindResult(scope, grantee, grantee, options);
    grantBucketLocation(scope, grantee, resultUri);
    const input = dataset(inputName, options, {
      AthenaDatasetDefinition: {
        Catalog: catalog,
        Database: database,
        QueryString: queryString,
        WorkGroup: workGroup,
        OutputS3Uri: resultUri,
        KmsKeyId: outputEncryptionKey?.keyArn,
        OutputFormat: outputFormat.value,
        OutputCompression: outputCompression?.value,
      },
    });
    return { input, checks: [() => propertyViolations('AthenaInputOptions', options), ...dataChecks] };
  };
}

function redshiftSource(inputName: string, options: RedshiftInputOptions): Source {
  const { clusterId, clusterRole, database, dbUser, outputCompression, outputEncryptionKey, outputFormat, queryString } = options;
  return (scope, grantee) => {
    grantRedshiftQuery(scope, grantee, options);
    const writer = clusterGrantee(scope, inputName, clusterRole);
    const input = dataset(inputName, options, {
      RedshiftDatasetDefinition: {
        ClusterId: clusterId,
        Database: database,
        DbUser: dbUser,
        QueryString: queryString,
        ClusterRoleArn: clusterRole.roleArn,
        OutputS3Uri: bindResult(scope, grantee, writer, options),
        KmsKeyId: outputEncryptionKey?.keyArn,
        OutputFormat: outputFormat.value,
        OutputCompression: outputCompression?.value,
      },
    });
    return { input, checks: [() => propertyViolations('RedshiftInputOptions', options)], dependencies: [clusterRole, ...writer instanceof DedicatedPolicy && writer.policy ? [writer.policy] : []] };
  };
}

/** Grants permission to read the data that a manifest lists, or the tables of a query contain, and returns the checks of it. */
function bindData(scope: Construct, grantee: iam.IGrantable, dataLocations: readonly S3Location[] = []): Check[] {
  const uris = dataLocations.map((each) => each.bind(scope, { grantee, forReading: true }).uri);
  return [() => dataViolations(environmentOf(scope), uris)];
}

/**
 * Returns the grantee of the permissions to write the result of a query. A role of another stack gets them in a policy of the stack
 * with the job, because its own stack would refer to the bucket, and the job refers to the role.
 */
function clusterGrantee(scope: Construct, inputName: string, clusterRole: iam.IRole): iam.IGrantable {
  const grantee = granteeOf(clusterRole);
  if (isImmutable(grantee) || clusterRole.stack === Stack.of(scope)) return grantee;
  const id = `ClusterRolePolicy${Token.isUnresolved(inputName) ? '' : `:${inputName}`}`;
  return new DedicatedPolicy(scope, uniqueChildId(scope, id), clusterRole);
}

function dataset(inputName: string, options: DatasetInputOptions, definition: RequestStructure): RequestStructure {
  const { dataDistributionType, enableAppManagement, inputMode } = options;
  return {
    AppManaged: enableAppManagement,
    DatasetDefinition: {
      ...definition,
      LocalPath: localPath(inputName, options),
      DataDistributionType: dataDistributionType?.value,
      InputMode: inputMode?.value,
    },
  };
}

/** Grants permission for the result of a query. The writer must be able to read it: UNLOAD of Redshift requires that. Returns the URI. */
function bindResult(
  scope: Construct, job: iam.IGrantable, writer: iam.IGrantable, { outputEncryptionKey, outputLocation }: DatasetInputOptions,
): string {
  outputLocation.bind(scope, { grantee: writer, forReading: true, forWriting: true });
  if (outputEncryptionKey) {
    grantKeyToRead(outputEncryptionKey, job);
    grantKeyToWrite(outputEncryptionKey, writer);
  }
  return outputLocation.bind(scope, { grantee: job, forReading: true }).uri;
}

function localPath(inputName: string, options: ProcessingInputOptions): string | undefined {
  return options.localPath ?? (options.enableAppManagement ? undefined : `/opt/ml/processing/input/${inputName}`);
}
