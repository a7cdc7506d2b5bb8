import { choose } from './choice';
import type { FrameworkFacts } from './frameworks';
import type { NoImage, ServiceImage } from './service-image';

/** What else is said of the image of a framework. */
export interface FrameworkChoice {
  readonly baseVersion?: string;
  readonly processor?: string;
  readonly pythonVersion?: string;
}

/** The image of a framework in a version. */
export function frameworkImage(facts: FrameworkFacts, version: string, options: FrameworkChoice): ServiceImage | NoImage {
  const { registry, repositoryName, rows } = facts;
  const known = choose('version', version, versionsOf(rows));
  if ('problem' in known) return known;
  const ofVersion = rows.filter(({ versions }) => words(versions).includes(version));

  const bases = ofVersion.flatMap(({ base }) => base ?? []);
  const base = bases.length > 0 || options.baseVersion !== undefined ? choose('base version', options.baseVersion, bases) : undefined;
  if (base && 'problem' in base) return base;
  const row = ofVersion.find((each) => each.base === base?.chosen)!;
  const processor = choose('processor', options.processor, words(row.processors ?? 'cpu gpu'));
  if ('problem' in processor) return processor;
  const python = choose('version of Python', options.pythonVersion, words(row.pythons));
  if ('problem' in python) return python;

  const versions = base ? [base.chosen, `transformers${version}`] : [version];
  const tag = [...versions, processor.chosen, python.chosen, ...row.suffix ? [row.suffix] : []].join('-');
  return { registry, repositoryName, tag, missingIn: row.missingIn };
}

/** All versions of a framework that are known, in their order. */
export function versionsOf(rows: FrameworkFacts['rows']): string[] {
  return [...new Set(rows.flatMap(({ versions }) => words(versions)))];
}

function words(text: string): string[] {
  return text.split(' ');
}
