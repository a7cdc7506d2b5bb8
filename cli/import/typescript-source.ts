/** A TypeScript expression: code, the properties of an object, or the elements of a list. */
export type Expression = string | { readonly [property: string]: Expression } | readonly Expression[];

const WIDTH = 110;

/** A TypeScript file that declares the resources that a construct uses. */
export class TypeScriptSource {
  private readonly imports = new Map<string, Set<string>>();
  private readonly declarations = new Map<string, { readonly name: string; readonly code: string }>();

  /** Imports a class and returns its name. */
  use(name: string, module: string = 'cdk-sagemaker-jobs'): string {
    this.imports.set(module, (this.imports.get(module) ?? new Set()).add(name));
    return name;
  }

  /** Imports a module of aws-cdk-lib, and returns its name. */
  module(name: string): string {
    this.imports.set(`aws-cdk-lib/aws-${name}`, new Set());
    return name;
  }

  /** Declares a resource that exists, once for each identifier. Returns its variable. */
  existing(noun: string, factory: string, identifier: string): string {
    const key = `${factory} ${identifier}`;
    const declared = this.declarations.get(key);
    if (declared) return declared.name;
    const count = [...this.declarations.values()].filter(({ name }) => name.replace(/\d+$/, '') === noun).length;
    const name = count === 0 ? noun : `${noun}${count + 1}`;
    const id = name[0].toUpperCase() + name.slice(1);
    this.declarations.set(key, { name, code: `const ${name} = ${factory}(stack, '${id}', ${literal(identifier)});` });
    return name;
  }

  /** Returns the file. The statements follow the declarations. */
  print(stackProps: Expression, statements: readonly string[], comments: readonly string[]): string {
    this.use('App', 'aws-cdk-lib');
    this.use('Stack', 'aws-cdk-lib');
    const imports = [...this.imports].sort(([a], [b]) => (a < b ? -1 : 1)).map(([module, names]) => (
      names.size === 0 ? `import * as ${module.split('aws-').at(-1)} from '${module}';` : `import { ${[...names].sort().join(', ')} } from '${module}';`));
    return [
      ...comments.map((comment) => `// ${comment}`),
      ...imports,
      '',
      'const app = new App();',
      `const stack = new Stack(app, 'Imported', ${printed(stackProps)});`,
      ...[...this.declarations.values()].map(({ code }) => code),
      '',
      ...statements,
      '',
    ].join('\n');
  }
}

/** Returns a string, a number, a boolean, a list or a map as code. */
export function literal(value: unknown): string {
  if (typeof value !== 'string') return printed(valueExpression(value));
  const escaped = JSON.stringify(value).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, '\\\'');
  return `'${escaped}'`;
}

function valueExpression(value: unknown): Expression {
  if (Array.isArray(value)) return value.map(valueExpression);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueExpression(item)]));
  return typeof value === 'string' ? literal(value) : String(value);
}

export function printed(expression: Expression, indentation: string = ''): string {
  if (typeof expression === 'string') return expression;
  const deeper = `${indentation}  `;
  const isList = Array.isArray(expression);
  const parts = isList
    ? (expression as readonly Expression[]).map((each) => printed(each, deeper))
    : Object.entries(expression).map(([name, each]) => (each === name ? name : `${/^[A-Za-z_]\w*$/.test(name) ? name : literal(name)}: ${printed(each, deeper)}`));
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const short = isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  if (!short.includes('\n') && indentation.length + short.length < WIDTH) return short;
  return `${open}\n${parts.map((part) => `${deeper}${part},\n`).join('')}${indentation}${close}`;
}
