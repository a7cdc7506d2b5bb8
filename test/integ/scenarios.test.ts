import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCENARIOS } from './scenarios';

const PAGE = readFileSync(join(__dirname, '../../docs/assumptions.md'), 'utf8');
/** The scenario that settles each row of the page. */
const ROWS = new Map([...PAGE.matchAll(/^\| `([a-z-]+)` \|.*\| (`[a-z-]+`|–) \|[^|]*\|$/gm)].map(([, id, settled]) => [id, settled.replace(/`/g, '')]));

test('every row of the page of assumptions names the scenario that settles it, and every scenario settles the rows that name it', () => {
  expect(ROWS.size).toBeGreaterThan(20);
  const settled = [...ROWS].filter(([, scenario]) => scenario !== '–').map(([id, scenario]) => `${scenario} ${id}`);
  expect(SCENARIOS.flatMap(({ name, settles }) => settles.map((id) => `${name} ${id}`)).sort()).toEqual(settled.sort());
});

test('every scenario has a name of its own, a cost and quotas', () => {
  expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
  for (const { quotas, usd } of SCENARIOS) expect([usd > 0, quotas.length > 0]).toEqual([true, true]);
});
