import type { JobDetails } from './view-model';
import { isObject, type JsonObject } from '../json';
import type { Json } from '../services';
import { redact } from '../watch';

/** The values of a description by path, in the order of the description, without those that may be secrets. */
export function descriptionOf(description: JsonObject): JobDetails['description'] {
  return valuesIn(redact(description), '');
}

/** The final metrics of a training job, or the objective of the best training job of a tuning job. */
export function metricsOf({ FinalMetricDataList: metrics, BestTrainingJob: best }: JsonObject): JobDetails['metrics'] {
  const objective = isObject(best) ? best.FinalHyperParameterTuningJobObjectiveMetric : undefined;
  return [...Array.isArray(metrics) ? metrics : [], ...objective === undefined ? [] : [objective]]
    .map((metric) => metric as { readonly MetricName: string; readonly Value: number })
    .map(({ MetricName: name, Value: value }) => ({ name, value }));
}

function valuesIn(value: Json | undefined, path: string): Array<{ path: string; value: string }> {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.length === 0 ? [{ path, value: '[]' }] : value.flatMap((item, index) => valuesIn(item, `${path}[${index}]`));
  if (isObject(value)) return Object.entries(value).flatMap(([member, item]) => valuesIn(item, path === '' ? member : `${path}.${member}`));
  // Times in the protocol are seconds since the epoch.
  if (typeof value === 'number' && /Time$/.test(path)) return [{ path, value: new Date(value * 1000).toISOString() }];
  return [{ path, value: String(value) }];
}
