/** Returns the location of the compressed model of a training job, which is below its name, or undefined for another format. */
export function modelLocation(name: string, { OutputDataConfig: { S3OutputPath, CompressionType } = {} as any }: any): string | undefined {
  if (S3OutputPath === undefined || (CompressionType ?? 'GZIP') !== 'GZIP') return undefined;
  return `${S3OutputPath.replace(/\/+$/, '')}/${name}/output/model.tar.gz`;
}
