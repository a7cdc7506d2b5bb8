import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IConstruct } from 'constructs';

/** The metadata with the stack trace of a construct. Releases of CDK before 2.251 record it only in debug mode, with the logical ID. */
const CREATION_STACK = 'aws:cdk:creationStack';
const LOGICAL_ID = 'aws:cdk:logicalId';

/** A frame with a position in a file, such as "new Churn (/app/churn.ts:12:5)". */
const FRAME = /(?:^|\()((?:file:\/\/)?[^()]+?)(:\d+(?::\d+)?)\)?$/;

/** The files of this package, for a package that is linked. */
const OWN_FILES = join(__dirname, '..') + sep;

/** Appends to each message the line of the app that created the construct, if CDK has recorded it. */
export function locatedMessages(scope: IConstruct, messages: readonly string[]): string[] {
  const location = messages.length === 0 ? undefined : creationLocation(scope);
  return messages.map((message) => (location === undefined ? message : `${message} (${location})`));
}

/**
 * The innermost position outside of libraries in the stack trace of a construct or of its main resource. A task state has no resource of
 * its own, but creates a role or a model.
 */
function creationLocation(scope: IConstruct): string | undefined {
  const { defaultChild, metadata } = scope.node;
  const resources = defaultChild ? [defaultChild] : scope.node.findAll().slice(1);
  const frames: readonly string[] = [...metadata, ...resources.flatMap(({ node }) => node.metadata)]
    .flatMap(({ data, trace, type }) => (type === CREATION_STACK ? data : type === LOGICAL_ID ? trace ?? [] : []));
  for (const frame of frames) {
    const [, file, position] = FRAME.exec(frame) ?? [];
    if (file !== undefined && !isLibrary(file)) return `${relative('', file.startsWith('file:') ? fileURLToPath(file) : file)}${position}`;
  }
  return undefined;
}

function isLibrary(file: string): boolean {
  return file.startsWith('node:') || file.startsWith(OWN_FILES) || /[\\/]node_modules[\\/]/.test(file);
}
