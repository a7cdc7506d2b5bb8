import type { Path, Rule, Structure } from '../request-rule';
import { at, brokenAt, isGiven, literalNumber, literalString } from '../request-values';

const MAX_PAYLOAD_MIB = 100;
const MAX_INSTANCES = 100;
const REQUEST = 'CreateTransformJobRequest';
const DATA_PROCESSING = 'Associate Prediction Results with Input Records';
const FORMATS = ['text/csv', 'application/json', 'application/jsonlines'];
const FILTERS = ['InputFilter', 'OutputFilter'];

/** Rules of transform jobs. */
export const TRANSFORM_RULES: readonly Rule[] = [
  {
    id: 'transform-payload-size',
    on: [REQUEST],
    level: 'error',
    source: 'CreateTransformJobRequest.MaxPayloadInMB',
    rule: `must be at most ${MAX_PAYLOAD_MIB}`,
    needs: ['MaxPayloadInMB'],
    check: ({ MaxPayloadInMB }) => brokenAt(['MaxPayloadInMB'], (literalNumber(MaxPayloadInMB) ?? 0) > MAX_PAYLOAD_MIB),
  },
  {
    id: 'transform-payloads-together',
    on: [REQUEST],
    level: 'error',
    source: 'CreateTransformJobRequest.MaxPayloadInMB',
    rule: `must be at most ${MAX_PAYLOAD_MIB} MiB if it is multiplied by \`MaxPayloadInMB\``,
    needs: ['MaxConcurrentTransforms', 'MaxPayloadInMB'],
    check: ({ MaxConcurrentTransforms, MaxPayloadInMB }) => {
      const [parallel, payload] = [literalNumber(MaxConcurrentTransforms) ?? 0, literalNumber(MaxPayloadInMB) ?? 0];
      return payload <= MAX_PAYLOAD_MIB && parallel * payload > MAX_PAYLOAD_MIB
        ? [{ path: ['MaxConcurrentTransforms'], value: `${parallel} * ${payload} MiB` }] : [];
    },
  },
  {
    id: 'transform-instances',
    on: ['TransformResources'],
    level: 'error',
    source: 'TransformResources.InstanceCount',
    rule: `must be at most ${MAX_INSTANCES}`,
    check: ({ InstanceCount }) => brokenAt(['InstanceCount'], (literalNumber(InstanceCount) ?? 0) > MAX_INSTANCES),
  },
  {
    id: 'several-records-need-split',
    on: [REQUEST],
    level: 'error',
    source: 'CreateTransformJobRequest.BatchStrategy',
    rule: 'must be Line, RecordIO or TFRecord if `BatchStrategy` is MultiRecord',
    needs: ['BatchStrategy'],
    check: (request) => {
      if (request.BatchStrategy !== 'MultiRecord') return [];
      const split = at(request, 'TransformInput')?.SplitType;
      return brokenAt(['TransformInput', 'SplitType'], !isGiven(split) || split === 'None');
    },
  },
  {
    id: 'transform-filter-root',
    on: ['DataProcessing'],
    level: 'error',
    source: DATA_PROCESSING,
    rule: 'must be a JSONPath expression that begins with $',
    check: (processing) => FILTERS.flatMap((filter) => brokenAt([filter], literalString(processing[filter])?.startsWith('$') === false)),
  },
  {
    id: 'csv-filter-by-index',
    on: [REQUEST],
    level: 'warning',
    source: DATA_PROCESSING,
    rule: 'should contain only indices such as $[1:], because CSV records have no names',
    needs: ['DataProcessing'],
    check: (request) => {
      const type = literalString(at(request, 'TransformInput')?.ContentType);
      const processing = type === 'text/csv' ? at(request, 'DataProcessing') : undefined;
      return !processing ? [] : FILTERS.flatMap((filter) => (
        brokenAt(['DataProcessing', filter], /^\$.*(\.\w|\[['"])/.test(literalString(processing[filter]) ?? ''))));
    },
  },
  {
    id: 'data-processing-formats',
    on: [REQUEST],
    level: 'warning',
    source: DATA_PROCESSING,
    rule: 'should be text/csv, application/json or application/jsonlines if `DataProcessing` is specified',
    needs: ['DataProcessing'],
    check: (request) => typesOf(request).flatMap(({ path, type = FORMATS[0] }) => brokenAt(path, !FORMATS.includes(type))),
  },
  {
    id: 'join-same-format',
    on: [REQUEST],
    level: 'warning',
    source: DATA_PROCESSING,
    rule: 'should be equal to `TransformInput.ContentType`, because the records are joined with the results',
    needs: ['DataProcessing'],
    check: (request) => {
      const [contentType, accept] = typesOf(request).map(({ type }) => type);
      return brokenAt(['TransformOutput', 'Accept'], isJoined(request) && contentType !== undefined && accept !== undefined && contentType !== accept);
    },
  },
  {
    id: 'join-same-separator',
    on: [REQUEST],
    level: 'warning',
    source: DATA_PROCESSING,
    rule: 'should be equal to `TransformInput.SplitType`, because the records are joined with the results',
    needs: ['DataProcessing'],
    check: (request) => {
      const [input, output] = [at(request, 'TransformInput'), at(request, 'TransformOutput')];
      if (!isJoined(request) || !input || !output) return [];
      const [split, assembly] = [input.SplitType ?? 'None', output.AssembleWith ?? 'None'].map(literalString);
      return brokenAt(['TransformOutput', 'AssembleWith'], split !== undefined && assembly !== undefined && split !== assembly);
    },
  },
];

/** The MIME types of the input and the output, with their paths. */
function typesOf(request: Structure): Array<{ readonly path: Path; readonly type?: string }> {
  return [['TransformInput', 'ContentType'], ['TransformOutput', 'Accept']]
    .map(([part, member]) => ({ path: [part, member], type: literalString(at(request, part)?.[member]) }));
}

function isJoined(request: Structure): boolean {
  return at(request, 'DataProcessing')?.JoinSource === 'Input';
}
