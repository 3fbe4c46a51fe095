/** A measurement of Berth, by the name with which `npm run bench -- NAME` runs it. */
export interface Bench {
  name: string;
  /** A description of the measurement, in one line. */
  summary: string;
  /** The default sizes, by the names of their arguments, such as `namespaces`. */
  sizes?: Sizes;
  run(progress: Progress, sizes: Sizes): Promise<BenchResult>;
}

/** Positive integers by name. */
export type Sizes = Record<string, number>;

/** Reports progress to the user. */
export type Progress = (what: string) => void;

export interface BenchResult {
  rows: Row[];
  /** Notes about the figures for the reader: the set-up and the goals. */
  notes: string[];
}

/** A line of the table. */
export interface Row {
  what: string;
  /** The median of all rounds, such as `1,234 /s` or `2.1 ms`. */
  median: string;
  /** The 99th percentile of the times of single operations, if measured. */
  p99?: string;
  /** The ratio to the baseline, in the same rounds. */
  ratio?: number;
  /** The lowest ratio that meets the goal, or another bound and whether it is met. */
  goal?: number | Bound;
}

/** A goal that is not a ratio. */
export interface Bound {
  /** The bound as text, such as `p99 ≤ 2 s`. */
  text: string;
  met: boolean;
}
