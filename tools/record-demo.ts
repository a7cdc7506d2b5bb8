import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(__dirname, '..');
const IMAGE = join(ROOT, 'docs', 'images', 'demo.svg');

const COLUMNS = 124;
const ROWS = 26;
const CHARACTER_WIDTH = 7.2;
const LINE_HEIGHT = 17;
const MARGIN = 12;
/** The longest time without a new line, and the time after the last one, in seconds. */
const LONGEST_PAUSE = 1.2;
const LAST_PAUSE = 6;

/** A line of the demo, and the second in which it was printed. */
interface Line {
  readonly second: number;
  readonly text: string;
}

/** Resources that a stack with jobs also has. Their events would hide those of the jobs. */
const OMITTED = /\| AWS::(IAM|Logs|Lambda|S3|StepFunctions)::|\| Custom::SageMakerJob(History|Continuation)|Resource creation Initiated$/;

/** Returns what the image shows of a line, or undefined if it omits the line. */
export function shownOf(line: string): string | undefined {
  if (OMITTED.test(line)) return undefined;
  // The time of day is enough.
  const text = line.replace(/^\d{4}-\d{2}-\d{2} (?=\d{2}:\d{2}:\d{2} \|)/, '').replace(/ {2,}(?=\|)/g, ' ');
  return text.length > COLUMNS ? `${text.slice(0, COLUMNS - 1)}…` : text;
}

async function recordDemo(): Promise<Line[]> {
  const began = performance.now();
  const demo = spawn('tsx', ['--tsconfig', 'examples/tsconfig.json', 'examples/demo.ts'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((settle) => demo.on('close', settle));
  const lines: Line[] = [{ second: 0, text: '$ npx projen demo' }];
  for await (const line of createInterface({ input: demo.stdout })) {
    const text = shownOf(line);
    if (text !== undefined) lines.push({ second: (performance.now() - began) / 1000, text });
  }
  if (await ended !== 0) throw new Error('the demo failed');
  return lines;
}

/** Shortens the pauses between lines. */
function withoutPauses(lines: readonly Line[]): Line[] {
  let second = 0;
  return lines.map((line, index) => {
    second += Math.min(LONGEST_PAUSE, index === 0 ? 0 : line.second - lines[index - 1].second);
    return { ...line, second };
  });
}

function styleOf(text: string, next: string | undefined): string | undefined {
  if (/^\$ /.test(text) || /^-+$/.test(next ?? '')) return 'title';
  if (/_FAILED\b|: Failed/.test(text)) return 'failed';
  if (/^\s*=>|_COMPLETE\b|: Completed/.test(text)) return 'done';
  return undefined;
}

const escaped = (text: string) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Renders lines as a terminal that scrolls. The text of an image without animations is its end. */
function render(recorded: readonly Line[]): string {
  const lines = withoutPauses(recorded);
  const duration = lines.at(-1)!.second + LAST_PAUSE;
  const scrolled = (count: number) => (ROWS - count) * LINE_HEIGHT;
  const frames = lines.flatMap(({ second }, index) => (
    second === lines[index + 1]?.second ? [] : [`${(100 * second / duration).toFixed(2)}%{transform:translateY(${scrolled(index + 1)}px)}`]));
  const width = Math.ceil(COLUMNS * CHARACTER_WIDTH) + 2 * MARGIN;
  const height = ROWS * LINE_HEIGHT + 2 * MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>npx projen demo</title>
<style>
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#c9d1d9;white-space:pre}
.title{fill:#fff;font-weight:bold}.done{fill:#7ee787}.failed{fill:#ff7b72}
#lines{transform:translateY(${scrolled(lines.length)}px);animation:scroll ${duration.toFixed(1)}s step-end infinite}
@media (prefers-reduced-motion:reduce){#lines{animation:none}}
@keyframes scroll{${frames.join('')}}
</style>
<rect width="${width}" height="${height}" rx="6" fill="#0d1117"/>
<svg x="${MARGIN}" y="${MARGIN}" width="${width - 2 * MARGIN}" height="${height - 2 * MARGIN}"><g id="lines">
${lines.map(({ text }, index) => {
  const style = styleOf(text, lines[index + 1]?.text);
  return `<text y="${index * LINE_HEIGHT + 13}"${style ? ` class="${style}"` : ''}>${escaped(text)}</text>`;
}).join('\n')}
</g></svg>
</svg>
`;
}

async function main(): Promise<void> {
  const lines = await recordDemo();
  mkdirSync(dirname(IMAGE), { recursive: true });
  writeFileSync(IMAGE, render(lines));
}

if (require.main === module) void main();
