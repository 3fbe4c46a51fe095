import { ClusterCheck } from '@berth/plugin-berth-common';

/** How a check came out. */
export type CheckOutcome = 'Passed' | 'Warning' | 'Failed' | 'Skipped';

/** One line of the doctor. */
export interface Check extends Omit<ClusterCheck, 'status'> {
  status: CheckOutcome;
  title?: string;
  cause?: string;
}
