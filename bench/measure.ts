/** A measurement, optionally compared to another one in the same run. */
export interface Comparison {
  readonly measure: string;
  readonly subject: Measured;
  /** The anchor. Default: no comparison. */
  readonly against?: Measured;
  /** A value to reach: the maximum ratio, or without a comparison the maximum value. */
  readonly goal?: number;
  /** A value that was reached and must not be exceeded. */
  readonly guard?: number;
  /** The number of rounds. One is enough for values that are the same each time. Default: the rounds of the run. */
  readonly rounds?: number;
}

export interface Measured {
  readonly name: string;
  /** Runs once and returns the cost. Rounds differ by the seed of their random decisions. */
  readonly once: (seed: number) => number | Promise<number>;
}

export interface Result extends Pick<Comparison, 'measure' | 'goal' | 'guard'> {
  readonly subject: string;
  readonly against?: string;
  /** The median, minimum and maximum of the ratios of all rounds, or without a comparison of the values. */
  readonly outcome: readonly [number, number, number];
  readonly medians: readonly number[];
}

/** Measures both sides in turn and compares round by round, because the speed of a machine drifts. */
export async function compare({ measure, subject, against, goal, guard, rounds }: Comparison, defaultRounds: number): Promise<Result> {
  const costs: number[][] = [];
  for (let round = 0; round < (rounds ?? defaultRounds); round++) {
    const cost = [await subject.once(round)];
    if (against) cost.push(await against.once(round));
    costs.push(cost);
  }
  const outcomes = costs.map(([a, b = 1]) => a / b).sort((a, b) => a - b);
  return {
    measure,
    subject: subject.name,
    against: against?.name,
    outcome: [median(outcomes), outcomes[0], outcomes[outcomes.length - 1]],
    medians: costs[0].map((_, side) => median(costs.map((cost) => cost[side]))),
    goal,
    guard,
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
