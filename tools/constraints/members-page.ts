import { CONSTRUCTS, memberAt, placesOf, REQUEST_KINDS, table, withoutIndices } from './places';
import { CREATE } from '../../src/validation/model.generated';
import { propertyOf } from '../../src/validation/property-names';
import type { RequestKind } from '../../src/validation/shape-constraints';

const REFERENCE = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API';

/** The page that names the property for each member of the API. */
export function renderMembersPage(): string {
  return `${[
    '# Members of the API and properties',
    'This page is made by `npx projen constraints`.',
    'It lists every member of the create requests of SageMaker, with the property that sets it. `[]` stands for the elements of a list, and `*` for the keys of a map. '
    + 'A property ends where a class sets several members: `inputChannels[]`, for example, is an `InputChannel`, and its methods choose the type of the data.',
    ...REQUEST_KINDS.flatMap((kind) => [
      `## Create${CONSTRUCTS[kind]}: ${CONSTRUCTS[kind]}`,
      `Request: [Create${CONSTRUCTS[kind]}](${REFERENCE}_Create${CONSTRUCTS[kind]}.html)`,
      table(['member of the API', 'property'], membersOf(kind)),
    ]),
  ].join('\n\n')}\n`;
}

function membersOf(kind: RequestKind): string[][] {
  return placesOf(CREATE[kind])
    .filter(({ path }) => path.length > 0 && path.at(-1) !== 0)
    .map(({ path }) => [`\`${memberAt(path)}\``, propertyInWords(withoutIndices(propertyOf(kind, path)!))]);
}

function propertyInWords(property: string): string {
  return property.startsWith('tags') ? '`Tags.of(construct)`' : `\`${property}\``;
}
