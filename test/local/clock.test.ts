import { setTimeout as realSleep } from 'node:timers/promises';
import { Clock } from '../../local/clock';

const START = new Date('2026-01-01T00:00:00Z');
const HOUR = 3_600_000;

test('time stands still while nobody waits', async () => {
  const clock = new Clock({ startAt: START });
  const fired = jest.fn();
  clock.setTimeout(fired, 1);
  await realSleep(20);
  expect(fired).not.toHaveBeenCalled();
  expect(clock.now()).toBe(START.getTime());
});

test('time can be stepped', async () => {
  const clock = new Clock({ startAt: START });
  const fired: number[] = [];
  for (const hours of [1, 2, 3]) clock.setTimeout(() => fired.push(hours), hours * HOUR);
  await clock.advance(2.5 * HOUR);
  expect(fired).toEqual([1, 2]);
  expect(clock.now()).toBe(START.getTime() + 2.5 * HOUR);
});

test('a started clock jumps from timer to timer although nobody waits', async () => {
  const clock = new Clock({ startAt: START });
  clock.start();
  const fired = new Promise((resolve) => clock.setTimeout(resolve, HOUR));
  await fired;
  await clock.stop();
  expect(clock.now()).toBe(START.getTime() + HOUR);
});

test('a started clock with a speed runs on although there is nothing to wait for', async () => {
  const clock = new Clock({ startAt: START, speed: 1000 });
  clock.start();
  await realSleep(200);
  await clock.stop();
  const passed = clock.now() - START.getTime();
  expect(passed).toBeGreaterThan(10_000);
  expect(passed).toBeLessThan(1_000_000);
});

test('a stopped clock stands still, and can be started again', async () => {
  const clock = new Clock({ startAt: START });
  const fired: string[] = [];
  clock.start();
  await clock.stop();
  clock.setTimeout(() => fired.push('late'), HOUR);
  await realSleep(20);
  expect(fired).toEqual([]);

  clock.start();
  clock.start();
  await new Promise((resolve) => clock.setTimeout(resolve, 2 * HOUR));
  await clock.stop();
  expect(fired).toEqual(['late']);
});

test('time stands still while real work is under way, also of a clock with a speed', async () => {
  const clock = new Clock({ startAt: START, speed: 1000 });
  clock.start();
  const before = await clock.work(async () => {
    const now = clock.now();
    await realSleep(100);
    expect(clock.now()).toBe(now);
    return now;
  });
  expect(before).toBeGreaterThanOrEqual(START.getTime());
  await clock.stop();
});

test('a sleep may be longer than the longest timer of JavaScript', async () => {
  const clock = new Clock({ startAt: START });
  await clock.advance(60 * 24 * HOUR);
  expect(clock.now()).toBe(START.getTime() + 60 * 24 * HOUR);
});
