import type { NotebookInstanceLifecycleScriptConfig } from './lifecycle-script';
import { hereDocument, shippedProgram } from './shell';
import type { Violation } from '../validation/violation';

/** The names of hooks in log files and messages. */
export type HookName = 'on-create' | 'on-start';

/** The maximum length of a hook in Base64 characters. */
const MAX_CHARACTERS = 16384;

/** The assumed lengths of tokens. */
const LENGTHS: { readonly [name: string]: number } = { 'AWS::AccountId': 12, 'AWS::Partition': 10, 'AWS::Region': 14, 'AWS::URLSuffix': 16 };
/** The maximum length of a bucket name, and of most other names. */
const MAX_NAME = 63;

/** Combines the scripts of a hook into one, which runs them in order. */
export function composeHook(hook: HookName, scripts: readonly NotebookInstanceLifecycleScriptConfig[]): string {
  const verbatim = scripts.find(({ runVerbatim }) => runVerbatim);
  if (verbatim) return verbatim.content;
  const calls = scripts.map(({ name, content, inBackground }, index) => {
    const mode = inBackground ? 'background' : 'foreground';
    return `run_script ${hook} ${index + 1} ${scripts.length} ${name} ${mode} ${hereDocument(content)}`;
  });
  return [shippedProgram('lifecycle-hook.sh').trimEnd(), ...calls, ''].join('\n');
}

/** Checks the names of a hook's scripts, which are part of file names and shell commands. */
export function nameViolations(property: string, scripts: readonly NotebookInstanceLifecycleScriptConfig[]): Violation[] {
  return scripts.flatMap(({ name }, index) => {
    if (!/^[a-zA-Z0-9._-]{1,40}$/.test(name)) {
      return [{ property, rule: 'script names must consist of 1 to 40 letters, digits, `.`, `_` or `-`', value: name }];
    }
    return scripts.findIndex((other) => other.name === name) < index
      ? [{ property, rule: 'script names must be unique within a hook; specify `name` in the options', value: name }]
      : [];
  });
}

/** A script that is the whole hook excludes other scripts. */
export function verbatimViolations(property: string, scripts: readonly NotebookInstanceLifecycleScriptConfig[]): Violation[] {
  const verbatim = scripts.find(({ runVerbatim }) => runVerbatim);
  if (!verbatim) return [];
  return [
    ...scripts.length > 1 ? [{ property, rule: 'must be the only script of its hook, because it runs verbatim', value: verbatim.name }] : [],
    ...verbatim.inBackground ? [{ property, rule: 'cannot run in the background, because it runs verbatim', value: verbatim.name }] : [],
    ...verbatim.content.includes('\r\n') ? [{
      property, rule: 'should not have Windows line endings, because it runs verbatim', value: verbatim.name, warning: 'verbatim-line-ends',
    }] : [],
  ];
}

/**
 * Checks the size of a hook.
 *
 * @param content the resolved content: a string, or an intrinsic function, whose tokens count with their maximum length
 */
export function sizeViolations(property: string, content: unknown, scripts: readonly NotebookInstanceLifecycleScriptConfig[]): Violation[] {
  const characters = base64Length(bytesOf(content));
  if (characters <= MAX_CHARACTERS) return [];
  const largest = [...scripts].sort((a, b) => b.content.length - a.content.length)[0];
  return [{
    property,
    rule: `must have at most ${MAX_CHARACTERS} characters in Base64, with tokens counted at their maximum length`,
    value: `${characters} characters`,
    advice: `publish the larger scripts with \`NotebookInstanceLifecycleScript.fromAsset()\`, beginning with '${largest.name}'`,
  }];
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

function bytesOf(content: unknown): number {
  if (typeof content === 'string') return Buffer.byteLength(content);
  if (Array.isArray(content)) return content.reduce<number>((sum, part) => sum + bytesOf(part), 0);
  const { 'Fn::Join': join, 'Fn::Sub': sub, Ref: name } = content as { 'Fn::Join'?: [string, unknown]; 'Fn::Sub'?: unknown; 'Ref'?: string };
  if (join && Array.isArray(join[1])) return bytesOf(join[1]) + bytesOf(join[0]) * Math.max(join[1].length - 1, 0);
  if (typeof sub === 'string') return bytesOf(sub.replace(/\$\{([^}!]*)\}/g, (_, given: string) => 'x'.repeat(lengthOf(given))));
  return lengthOf(name);
}

function lengthOf(name: string | undefined): number {
  return LENGTHS[name ?? ''] ?? MAX_NAME;
}
