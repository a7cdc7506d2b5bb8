import * as path from 'path';
import { AssetStaging, type CfnResource, FileAssetPackaging, Names, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as cxapi from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';

/** The bundle of lambda/ in the package. */
const HANDLER = path.join(__dirname, '..', '..', 'assets', 'handler');

/**
 * The code of the function: the same asset as with `lambda.Code.fromAsset()`, without the bucket construct that CDK creates for
 * each asset. The modules of a bucket are a large part of what the synthesis of one job would load.
 */
export class HandlerCode extends lambda.Code {
  readonly isInline = false;
  private assetPath?: string;

  bind(scope: Construct): lambda.CodeConfig {
    const stack = Stack.of(scope);
    const staging = new AssetStaging(scope, 'Code', { sourcePath: HANDLER });
    const fileName = this.assetPath = staging.relativeStagedPath(stack);
    const { bucketName, objectKey } = stack.synthesizer.addFileAsset({
      fileName,
      packaging: FileAssetPackaging.ZIP_DIRECTORY,
      sourceHash: staging.assetHash,
      displayName: Names.stackRelativeConstructPath(staging),
    });
    return { s3Location: { bucketName, objectKey } };
  }

  /** Adds the metadata by which `cdk deploy --hotswap` and the AWS SAM CLI find the code. */
  override bindToResource(resource: CfnResource): void {
    if (!resource.node.tryGetContext(cxapi.ASSET_RESOURCE_METADATA_ENABLED_CONTEXT)) return;
    resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_PATH_KEY, this.assetPath);
    resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_IS_BUNDLED_KEY, false);
    resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_PROPERTY_KEY, 'Code');
  }
}
