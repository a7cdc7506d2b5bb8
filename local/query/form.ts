import type { Json } from '../services';

/**
 * Parses the parameters of a Query request: `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: 'a' }] }`. Every scalar stays a
 * string.
 */
export function parseForm(parameters: URLSearchParams): { [member: string]: Json } {
  const root = Object.create(null) as Node;
  for (const [path, value] of parameters) {
    const steps = path.split('.');
    let node = root;
    for (const step of steps.slice(0, -1)) {
      const next = Object.hasOwn(node, step) ? node[step] : node[step] = Object.create(null) as Node;
      if (typeof next === 'string') throw new TypeError(`${path}: the parent is a scalar`);
      node = next;
    }
    node[steps.at(-1)!] = value;
  }
  return Object.fromEntries(Object.entries(root).map(([member, node]) => [member, valueOf(node)]));
}

interface Node {
  [step: string]: Node | string;
}

function valueOf(node: Node | string): Json {
  if (typeof node === 'string') return node;
  const { member } = node;
  if (typeof member === 'object') {
    return Object.entries(member).sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => valueOf(item));
  }
  return Object.fromEntries(Object.entries(node).map(([name, item]) => [name, valueOf(item)]));
}
