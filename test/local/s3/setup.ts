import { S3Client } from '@aws-sdk/client-s3';
import { LocalCloud } from '../../../local/cloud';

export const BUCKET = 'models';

/** A local cloud with a bucket, and S3's real client. */
export class Fixture {
  static async start(): Promise<Fixture> {
    const cloud = await LocalCloud.start({ startAt: new Date('2026-01-01T00:00:00Z') });
    cloud.s3.createBucket(BUCKET);
    return new Fixture(cloud);
  }

  readonly client: S3Client;

  private constructor(readonly cloud: LocalCloud) {
    this.client = new S3Client({
      endpoint: cloud.endpoint.url,
      region: cloud.region,
      credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
      forcePathStyle: true,
      maxAttempts: 1,
    });
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.cloud.stop();
  }
}
