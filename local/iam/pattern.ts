import { type RequestContext, valuesOf } from './policy';

/** The minimum version of policies with variables. */
const VERSION_WITH_VARIABLES = '2012-10-17';

const LITERALS = ['*', '?', '$'];

/** Matches the strings of a policy: wildcards, and variables if the policy's version supports them. */
export class Patterns {
  private readonly hasVariables: boolean;

  constructor(private readonly context: RequestContext, version: string | undefined) {
    this.hasVariables = version === VERSION_WITH_VARIABLES;
  }

  /** Whether a pattern, whose `*` and `?` stand for any characters, matches the whole value. */
  matches(pattern: string, value: string): boolean {
    const source = this.render(pattern, (text) => escape(text).replaceAll('\\*', '.*').replaceAll('\\?', '.'), escape);
    return source !== undefined && new RegExp(`^${source}$`, 's').test(value);
  }

  /** Replaces the variables in a string. Returns nothing if a variable has no value, because the string then matches nothing. */
  resolve(text: string): string | undefined {
    return this.render(text, (part) => part, (value) => value);
  }

  private render(pattern: string, literal: (text: string) => string, variable: (value: string) => string): string | undefined {
    if (!this.hasVariables) return literal(pattern);
    let rendered = '';
    for (const [index, part] of pattern.split(/\$\{([^}]*)\}/).entries()) {
      const value = index % 2 === 0 ? literal(part) : this.value(part, variable);
      if (value === undefined) return undefined;
      rendered += value;
    }
    return rendered;
  }

  private value(name: string, variable: (value: string) => string): string | undefined {
    if (LITERALS.includes(name)) return variable(name);
    const [, key, fallback] = /^\s*([^,\s]+)\s*(?:,\s*'(.*)'\s*)?$/.exec(name) ?? [];
    const [value, ...others] = valuesOf(this.context, key ?? name) ?? [];
    const single = others.length === 0 ? value ?? fallback : fallback;
    return single === undefined ? undefined : variable(single);
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
