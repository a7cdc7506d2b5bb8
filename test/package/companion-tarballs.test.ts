import { pack } from './packed';

const files = pack(undefined, 'local').files.map(({ path }) => path);

test('the local cloud ships its page as a bundle, with the licenses of what is bundled in it', () => {
  expect(files.filter((file) => file.startsWith('lib/page/assets/')).sort())
    .toEqual(['LICENSES', 'icon.svg', 'page.css', 'page.html', 'page.js'].map((file) => `lib/page/assets/${file}`));
  expect(files.filter((file) => file.includes('/client/'))).toEqual([]);
});
