import { SHAPES } from '../../src/validation/model.generated';
import type { Path } from '../../src/validation/request-rule';
import type { RequestKind } from '../../src/validation/shape-constraints';

/** The constructs by kind. */
export const CONSTRUCTS: { readonly [kind in RequestKind]: string } = {
  trainingJob: 'TrainingJob',
  hyperParameterTuningJob: 'HyperParameterTuningJob',
  compilationJob: 'CompilationJob',
  processingJob: 'ProcessingJob',
  transformJob: 'TransformJob',
  optimizationJob: 'OptimizationJob',
  notebookInstance: 'NotebookInstance',
  notebookInstanceLifecycleConfig: 'NotebookInstanceLifecycleConfig',
};

export const REQUEST_KINDS = Object.keys(CONSTRUCTS) as RequestKind[];

export interface PlaceOfShape {
  readonly name: string;
  readonly path: Path;
  readonly required: boolean;
}

/** The paths of shapes in a request. The first element stands for all elements of a list, `*` for all values of a map. */
export function placesOf(name: string, path: Path = [], required = false): PlaceOfShape[] {
  const { member, members = {}, required: demanded = [], value } = SHAPES[name];
  return [
    { name, path, required },
    ...Object.entries(members).flatMap(([each, shape]) => placesOf(shape, [...path, each], demanded.includes(each))),
    ...member ? placesOf(member, [...path, 0]) : [],
    ...value ? placesOf(value, [...path, '*']) : [],
  ];
}

/** Returns the API member at a path. `[]` stands for all elements of a list. */
export function memberAt(path: Path): string {
  return path.map((step) => (step === 0 ? '[]' : step)).join('.').replace(/\.\[\]/g, '[]');
}

/** Returns a property for all elements of lists. */
export function withoutIndices(property: string): string {
  return property.replace(/\[0\]/g, '[]');
}

/** Renders a Markdown table. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
