import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderModel } from './model';
import { renderPage } from './page';

const ROOT = join(__dirname, '..', '..');

writeFileSync(join(ROOT, 'src/private/validation/model.ts'), renderModel());
writeFileSync(join(ROOT, 'docs/validation-rules.md'), renderPage());
