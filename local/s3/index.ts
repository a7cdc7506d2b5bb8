export { bucketType } from './bucket-type';
export { S3 } from './s3';
export { S3Protocol } from './s3-protocol';
export { unpacked } from './unpack';
