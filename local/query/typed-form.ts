import type { Model } from '../api/api-model';
import { isObject, type JsonObject } from '../json';
import type { Json } from '../services';

/** Gives the scalars of a form the types of the API model. A value that does not fit its type stays a string. */
export function typedForm(model: Model, name: string, value: Json): Json {
  const { type, members = {}, member, value: item } = model.shapes[name];
  switch (type) {
    case 'structure': return value === '' ? {} : isObject(value)
      ? mapped(value, (child, of) => Object.hasOwn(members, child) ? typedForm(model, members[child], of) : of)
      : value;
    // An empty list is an empty parameter.
    case 'list': return value === '' ? [] : Array.isArray(value) ? value.map((child) => typedForm(model, member!, child)) : value;
    case 'map': {
      const entries = isObject(value) && isObject(value.entry) ? Object.values(value.entry) as JsonObject[] : undefined;
      return entries ? Object.fromEntries(entries.map((entry) => [String(entry.key), typedForm(model, item!, entry.value)])) : value;
    }
    case 'boolean': return value === 'true' || value === 'false' ? value === 'true' : value;
    case 'integer': case 'long': return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    default: return value;
  }
}

function mapped(value: JsonObject, change: (member: string, of: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([member, of]) => [member, change(member, of)]));
}
