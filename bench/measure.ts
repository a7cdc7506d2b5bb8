/** One thing that is compared with another in the same run. */
export interface Comparison {
  readonly measure: string;
  readonly subject: Measured;
  readonly against: Measured;
  /** The ratio that is to be reached. */
  readonly reach?: number;
}

export interface Measured {
  readonly name: string;
  /** Does it once, and tells what it cost. */
  readonly once: () => number | Promise<number>;
}

export interface Result {
  readonly measure: string;
  readonly subject: string;
  readonly against: string;
  /** Median, minimum and maximum of the ratios of all rounds. */
  readonly ratio: readonly [number, number, number];
  readonly medians: readonly [number, number];
  readonly reach?: number;
}

/** Measures both sides in turn, because the speed of a machine drifts, and compares round by round. */
export async function compare({ measure, subject, against, reach }: Comparison, rounds: number): Promise<Result> {
  const pairs: [number, number][] = [];
  for (let round = -1; round < rounds; round++) {
    const pair: [number, number] = [await subject.once(), await against.once()];
    // The first round warms up.
    if (round >= 0) pairs.push(pair);
  }
  const ratios = pairs.map(([a, b]) => a / b).sort((a, b) => a - b);
  return {
    measure,
    subject: subject.name,
    against: against.name,
    ratio: [median(ratios), ratios[0], ratios[ratios.length - 1]],
    medians: [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))],
    reach,
  };
}

/** How long something takes, in milliseconds. */
export function timed(action: () => void): () => number {
  return () => {
    const began = performance.now();
    action();
    return performance.now() - began;
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
