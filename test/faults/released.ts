import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Each release leaves a folder here: the template of `RELEASED_PLAN` for a cloud in which everybody may do everything, the
 * one of a real stack with three of its jobs, its handler, the steps that its handler wrote into executions, and the words
 * by which it knew what it had deployed.
 */
const RELEASES = join(__dirname, '..', 'fixtures', 'released');

/** A template, as far as the tests read it. */
export interface ReleasedTemplate {
  readonly Resources: {
    readonly [logicalId: string]: { readonly Type: string; readonly Properties: { readonly Code?: { readonly S3Key: string } } };
  };
}

/** The versions that were released, oldest first. */
export const releases: readonly string[] = readdirSync(RELEASES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory()).map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/** A JSON document that a release has left. */
export function readReleased<T>(release: string, file: string): T {
  return JSON.parse(readFileSync(join(RELEASES, release, file), 'utf8')) as T;
}

/** The template of the stack of a release, as it was synthesized, with some of its jobs only. */
export function releasedStack(release: string, jobs: readonly string[]): ReleasedTemplate {
  const { Resources, ...template } = withDocumentedKeys(readReleased<ReleasedTemplate>(release, 'stack.json'));
  const jobOf = (id: string) => /^TrainingJob[A-Z][a-z]+\d/.exec(id)?.[0];
  return { ...template, Resources: Object.fromEntries(Object.entries(Resources).filter(([id]) => jobs.includes(jobOf(id) ?? jobs[0]))) };
}

/**
 * Release 0.0.0 required the tags of the request also where tagging is authorized at a creation. AWS does not document that they
 * are supplied there, so the local cloud does not supply them.
 */
function withDocumentedKeys<T>(template: T): T {
  return JSON.parse(JSON.stringify(template), (_, value) => {
    if (value?.['sagemaker:TaggingAction'] === undefined) return value;
    return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('aws:RequestTag/')));
  }) as T;
}

/** Writes a cloud assembly with a stack of a release: its template, and its handler as the function's code. */
export function writeAssembly(directory: string, release: string, stackName: string, template: ReleasedTemplate): void {
  const [key] = Object.values(template.Resources).flatMap(({ Properties: { Code } }) => (Code ? [Code.S3Key] : []));
  const write = (file: string, document: object) => writeFileSync(join(directory, file), JSON.stringify(document));
  mkdirSync(join(directory, 'handler'), { recursive: true });
  writeFileSync(join(directory, 'handler', 'index.js'), gunzipSync(readFileSync(join(RELEASES, release, 'handler.js.gz'))));
  write('template.json', template);
  write('assets.json', { files: { handler: { source: { path: 'handler' }, destinations: { bucket: { objectKey: key } } } } });
  write('manifest.json', {
    artifacts: {
      [stackName]: { type: 'aws:cloudformation:stack', properties: { templateFile: 'template.json' }, dependencies: ['assets'] },
      assets: { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
    },
  });
}
