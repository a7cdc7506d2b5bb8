import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Rosetta from 'jsii-rosetta';
import { UserError } from '../user-error';

/** The visitors of jsii-rosetta, by the language on the command line. */
const VISITORS = { python: 'PythonVisitor', java: 'JavaVisitor', csharp: 'CSharpVisitor', go: 'GoVisitor' } as const;

/** The packages that a translation reads, except this one. */
const PACKAGES = ['jsii-rosetta', 'cdk-sagemaker-jobs', 'aws-cdk-lib', 'constructs'];

export type Language = keyof typeof VISITORS;

/** Translates an app in TypeScript, as far as jsii-rosetta can. */
export function translated(source: string, language: Language): string {
  const fileName = join(packagesDirectory(), 'imported.ts');
  const { [VISITORS[language]]: Visitor, translateTypeScript } = createRequire(fileName)('jsii-rosetta') as typeof Rosetta;
  const { diagnostics, translation } = translateTypeScript({ contents: source, fileName }, new Visitor(), { includeCompilerDiagnostics: true });
  const error = diagnostics.find(({ isError }) => isError);
  if (error) throw new UserError(`jsii-rosetta cannot translate the construct to ${language}: ${error.formattedMessage.trim()}`);
  return translation;
}

/** The current directory, or else the directory of this program, if the packages are installed there. */
function packagesDirectory(): string {
  for (const directory of [process.cwd(), __dirname]) {
    const { resolve } = createRequire(join(directory, 'imported.ts'));
    try {
      PACKAGES.forEach((name) => resolve(`${name}/package.json`));
      return directory;
    } catch {
      // The next directory may have them.
    }
  }
  throw new UserError(`A translation needs more packages. Install them in the current directory: npm install ${PACKAGES.join(' ')}`);
}
