import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Run by Jest before the tests: what they and CDK leave in the directory for temporary files is gone after them. */
export default function useDirectoryOfOurOwn(): void {
  const directory = mkdtempSync(join(tmpdir(), 'cdk-sagemaker-jobs-'));
  process.env.TMPDIR = directory;
  process.on('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
}
