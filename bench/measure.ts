/** A measurement, optionally compared to another one in the same run. */
export interface Comparison {
  readonly measure: string;
  readonly subject: Measured;
  /** Default: no comparison. */
  readonly against?: Measured;
  /** The target: the maximum ratio, or without a comparison the maximum value. */
  readonly reach?: number;
  /** Whether every run returns the same value, so that one suffices. */
  readonly exact?: boolean;
}

export interface Measured {
  readonly name: string;
  /** Runs once and returns the cost. */
  readonly once: () => number | Promise<number>;
}

export interface Result {
  readonly measure: string;
  readonly subject: string;
  readonly against?: string;
  /** The median, minimum and maximum of the ratios of all rounds, or without a comparison of the values. */
  readonly outcome: readonly [number, number, number];
  readonly medians: readonly number[];
  readonly reach?: number;
}

/** Measures both sides in turn and compares round by round, because the speed of a machine drifts. */
export async function compare({ measure, subject, against, reach, exact }: Comparison, rounds: number): Promise<Result> {
  const costs: number[][] = [];
  for (let round = 0; round < (exact ? 1 : rounds); round++) {
    const cost = [await subject.once()];
    if (against) cost.push(await against.once());
    costs.push(cost);
  }
  const outcomes = costs.map(([a, b = 1]) => a / b).sort((a, b) => a - b);
  return {
    measure,
    subject: subject.name,
    against: against?.name,
    outcome: [median(outcomes), outcomes[0], outcomes[outcomes.length - 1]],
    medians: costs[0].map((_, side) => median(costs.map((cost) => cost[side]))),
    reach,
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
