export { bucketType } from './bucket-type';
export { ObjectStore } from './object-store';
export { S3 } from './s3';
export { S3Protocol } from './s3-protocol';
export { unpacked, unpackedSource, unpackedZip } from './unpack';
