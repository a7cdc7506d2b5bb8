import { read, write } from './paths';

/** Returns the request with the name of the job as the last part of its output URIs. */
export function withOwnOutputs(request: Record<string, unknown>, members: string | readonly string[] = [], name: string): Record<string, unknown> {
  return [members].flat().map((member) => member.split('.'))
    .reduce((part, path) => write(part, path, `${String(read(part, path)).replace(/\/+$/, '')}/${name}/`), request);
}

/** Returns the location of the compressed model of a training job, which is below its name, or undefined for another format. */
export function modelLocation(name: string, { OutputDataConfig: { S3OutputPath, CompressionType } = {} as any }: any): string | undefined {
  if (S3OutputPath === undefined || (CompressionType ?? 'GZIP') !== 'GZIP') return undefined;
  return `${S3OutputPath.replace(/\/+$/, '')}/${name}/output/model.tar.gz`;
}
