import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A synthesized stack. */
export interface SynthesizedStack {
  readonly stackName: string;
  /** The body of the template. */
  readonly template: string;
  readonly parameters: { readonly [name: string]: string };
  readonly tags: { readonly [key: string]: string };
  /** `aws://account/region`, each part of which may be unknown. */
  readonly environment: string;
  /** The paths of the files and directories to upload, by object key. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly artifacts?: { readonly [id: string]: Artifact };
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly parameters?: { readonly [name: string]: string };
    readonly tags?: { readonly [key: string]: string };
    /** The file of an asset manifest. */
    readonly file?: string;
    /** The directory of a nested assembly. */
    readonly directoryName?: string;
  };
}

interface AssetManifest {
  readonly files?: {
    readonly [id: string]: {
      readonly source: { readonly path?: string };
      readonly destinations: { readonly [id: string]: { readonly objectKey: string } };
    };
  };
}

/** Reads a stack from a cloud assembly by its name, artifact ID or path. Assemblies of stages are searched, too. */
export function readStack(directory: string, name: string): SynthesizedStack {
  const stack = find(directory, name);
  if (!stack) throw new Error(`Stack '${name}' does not exist in the cloud assembly ${directory}.`);
  return stack;
}

function find(directory: string, name: string): SynthesizedStack | undefined {
  const { artifacts = {} } = readJson<Manifest>(join(directory, 'manifest.json'));
  for (const [id, artifact] of Object.entries(artifacts)) {
    const { type, displayName, environment = '', properties = {} } = artifact;
    if (type === 'cdk:cloud-assembly') {
      const nested = find(join(directory, properties.directoryName!), name);
      if (nested) return nested;
    } else if (type === 'aws:cloudformation:stack' && [id, displayName, properties.stackName].includes(name)) {
      const { templateFile, stackName = id, parameters = {}, tags = {} } = properties;
      const template = readFileSync(join(directory, templateFile!), 'utf8');
      return { stackName, template, parameters, tags, environment, assets: assetsOf(directory, artifact, artifacts) };
    }
  }
  return undefined;
}

function assetsOf(directory: string, { dependencies = [] }: Artifact, artifacts: { readonly [id: string]: Artifact }): Map<string, string> {
  const manifests = dependencies.map((id) => artifacts[id]).filter((artifact) => artifact?.type === 'cdk:asset-manifest');
  return new Map(manifests.flatMap(({ properties }) => {
    const { files = {} } = readJson<AssetManifest>(join(directory, properties!.file!));
    return Object.values(files).flatMap(({ source: { path }, destinations }) => path === undefined ? [] : Object.values(destinations)
      .map(({ objectKey }) => [objectKey, join(directory, path)] as const));
  }));
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
