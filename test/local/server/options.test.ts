import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOptions, usage } from '../../../local/server/server-options';

test('without options a second is a minute, on a port that stays the same', () => {
  expect(parseOptions([])).toEqual({
    port: 4599, speed: 60, region: 'us-east-1', account: '111122223333', faults: [], quotas: true, verbose: false, help: false,
  });
});

test('time may pass as in reality, or without waiting', () => {
  expect(parseOptions(['--speed', '1']).speed).toBe(1);
  expect(parseOptions(['--speed', 'max']).speed).toBeUndefined();
});

test('faults come from flags and files', () => {
  const directory = mkdtempSync(join(tmpdir(), 'options-'));
  const file = join(directory, 'faults.json');
  writeFileSync(file, JSON.stringify([{ fault: 'lost-answer', match: { operation: 'CreateTrainingJob' } }]));
  const { faults } = parseOptions(['--fault', 'throttle:CreateTrainingJob:every=3', '--fault-file', file, '--fault', 'lost-request:StartExecution']);
  expect(faults.map(({ fault }) => fault)).toEqual(['lost-answer', 'throttle', 'lost-request']);
  rmSync(directory, { recursive: true });
});

test.each([
  [['--port', '70000'], /--port/],
  [['--port', ''], /--port/],
  [['--speed', '0'], /--speed/],
  [['--speed', 'fast'], /--speed/],
  [['--account', '1'], /--account/],
  [['--fault', 'nonsense'], /--fault nonsense/],
  [['--unknown'], /--unknown/],
])('what cannot be understood is an error: %j', (argv, message) => {
  expect(() => parseOptions(argv)).toThrow(message);
});

test('the usage tells of every option', () => {
  for (const option of ['port', 'directory', 'speed', 'region', 'account', 'behavior', 'fault', 'fault-file', 'log', 'verbose']) {
    expect(usage('npx projen local')).toContain(`--${option} `);
  }
});
