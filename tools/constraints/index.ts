import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderInstanceTypes } from './instance-types';
import { renderMembersPage } from './members-page';
import { renderModel } from './model';
import { renderPage } from './page';
import { renderProperties } from './properties';

const ROOT = join(__dirname, '..', '..');

writeFileSync(join(ROOT, 'src/validation/model.generated.ts'), renderModel());
writeFileSync(join(ROOT, 'src/job/ml-instance-type.generated.ts'), renderInstanceTypes());
writeFileSync(join(ROOT, 'src/validation/property-types.generated.ts'), renderProperties());
writeFileSync(join(ROOT, 'docs/validation-rules.md'), renderPage());
writeFileSync(join(ROOT, 'docs/api-members.md'), renderMembersPage());
