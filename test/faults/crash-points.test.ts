import { crashEverywhere, PATHS } from './crash-points';
import { JOB_SCENARIOS } from '../deploy/kinds';

/** The other kinds take the same ways; `npx projen test:faults` goes them, too. */
const KIND = 0;
let points = 0;

test.each(PATHS.map((path) => [path.name, path] as const))(`${JOB_SCENARIOS[KIND].name}: %s, though the function dies before its first call and after each change`, async (_name, path) => {
  const { count, failures } = await crashEverywhere(path, KIND);
  expect(failures).toEqual([]);
  expect(count).toBeGreaterThan(0);
  points += count;
}, 180_000);

afterAll(() => {
  process.stderr.write(`${points} crash points on ${PATHS.length} paths\n`);
});
