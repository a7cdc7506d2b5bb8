import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** The members of a type that users can write: its properties, and the parameters of a class's static methods. */
interface Declaration {
  readonly isClass: boolean;
  readonly members: ReadonlyMap<string, string>;
  /** The optional members. */
  readonly optional: ReadonlySet<string>;
  readonly bases: readonly string[];
  /** The types of the parameters of the static methods of a class. */
  readonly parameters: readonly string[];
  /** The static methods of a class with `@typedFactories`, with the names and types of their parameters. A type ends in `!` if the parameter is required. */
  readonly typedFactories: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const SOURCE = join(__dirname, '../../src');

/** The types that the package declares, by their names. */
export const DECLARATIONS: ReadonlyMap<string, Declaration> = new Map(readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...ts.createSourceFile(file, readFileSync(join(SOURCE, file), 'utf8'), ts.ScriptTarget.Latest, true).statements])
  .flatMap((node): [string, Declaration][] => {
    if (ts.isInterfaceDeclaration(node)) return [[node.name.text, declarationOf(node, [])]];
    if (!ts.isClassDeclaration(node)) return [];
    return [[node.name!.text, declarationOf(node, node.members.filter(isFactory).flatMap(({ parameters }) => [...parameters]))]];
  }));

/** Returns the type of a property, or undefined if the type has no such property. */
export function typeOfMember(type: string, name: string): string | undefined {
  const declaration = DECLARATIONS.get(type);
  if (!declaration) return undefined;
  const own = declaration.members.get(name);
  if (own !== undefined) return own;
  return [...declaration.bases, ...declaration.parameters].map((other) => typeOfMember(other, name)).find((found) => found !== undefined);
}

function declarationOf(node: ts.InterfaceDeclaration | ts.ClassDeclaration, parameters: readonly ts.ParameterDeclaration[]): Declaration {
  const properties = [...node.members].filter((member) => ts.isPropertySignature(member) || (ts.isPropertyDeclaration(member) && !isStatic(member)));
  return {
    isClass: ts.isClassDeclaration(node),
    members: new Map([...properties, ...parameters].map((each) => [each.name!.getText(), (each as ts.PropertySignature).type?.getText() ?? ''])),
    optional: new Set(properties.filter((each) => (each as ts.PropertySignature).questionToken).map((each) => each.name!.getText())),
    bases: (node.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression.getText())),
    parameters: parameters.map(({ type }) => type?.getText() ?? ''),
    typedFactories: ts.isClassDeclaration(node) && ts.getDecorators(node)?.some((decorator) => decorator.getText().startsWith('@typedFactories('))
      ? typedFactoriesOf(node) : new Map(),
  };
}

function typedFactoriesOf(node: ts.ClassDeclaration): Map<string, Map<string, string>> {
  const isPublic = (factory: ts.MethodDeclaration) => ts.getModifiers(factory)!.some(({ kind }) => kind === ts.SyntaxKind.PublicKeyword);
  // Constructs and states check their props themselves.
  const isChecked = ({ parameters }: ts.MethodDeclaration) => parameters.length > 0 && parameters.every(({ name }) => name.getText() !== 'props');
  const typesOf = ({ parameters }: ts.MethodDeclaration) => new Map(parameters.map(({ initializer, name, questionToken, type }) => (
    [name.getText(), `${type!.getText()}${questionToken || initializer ? '' : '!'}`])));
  return new Map(node.members.filter(isFactory).filter((factory) => isPublic(factory) && isChecked(factory))
    .map((factory) => [factory.name.getText(), typesOf(factory)]));
}

function isFactory(member: ts.ClassElement): member is ts.MethodDeclaration {
  return ts.isMethodDeclaration(member) && isStatic(member);
}

function isStatic(member: ts.Node): boolean {
  return ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
}
