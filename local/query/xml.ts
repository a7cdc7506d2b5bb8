import { XMLBuilder } from 'fast-xml-parser';
import type { Json } from '../services';

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true });

/** Writes an XML document. Names that begin with `@` are attributes. A list becomes an element for each item. */
export function writeXml(document: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`;
}

/** Renders an output for the Query protocol: the items of a list become `member` elements. */
export function withMembers(value: Json): Json {
  if (Array.isArray(value)) return { member: value.map(withMembers) };
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined).map(([name, item]) => [name, withMembers(item)]));
}
