/** A measurement of Berth, by the name with which `npm run bench -- NAME` runs it. */
export interface Bench {
  name: string;
  /** Describes what it measures, in one line. */
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
  /** What a reader needs to know about the figures: the set-up, the goals. */
  notes: string[];
}

/** A line of the table. */
export interface Row {
  what: string;
  /** Such as `1,234 /s` or `2.1 ms`, the median of all rounds. */
  median: string;
  /** The 99th percentile of the times of single operations, where these were measured. */
  p99?: string;
  /** Compared with its baseline, in the same rounds. */
  ratio?: number;
  /** The lowest ratio that meets the goal, or another bound and whether it is met. */
  goal?: number | Bound;
}

/** A goal that is not a ratio. */
export interface Bound {
  /** Such as `p99 ≤ 2 s`. */
  text: string;
  met: boolean;
}
