import { isObject, type JsonObject } from '../json';
import type { Json } from '../services';

/** The transformation of an event for a target. */
export interface TargetInput {
  /** JSON that replaces the event. */
  readonly Input?: string;
  /** The part of the event that replaces it. */
  readonly InputPath?: string;
  readonly InputTransformer?: { readonly InputPathsMap?: { readonly [name: string]: string }; readonly InputTemplate: string };
}

/** Properties of the rule and the time that an input transformer can insert. */
export interface Circumstances {
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly ingestionTime: string;
}

/** Returns the input of a target: Amazon EventBridge User Guide, Input transformation. */
export function inputFor({ Input: input, InputPath: path, InputTransformer: transformer }: TargetInput, event: JsonObject,
  circumstances: Circumstances): Json {
  if (input !== undefined) return parsed(input);
  if (path !== undefined) return at(event, path) ?? null;
  return transformer ? transformed(transformer, event, circumstances) : event;
}

function transformed(
  { InputPathsMap: paths = {}, InputTemplate: template }: NonNullable<TargetInput['InputTransformer']>, event: JsonObject, circumstances: Circumstances,
): Json {
  const values: { [name: string]: Json | undefined } = {
    ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, at(event, path)])),
    'aws.events.rule-arn': circumstances.ruleArn,
    'aws.events.rule-name': circumstances.ruleName,
    'aws.events.event.ingestion-time': circumstances.ingestionTime,
    'aws.events.event': withoutDetail(event),
    'aws.events.event.json': event,
  };
  let isQuoted = false;
  // A variable between quotes becomes part of a string. Elsewhere, it becomes a value. A variable without a value is empty.
  const filled = template.replace(/\\.|"|<([\w.-]+)>/g, (text, name: string | undefined) => {
    if (text === '"') isQuoted = !isQuoted;
    if (name === undefined || !Object.hasOwn(values, name)) return text;
    const value = values[name];
    if (!isQuoted) return value === undefined ? '' : JSON.stringify(value);
    return value === undefined ? '' : JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value)).slice(1, -1);
  });
  return parsed(filled);
}

function withoutDetail({ detail: _, ...event }: JsonObject): JsonObject {
  return event;
}

/** Returns the parsed JSON, or the string itself if it is not JSON. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Returns the value at a path such as `$.detail.items[0].name`. */
function at(event: Json, path: string): Json | undefined {
  const steps = [...path.replace(/^\$\.?/, '').matchAll(/([^.[\]]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(([, name, index, quoted]) => name ?? index ?? quoted);
  return steps.reduce<Json | undefined>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isObject(value) ? value[step] : undefined;
  }, event);
}
