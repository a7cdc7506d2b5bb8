import { resourceOf, schemaOf } from '../../local/cloudformation/properties/service-spec';
import { NATIVE_TYPES } from '../../local/cloudformation/resource-types';

/** Renders the properties of the types of resources that the local cloud emulates, one type on a line. */
export function renderPropertySchemas(): string {
  const schemas = Object.keys(NATIVE_TYPES).sort().flatMap((type) => {
    const resource = resourceOf(type);
    return resource ? [`  ${JSON.stringify(type)}: ${JSON.stringify(schemaOf(resource))}`] : [];
  });
  return `{\n${schemas.join(',\n')}\n}\n`;
}
