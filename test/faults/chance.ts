import { createHash } from 'node:crypto';
import { fraction } from '../../local/fraction';

type Crypto = typeof import('node:crypto');
type Chance = Pick<Crypto, 'randomBytes' | 'randomInt' | 'randomUUID'> & Pick<Math, 'random'>;

const crypto = process.getBuiltinModule('node:crypto');
const PLATFORM = take();

/**
 * Makes all chance in this process depend on a seed: the ids of requests and stacks, the signatures of response URLs, and
 * the handler's jitter. Returns what gives chance back.
 */
export function seedChance(seed: number): () => void {
  let drawn = 0;
  const random = () => fraction(`${seed}/chance/${drawn++}`);
  // One hash for all bytes; each of them counts as drawn.
  const bytes = (size: number) => {
    const drawnBefore = drawn;
    drawn += size;
    return createHash('shake256', { outputLength: size }).update(`${seed}/chance/${drawnBefore}`).digest();
  };
  give({
    random,
    randomBytes: bytes as Chance['randomBytes'],
    randomInt: ((max: number) => Math.floor(random() * max)) as Chance['randomInt'],
    randomUUID: () => bytes(16).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as ReturnType<Chance['randomUUID']>,
  });
  return () => give(PLATFORM);
}

/** Does something that is done once in a process only, and must not take what the seed has in store for others. */
export function unseeded<T>(action: () => T): T {
  const seeded = take();
  give(PLATFORM);
  try {
    return action();
  } finally {
    give(seeded);
  }
}

function take(): Chance {
  const { randomBytes, randomInt, randomUUID } = crypto;
  const { random } = Math;
  return { random, randomBytes, randomInt, randomUUID };
}

function give({ random, ...bytes }: Chance): void {
  Math.random = random;
  Object.assign(crypto, bytes);
}
