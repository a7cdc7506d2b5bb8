import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderModel } from './model';
import { renderProperties } from './properties';
import { renderPropertySchemas } from './property-schemas';
import { renderRequestShapes } from './request-shapes';

const ROOT = join(__dirname, '..', '..');

async function generate(): Promise<void> {
  writeFileSync(join(ROOT, 'src/validation/model.generated.ts'), renderModel());
  writeFileSync(join(ROOT, 'src/validation/property-types.generated.ts'), renderProperties());
  writeFileSync(join(ROOT, 'local/cloudformation/properties/property-schemas.generated.json'), renderPropertySchemas());
  writeFileSync(join(ROOT, 'lambda/request-shapes.generated.ts'), renderRequestShapes());
  // The instance types and the pages read the model that was just generated.
  const { renderInstanceTypes } = await import('./instance-types.js');
  writeFileSync(join(ROOT, 'src/job/ml-instance-type.generated.ts'), renderInstanceTypes());
  const { renderPage } = await import('./rules-page.js');
  const { renderMembersPage } = await import('./members-page.js');
  writeFileSync(join(ROOT, 'docs/validation-rules.md'), renderPage());
  writeFileSync(join(ROOT, 'docs/api-members.md'), renderMembersPage());
  const { withEmulatedOperations } = await import('./emulated-operations.js');
  const readme = join(ROOT, 'local/README.md');
  writeFileSync(readme, await withEmulatedOperations(readFileSync(readme, 'utf8')));
}

void generate();
