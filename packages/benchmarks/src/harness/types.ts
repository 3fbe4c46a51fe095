/** A measurement of Berth, by the name with which `npm run bench -- NAME` runs it. */
export interface Bench {
  name: string;
  /** What it measures, in one line. */
  summary: string;
  /** How much is measured, by the names of the arguments that change it, such as `namespaces`. */
  sizes?: Sizes;
  run(progress: Progress, sizes: Sizes): Promise<BenchResult>;
}

/** Positive integers by name. */
export type Sizes = Record<string, number>;

/** Tells the person who waits what is going on. */
export type Progress = (what: string) => void;

export interface BenchResult {
  rows: Row[];
  /** What a reader needs to know of the figures: the set-up, the goals. */
  notes: string[];
}

/** A line of the table. */
export interface Row {
  what: string;
  /** Such as `1,234 /s` or `2.1 ms`, the median of all rounds. */
  median: string;
  /** The 99th percentile of the single operations' times, where these were taken. */
  p99?: string;
  /** Against the baseline that it is measured by, in the same rounds. */
  ratio?: number;
  /** The least ratio that will do, or another bound and whether it is met. */
  goal?: number | Bound;
}

/** A goal that is no ratio. */
export interface Bound {
  /** Such as `p99 ≤ 2 s`. */
  text: string;
  met: boolean;
}
