import { propertyOf } from './properties';
import type { Path } from './rule';
import type { RequestKind } from './shape';

const MEMBER = /`([A-Z]\w*(?:\.[A-Z]\w*)*)`/g;

/**
 * Words about a structure of a request in the user's words: members in backquotes become the properties that they come
 * from, as one would say them at a property.
 */
export function inUsersWords(words: string, kind: RequestKind, structure: Path, property: string): string {
  return words.replace(MEMBER, (quoted, member: string) => {
    const name = nameOf(member, kind, structure);
    return name ? `\`${fromThere(name, property)}\`` : quoted;
  });
}

/** The property of a member of a structure, or of one around it. */
function nameOf(member: string, kind: RequestKind, structure: Path): string | undefined {
  for (let depth = structure.length; depth >= 0; depth--) {
    const name = propertyOf(kind, [...structure.slice(0, depth), ...member.split('.')]);
    if (name) return name;
  }
  return undefined;
}

/** A property without what it has in common with another one. */
function fromThere(name: string, property: string): string {
  const steps = name.split('.');
  const others = property.split('.');
  const different = steps.findIndex((step, index) => index === steps.length - 1 || withoutIndex(step) !== withoutIndex(others[index]));
  return steps.slice(different).join('.');
}

function withoutIndex(step: string | undefined): string | undefined {
  return step?.replace(/\[.*$/, '');
}
