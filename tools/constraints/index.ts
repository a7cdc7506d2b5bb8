import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderInstanceTypes } from './instance-types';
import { renderModel } from './model';
import { renderPage } from './page';

const ROOT = join(__dirname, '..', '..');

writeFileSync(join(ROOT, 'src/validation/model.generated.ts'), renderModel());
writeFileSync(join(ROOT, 'src/job/ml-instance-type.generated.ts'), renderInstanceTypes());
writeFileSync(join(ROOT, 'docs/validation-rules.md'), renderPage());
